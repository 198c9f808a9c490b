import Funnel
import Outreach

/// Six townships, three on each side, one month each.
enum PilotFixture {
    static func comparison(
        audience: PilotComparison.Audience = .internal, synthetic: Bool = true
    ) -> PilotComparison {
        PilotComparison(
            programme: "pilot-2018", name: Bilingual(zh: "示例市2018年试点", en: "Example City pilot 2018"),
            audience: audience, windowDays: 30, asOf: WeeklyFixture.day("2018-12-30"),
            asKnownAt: "2018-12-31T09:00:00.000001+08:00", synthetic: synthetic,
            definition: FunnelDefinition(), units: units, cells: units.enumerated().flatMap(cells))
    }

    private static let units: [ProgrammeUnit] = (0..<6).map { index in
        let isPilot = index < 3
        return ProgrammeUnit(
            code: "11010\(index < 3 ? 1 : 5)00\(index + 1)", name: "示例\(index + 1)街道",
            district: isPilot ? "东城区" : "朝阳区", arm: isPilot ? .pilot : .comparison,
            startOn: WeeklyFixture.day(isPilot ? "2018-04-02" : "2018-10-01"))
    }

    private static func cells(index: Int, unit: ProgrammeUnit) -> [PilotCell] {
        PilotStage.allCases.map { stage in
            let firms = 20 + index * 3
            let numerator =
                stage == .onSiteApplications ? firms * 3 : (firms + index) / (2 + stage.rawValue.count % 4)
            return PilotCell(
                unitCode: unit.code, unitName: unit.name, arm: unit.arm, startOn: unit.startOn,
                periodFrom: WeeklyFixture.day("2018-11-01"), periodTo: WeeklyFixture.day("2018-11-30"),
                stage: stage, numerator: numerator, denominator: firms, open: stage == .intent ? 3 : 0)
        }
    }
}
