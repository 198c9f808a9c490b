import Funnel
import Outreach

/// A programme of invented counts, as small as real ones: most cells are disclosive.
enum PublicationFixture {
    static let window = 30

    static func day(_ month: Int, _ day: Int) -> Day {
        Day(year: 2018 + (month - 1) / 12, month: (month - 1) % 12 + 1, day: day) ?? Day(ordinal: 0)
    }

    /// Pilot units start in April, others in July; facts go to `asOf`.
    static func comparison(seed: UInt64, asOf: Day, typicalFirms: Int = 14) -> PilotComparison {
        var random = SplitMix64(seed: seed)
        var units: [ProgrammeUnit] = []
        var cells: [PilotCell] = []
        for (arm, start) in [(PilotArm.pilot, 4), (.comparison, 7)] {
            for district in 1...4 {
                let code = "11010\(district)"
                for unit in 0...random.below(2) {
                    units.append(
                        ProgrammeUnit(
                            code: "\(code)\(arm == .pilot ? "0" : "1")0\(unit)", name: "单位\(unit)",
                            district: "区\(district)", arm: arm, startOn: day(start, 1)))
                }
            }
            for unit in units where unit.arm == arm {
                var month = start
                while day(month, 1) <= asOf {
                    let to = min(day(month + 1, 1).adding(days: -1), asOf)
                    cells += self.cells(unit, day(month, 1), to, &random, typicalFirms)
                    month += 1
                }
            }
        }
        // What came before is the same however far the facts go: later months are drawn from another seed.
        return PilotComparison(
            programme: "invented", name: Bilingual(zh: "示例", en: "Example"), audience: .internal,
            windowDays: window, asOf: asOf, asKnownAt: "2019-01-01T00:00:00.000000+08:00", synthetic: true,
            definition: FunnelDefinition(window: .days(window)), units: units, cells: cells)
    }

    /// The counts of a unit and month depend on the seed, the unit and the month alone.
    private static func cells(
        _ unit: ProgrammeUnit, _ from: Day, _ to: Day, _ random: inout SplitMix64, _ typicalFirms: Int
    ) -> [PilotCell] {
        let met = random.below(typicalFirms)
        let unorganised = part(met, 8, &random)
        let mature = unorganised - random.below(min(2, unorganised + 1))
        let intents = part(mature, 4, &random)
        let applications = part(intents, 6, &random)
        let established = part(applications, 6, &random)
        let covered = part(mature - intents, 1, &random)
        let meetings = random.below(8)
        let counts: [(PilotStage, Int, Int)] = [
            (.unorganised, unorganised, met), (.intent, intents, mature),
            (.application, applications, mature),
            (.established, established, mature), (.covered, covered, mature),
            (.onSiteApplications, meetings == 0 ? 0 : random.below(60), meetings),
        ]
        return counts.map { stage, numerator, denominator in
            PilotCell(
                unitCode: unit.code, unitName: unit.name, arm: unit.arm, startOn: unit.startOn,
                periodFrom: from, periodTo: to, stage: stage, numerator: numerator, denominator: denominator,
                open: 0)
        }
    }

    /// Of `whole`, each with a chance of `tenths`.
    private static func part(_ whole: Int, _ tenths: Int, _ random: inout SplitMix64) -> Int {
        (0..<whole).count { _ in random.below(10) < tenths }
    }
}
