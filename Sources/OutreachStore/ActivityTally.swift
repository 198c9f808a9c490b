internal import Funnel
internal import Outreach

/// The counts of `ActivityQuery`, found by measure, period and unit.
struct ActivityTally {
    private struct Key: Hashable {
        let measure: HeadlineMeasure
        let period: String
        /// "" for the city, "-" for what no area owns.
        let unit: String
    }

    private var values: [Key: Int] = [:]
    private var lateBase: [HeadlineMeasure: Int] = [:]

    init(_ counts: [ActivityQuery.Count], before: [ActivityQuery.Count]) {
        for count in counts {
            let unit = count.isCity ? "" : count.unit ?? "-"
            values[Key(measure: count.measure, period: count.period, unit: unit)] = count.value
        }
        for count in before where count.isCity { lateBase[count.measure] = count.value }
    }

    func value(_ measure: HeadlineMeasure, _ period: String, unit: String = "") -> Int {
        values[Key(measure: measure, period: period, unit: unit)] ?? 0
    }

    /// What no area of the day owns.
    func unassigned(_ measure: HeadlineMeasure) -> Int { value(measure, "cumulative", unit: "-") }

    var headline: [HeadlineMeasure: PeriodCounts] {
        Dictionary(
            uniqueKeysWithValues: HeadlineMeasure.allCases.map { measure in
                (
                    measure,
                    PeriodCounts(
                        week: value(measure, "week"), previous: value(measure, "previous"),
                        late: value(measure, "before") - (lateBase[measure] ?? 0),
                        year: value(measure, "year"), cumulative: value(measure, "cumulative"),
                        target: nil)
                )
            })
    }

    func intentRate(unit: String = "") -> Proportion {
        Proportion(
            x: value(.foundingIntents, "cumulative", unit: unit),
            n: value(.unorganisedFirmsMet, "cumulative", unit: unit))
    }

    var intentRate: Proportion { intentRate() }

    func measures(unit: String) -> [HeadlineMeasure: WeekAndCumulative] {
        Dictionary(
            uniqueKeysWithValues: HeadlineMeasure.allCases.map { measure in
                (
                    measure,
                    WeekAndCumulative(
                        week: value(measure, "week", unit: unit),
                        cumulative: value(measure, "cumulative", unit: unit))
                )
            })
    }

    func unit(_ area: AreaTable.Area) -> UnitFigures {
        UnitFigures(
            code: area.code, name: area.name, district: area.districtName,
            measures: measures(unit: area.code), intentRate: intentRate(unit: area.code))
    }
}
