internal import Funnel
internal import Outreach

/// The counts of `ActivityQuery`, found by measure, period and unit.
struct ActivityTally: Sendable {
    /// What the report counts over, in the order of the query's values.
    enum Period: Int, CaseIterable {
        case week, previous, year, cumulative, before
    }

    private struct Key: Hashable, Sendable {
        let measure: HeadlineMeasure
        let place: ActivityQuery.Place
    }

    private var values: [Key: [Int]] = [:]

    init(_ counts: [ActivityQuery.Count]) {
        values.reserveCapacity(counts.count)
        for count in counts {
            values[Key(measure: count.measure, place: count.place)] = count.values
        }
    }

    func value(
        _ measure: HeadlineMeasure, _ period: Period, at place: ActivityQuery.Place = .city
    ) -> Int {
        values[Key(measure: measure, place: place)]?[period.rawValue] ?? 0
    }

    /// - Parameters:
    ///   - known: over `before` alone, as known at the last issue.
    ///   - targets: the city's, one a measure.
    func headline(
        before known: [HeadlineMeasure: Int], targets: [HeadlineMeasure: TargetProgress]
    ) -> [HeadlineMeasure: PeriodCounts] {
        Dictionary(
            uniqueKeysWithValues: HeadlineMeasure.allCases.map { measure in
                var counts = PeriodCounts(
                    week: value(measure, .week), previous: value(measure, .previous),
                    late: value(measure, .before) - (known[measure] ?? 0),
                    year: value(measure, .year), cumulative: value(measure, .cumulative),
                    target: targets[measure]?.target)
                counts.reached = targets[measure]?.reached
                return (measure, counts)
            })
    }

    func intentRate(at place: ActivityQuery.Place = .city) -> Proportion {
        Proportion(
            x: value(.foundingIntents, .cumulative, at: place),
            n: value(.unorganisedFirmsMet, .cumulative, at: place))
    }

    func unit(_ area: AreaTable.Area) -> UnitFigures {
        let place = ActivityQuery.Place.unit(area.code)
        let measures = HeadlineMeasure.allCases.map { measure in
            (
                measure,
                WeekAndCumulative(
                    week: value(measure, .week, at: place),
                    cumulative: value(measure, .cumulative, at: place))
            )
        }
        return UnitFigures(
            code: area.code, name: area.name, district: area.districtName,
            measures: Dictionary(uniqueKeysWithValues: measures), intentRate: intentRate(at: place))
    }
}
