import Funnel
import Outreach

extension PilotFixture {
    /// Pilot units in four districts from April, others from August, on counts that nest as real ones do.
    static func programme(seed: UInt64, declared: [DeclaredFigure] = []) -> PilotComparison {
        var random = SplitMix64(seed: seed)
        var units: [ProgrammeUnit] = []
        for index in 0..<18 {
            let district = index % 4
            units.append(
                ProgrammeUnit(
                    code: "11010\(district + 1)\(index < 9 ? "0" : "1")\(index < 10 ? "0" : "")\(index)",
                    name: "示例\(index)街道", district: ["东城区", "西城区", "朝阳区", "丰台区"][district],
                    arm: index < 9 ? .pilot : .comparison,
                    startOn: WeeklyFixture.day(index < 9 ? "2018-04-01" : "2018-08-01")))
        }
        var cells: [PilotCell] = []
        var followUp: [PilotFollowUp] = []
        for unit in units {
            for month in (unit.arm == .pilot ? 4 : 8)...12 {
                guard let first = Day(year: 2018, month: month, day: 1) else { continue }
                let last = Day(year: 2018, month: month + 1, day: 1)?.adding(days: -1)
                let from = max(first, unit.startOn)
                let to = min(last ?? WeeklyFixture.day("2018-12-30"), WeeklyFixture.day("2018-12-30"))
                cells += self.cells(unit, from, to, &random)
                for (days, end) in [
                    (12, TimeToEvent.End.event), (50, .event), (40, .competing), (300, .censored),
                ] {
                    let firms = 1 + random.below(4)
                    let followed = WeeklyFixture.day("2018-12-30").days(since: from)
                    followUp.append(
                        PilotFollowUp(
                            unitCode: unit.code, arm: unit.arm, enteredOn: from, days: min(days, followed),
                            end: days <= followed ? end : .censored, firms: firms))
                }
            }
        }
        return PilotComparison(
            programme: "pilot-2018", name: Bilingual(zh: "示例市2018年试点", en: "Example City pilot 2018"),
            audience: .internal, windowDays: 30, asOf: WeeklyFixture.day("2018-12-30"),
            asKnownAt: "2018-12-31T09:00:00.000001+08:00", synthetic: true,
            definition: FunnelDefinition(window: .days(30)), units: units, cells: cells,
            followUp: followUp,
            declared: declared)
    }

    private static func cells(
        _ unit: ProgrammeUnit, _ from: Day, _ to: Day, _ random: inout SplitMix64
    ) -> [PilotCell] {
        func part(_ whole: Int, _ tenths: Int) -> Int {
            (0..<whole).count { _ in random.below(10) < tenths }
        }
        let met = 6 + random.below(14)
        let unorganised = part(met, 8)
        let mature = from.parts.month < 12 ? unorganised : 0
        let intents = part(mature, 4)
        let applications = part(intents, 6)
        let established = part(applications, 7)
        let covered = part(mature - intents, 1)
        let meetings = random.below(6)
        let counts: [(PilotStage, Int, Int, Int?)] = [
            (.unorganised, unorganised, met, nil), (.intent, intents, mature, unorganised - mature),
            (.application, applications, mature, unorganised - mature),
            (.established, established, mature, unorganised - mature),
            (.covered, covered, mature, unorganised - mature),
            (.onSiteApplications, max(1, meetings) * (8 + random.below(20)), meetings, nil),
        ]
        return counts.map { stage, numerator, denominator, open in
            PilotCell(
                unitCode: unit.code, unitName: unit.name, arm: unit.arm, startOn: unit.startOn,
                periodFrom: from, periodTo: to, stage: stage, numerator: numerator,
                denominator: denominator,
                open: open)
        }
    }

    /// Members of employees by quarter from the year before, as units may declare them.
    static let declared: [DeclaredFigure] = programme(seed: 1).units.enumerated().flatMap {
        index, unit in
        (0..<6).compactMap { quarter -> DeclaredFigure? in
            guard
                let from = Day(year: 2017 + (quarter + 1) / 4, month: (quarter + 1) % 4 * 3 + 1, day: 1),
                let next = Day(year: 2017 + (quarter + 2) / 4, month: (quarter + 2) % 4 * 3 + 1, day: 1)
            else { return nil }
            let gain = unit.arm == .pilot && quarter >= 4 ? 40 + index % 3 * 5 : 0
            return DeclaredFigure(
                unitCode: unit.code, outcome: .members, periodFrom: from, periodTo: next.adding(days: -1),
                counts: Proportion(x: 300 + quarter * 6 + index * 7 % 11 + gain, n: 1000))
        }
    }
}
