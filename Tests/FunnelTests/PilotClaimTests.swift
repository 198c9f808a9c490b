import Outreach
import Testing

@testable import Funnel

@Suite struct PilotClaimTests {
    private static func day(_ month: Int) -> Day {
        Day(year: 2018, month: month, day: 1) ?? Day(ordinal: 0)
    }

    /// Two pilots from April, two others from October.
    private static let units = (0..<4).map { index in
        ProgrammeUnit(
            code: "11010100\(index)", name: "单位\(index)", district: "区",
            arm: index < 2 ? .pilot : .comparison,
            startOn: day(index < 2 ? 4 : 10))
    }

    /// Monthly figures: `x` of 100 by unit and month.
    private static func figures(
        _ months: ClosedRange<Int>, units: Range<Int> = 0..<4, x: (Int, Int) -> Int = { _, _ in 20 }
    ) -> [DeclaredFigure] {
        units.flatMap { unit in
            months.map { month in
                DeclaredFigure(
                    unitCode: "11010100\(unit)", outcome: .members, periodFrom: day(month),
                    periodTo: day(month + 1).adding(days: -1), counts: Proportion(x: x(unit, month), n: 100))
            }
        }
    }

    @Test(
        "without a period before, one between, or units enough, a difference stays a gap",
        arguments: [
            ([], PilotClaim.NoEffect.nothingDeclared),
            (figures(3...8), .noPeriodBefore), (figures(1...3), .noPeriodBetween),
            (figures(10...11) + figures(1...3), .noPeriodBetween),
            (figures(1...8, units: 0..<3), .tooFewUnits), (figures(1...8, units: 1..<4), .tooFewUnits),
        ])
    func gap(_ declared: [DeclaredFigure], _ reason: PilotClaim.NoEffect) {
        let claim = PilotClaim(declared: declared, units: Self.units)
        #expect(claim == .gap(reason))
        #expect(claim.scope == PilotComparison.scope)
        #expect(!claim.reason.zh.isEmpty && claim.reason.en.contains("No difference in differences"))
    }

    @Test(
        "with them the effect is the pilots' change beyond the others', over months before the others start"
    )
    func effect() throws {
        // Pilots gain 6 points in April on top of everybody's month; after October everything is turned upside down.
        let declared = Self.figures(1...11) { unit, month in
            month >= 10 ? 90 - 80 * (unit / 2) : 20 + 3 * unit + month + (unit < 2 && month >= 4 ? 6 : 0)
        }
        guard case .effect(let panels) = PilotClaim(declared: declared, units: Self.units) else {
            Issue.record("no effect")
            return
        }
        #expect(panels.map(\.periods.count) == [9])
        let effects = PilotEffect.effects(of: panels)
        let effect = try #require(effects.first { $0.estimand == .effect })
        #expect(effect.method == .differenceInDifferences)
        #expect(agree(effect.estimate, 0.06, relative: 1e-9))
        for (period, expected) in [(-3, 0.0), (-2, 0), (0, 0.06), (5, 0.06)] {
            let row = try #require(effects.first { $0.estimand == .period(period) })
            #expect(abs((row.estimate ?? .nan) - expected) < 1e-9)
        }
        #expect(
            effects.contains {
                $0.estimand == .changeGap && $0.method == .randomisation && $0.pRaw != nil
            })
        #expect(effects.contains { $0.estimand == .trendBefore })
        #expect(PilotClaim(declared: declared, units: Self.units).scope != PilotComparison.scope)
    }

    @Test("pilots that started in different periods: never by township and period effects alone")
    func staggered() throws {
        var units = Self.units
        units[1].startOn = Self.day(6)
        let declared = Self.figures(1...9) { unit, month in
            20 + month + (unit == 0 && month >= 4 ? 4 : 0) + (unit == 1 && month >= 6 ? 8 : 0)
        }
        guard case .effect(let panels) = PilotClaim(declared: declared, units: units) else {
            Issue.record("no effect")
            return
        }
        let effects = PilotEffect.effects(of: panels)
        #expect(effects.map(\.method) == [.staggered])
        // Six months of 4 points and four of 8.
        #expect(agree(effects[0].estimate, 0.056, relative: 1e-9))
    }
}
