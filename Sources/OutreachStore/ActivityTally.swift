internal import Funnel
internal import Outreach

/// The counts of `ActivityQuery`, found by measure, period and unit.
struct ActivityTally: Sendable {
    /// What the report counts over, in the order of the query's values.
    enum Period: Int, CaseIterable {
        case week, previous, year, cumulative, before
    }

    private struct Key: Hashable, Sendable {
        let measure: String
        let place: ActivityQuery.Place
    }

    private var values: [Key: [Int]] = [:]

    init(_ counts: [ActivityQuery.Count]) {
        values.reserveCapacity(counts.count)
        for count in counts {
            values[Key(measure: count.measure, place: count.place)] = count.values
        }
    }

    private func value(_ measure: String, _ period: Period, at place: ActivityQuery.Place) -> Int {
        values[Key(measure: measure, place: place)]?[period.rawValue] ?? 0
    }

    func value(
        _ measure: HeadlineMeasure, _ period: Period, at place: ActivityQuery.Place = .city
    ) -> Int {
        value(measure.rawValue, period, at: place)
    }

    /// Of the applicants at the programme's meetings.
    var verifiedApplicants: Int { value("applicants_verified", .cumulative, at: .city) }
    var admittedApplicants: Int { value("applicants_admitted", .cumulative, at: .city) }

    /// - Parameter counts: over `before` alone, as known at the last issue.
    func headline(before counts: [ActivityQuery.Count]) -> [HeadlineMeasure: PeriodCounts] {
        let known = Dictionary(uniqueKeysWithValues: counts.map { ($0.measure, $0.values.first ?? 0) })
        return Dictionary(
            uniqueKeysWithValues: HeadlineMeasure.allCases.map { measure in
                (
                    measure,
                    PeriodCounts(
                        week: value(measure, .week), previous: value(measure, .previous),
                        late: value(measure, .before) - (known[measure.rawValue] ?? 0),
                        year: value(measure, .year), cumulative: value(measure, .cumulative),
                        target: nil)
                )
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
