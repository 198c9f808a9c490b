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
        #expect(effects.allSatisfy { $0.method == .staggered })
        #expect(effects.filter { $0.estimand == .effect }.count == 1)
        // Six months of 4 points and four of 8.
        #expect(agree(effects[0].estimate, 0.056, relative: 1e-9))
        // Of each start every period but the one before it, those before the start too. A start of one unit has no
        // interval of its own.
        let (april, june) = (Self.day(4), Self.day(6))
        for (start, period, expected) in [
            (april, -3, 0.0), (april, -2, 0), (april, 0, 0.04), (june, -4, 0), (june, -2, 0), (june, 1, 0.08),
        ] {
            let row = try #require(
                effects.first { $0.estimand == .cohortPeriod(start: start, period: period) })
            #expect(abs((row.estimate ?? .nan) - expected) < 1e-9 && row.confLow == nil && row.pRaw == nil)
        }
        #expect(!effects.contains { $0.estimand == .cohortPeriod(start: june, period: -1) })
    }

    @Test("the joint test before, degrees of freedom and what could be found stand beside the effect")
    func checks() throws {
        var units = (0..<12).map { index in
            ProgrammeUnit(
                code: "1101010\(index < 10 ? "0" : "")\(index)", name: "单位\(index)", district: "区",
                arm: index < 6 ? .pilot : .comparison, startOn: Self.day(index < 6 ? 4 : 10))
        }
        func effects(_ gain: Int) throws -> [PilotEffect] {
            let declared = units.enumerated().flatMap { index, unit in
                (1...9).map { month in
                    DeclaredFigure(
                        unitCode: unit.code, outcome: .members, periodFrom: Self.day(month),
                        periodTo: Self.day(month + 1).adding(days: -1),
                        counts: Proportion(
                            x: 200 + (index % 6 * 7 + month * 5 + index % 6 * month) % 13
                                + (index < 6 && month >= 4 ? gain : 0), n: 1000))
                }
            }
            guard case .effect(let panels) = PilotClaim(declared: declared, units: units) else {
                Issue.record("no effect")
                return []
            }
            let all = PilotEffect.effects(of: panels)
            let panel = try #require(panels.first)
            let analysis = DifferenceInDifferences(panel.cells, firstWeek: panel.firstAfter) {
                panel.starts[$0] != nil
            }
            let pretrend = try #require(analysis.eventStudy?.pretrend)
            let row = try #require(all.first { $0.estimand == .pretrend })
            #expect(row.estimate == pretrend.f && row.pRaw == pretrend.pValue)
            func value(_ estimand: PilotEffect.Estimand, _ method: PilotEffect.Method) -> Double? {
                all.first { $0.estimand == estimand && $0.method == method }?.estimate
            }
            #expect(value(.pretrendPeriods, .eventStudy) == 2)
            #expect(value(.degreesOfFreedom, .eventStudy) == 11)
            #expect(value(.degreesOfFreedom, .differenceInDifferences) == analysis.unweighted?.dfCR2)
            #expect(value(.degreesOfFreedom, .welch) == analysis.collapsed?.df)
            #expect(value(.effect, .weighted) == analysis.weighted?.difference)
            #expect(all.allSatisfy { !$0.saysTooFewTownships })
            // No two rows of one key.
            #expect(
                Set(all.map { "\($0.outcome) \($0.estimand.code) \($0.method.rawValue)" }).count == all.count)
            return all
        }
        let none = try effects(0)
        #expect(none.first { $0.estimand == .detectableEffect }?.estimate.map { $0 > 0 } == true)
        #expect(none.contains { $0.estimand == .detectableTrend })
        let found = try effects(60)
        #expect(!found.contains { $0.estimand == .detectableEffect })
        // Two units of each group are too few, and say so.
        units = Self.units
        let few = Self.figures(1...9) { unit, month in 20 + (unit * 3 + month * 5 + unit * month) % 7 }
        guard case .effect(let panels) = PilotClaim(declared: few, units: units) else { return }
        #expect(PilotEffect.effects(of: panels).contains { $0.saysTooFewTownships })
    }
}
