import Outreach
import Testing

@testable import Funnel

@Suite struct PublishedEstimatesTests {
    private typealias Counts = (x: Int, n: Int)

    private static let others: [Counts] = [(5, 21), (8, 24), (4, 19), (9, 26), (6, 22), (7, 25)]

    private func estimates(_ pilot: [Counts], _ comparison: [Counts] = others) -> [PilotEstimate] {
        PublishedEstimates(
            of: .intent, SplitAttack.cells(.pilot, pilot) + SplitAttack.cells(.comparison, comparison),
            followUp: [], SuppressionRule()
        ).all
    }

    @Test("three townships of which one is shown: no interval, no test, no detectable gap")
    func threeTownships() {
        let three: [Counts] = [(2, 30), (12, 40), (9, 25)]
        let rows = estimates(three)
        // The rates are those of totals that are shown, and so is their gap.
        #expect(rows.first { $0.estimand == .pilotRate }?.estimate == 23.0 / 95)
        let comparison = rows.first { $0.estimand == .comparisonRate }
        #expect(comparison?.confLow != nil && comparison?.confHigh != nil)
        for row in rows where row.estimand != .comparisonRate {
            #expect(row.confLow == nil && row.confHigh == nil && row.pRaw == nil)
            #expect(
                row.estimand == .pilotRate || row.estimand == .gap && row.method == .clusterRobust
                    || row.suppressed)
            #expect(row.limits.contains(.intervalWithheld))
        }
        // Told in full, the interval leaves one answer of some thousand; as published, every one.
        let attack = SplitAttack(
            hidden: [(2, 30), (12, 40)], known: [(9, 25)], comparison: Self.others, rule: SuppressionRule())
        let left = attack.left()
        #expect(left.before > 500 && left.after.count == left.before)
        let told = ClusterRate(three.map { Proportion(x: $0.x, n: $0.n) })?.interval()?.upper
        var fits: Set<[Int]> = []
        for n in 1..<70 {
            for x in 0...min(n, 14) where 14 - x <= 70 - n {
                let counts = [
                    Proportion(x: x, n: n), Proportion(x: 14 - x, n: 70 - n), Proportion(x: 9, n: 25),
                ]
                let upper = ClusterRate(counts)?.interval()?.upper
                if abs((upper ?? .nan) - (told ?? .nan)) < 1e-9 { fits.insert([x, 14 - x].sorted()) }
            }
        }
        #expect(fits == [[2, 12]])
    }

    @Test("so does the whole folder of such a programme") func wholeFolder() throws {
        let day = PublicationFixture.day
        func counts(_ arm: PilotArm, _ townships: [Counts]) -> [(unit: ProgrammeUnit, counts: Counts)] {
            townships.enumerated().map { index, counts in
                (
                    ProgrammeUnit(
                        code: "11010\(index + 1)\(arm == .pilot ? "001" : "101")", name: "单位",
                        district: "区\(index)", arm: arm, startOn: day(4, 1)), counts
                )
            }
        }
        let programme =
            counts(.pilot, [(2, 30), (12, 40), (9, 25)])
            + counts(.comparison, Self.others)
        let cells = programme.flatMap { unit, counts in
            PilotStage.allCases.map { stage in
                let pair: Counts =
                    switch stage {
                    case .unorganised: (counts.n, counts.n + 9)
                    case .intent: counts
                    case .application, .established, .covered: (0, counts.n)
                    case .onSiteApplications: (0, 0)
                    }
                return PilotCell(
                    unitCode: unit.code, unitName: unit.name, arm: unit.arm, startOn: unit.startOn,
                    periodFrom: day(4, 1), periodTo: day(4, 30), stage: stage, numerator: pair.x,
                    denominator: pair.n, open: 0)
            }
        }
        let complete = PilotComparison(
            programme: "three", name: Bilingual(zh: "三", en: "Three"), audience: .internal,
            windowDays: 30, asOf: day(6, 30), asKnownAt: "2019-01-01T00:00:00.000000+08:00",
            synthetic: true, definition: FunnelDefinition(window: .days(30)), units: programme.map(\.unit),
            cells: cells)
        func rate(_ comparison: PilotComparison) throws -> PilotEstimate {
            try #require(
                comparison.estimates.first { $0.outcome == .intent && $0.estimand == .pilotRate })
        }
        #expect(try rate(complete).confHigh != nil)
        let published = try complete.published()
        let shown = published.cells.filter { $0.arm == .pilot && $0.stage == .intent && !$0.suppressed }
        // 2 is hidden, and one more for its sake.
        #expect(shown.map(\.numerator) == [12] && shown.map(\.denominator) == [40])
        #expect(try rate(published).estimate == 23.0 / 95)
        #expect(try rate(published).confLow == nil && rate(published).confHigh == nil)
        #expect(
            published.estimates.filter { $0.outcome == .intent && $0.estimand.isGap }.allSatisfy {
                $0.pRaw == nil
            })
    }

    @Test(
        "what is published leaves a hidden number open to the threshold and more",
        arguments: 0..<PublicationTests.seeds(6) as Range<UInt64>)
    func splits(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func townships(_ count: Int) -> [Counts] {
            (0..<count).map { _ in
                let n = 12 + random.below(16)
                return ((0..<n).count { _ in random.below(10) < 3 }, n)
            }
        }
        let pilot = townships(7)
        let attack = SplitAttack(
            hidden: Array(pilot.prefix(2)), known: Array(pilot.dropFirst(2)), comparison: townships(7),
            rule: SuppressionRule())
        let left = attack.left()
        #expect(
            left.after.contains {
                $0.map(\.n) == attack.hidden.map(\.n) && $0.map(\.x) == attack.hidden.map(\.x)
            })
        #expect(left.narrowest >= SuppressionRule().threshold, "\(left.after.count) of \(left.before)")
        #expect(left.after.count >= 25)
        // It is published: this is no vacuous protection.
        let rows = estimates(pilot, attack.comparison)
        #expect(rows.first { $0.estimand == .pilotRate }?.confLow != nil)
    }

    @Test("what is published never claims more than the full figures", arguments: 0..<8 as Range<UInt64>)
    func outwards(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        func townships() -> [Counts] {
            (0..<20).map { _ in
                let n = 20 + random.below(30)
                return ((0..<n).count { _ in random.below(10) < 3 }, n)
            }
        }
        let (pilot, comparison) = (townships(), townships())
        let cells = SplitAttack.cells(.pilot, pilot) + SplitAttack.cells(.comparison, comparison)
        let full = PilotEstimates.drafts(from: cells)
        for (row, exact) in zip(estimates(pilot, comparison), full) {
            #expect(row.estimand == exact.estimand && row.method == exact.method)
            if let low = row.confLow, let high = row.confHigh, let from = exact.confLow,
                let to = exact.confHigh
            {
                #expect(low <= from && to <= high && high - low < 2.5 * (to - from) + 0.03)
                // Whole points of a percentage.
                #expect([low, high].allSatisfy { abs($0 * 100 - ($0 * 100).rounded()) < 1e-9 })
            } else {
                #expect(row.confLow == nil && exact.confLow == nil)
            }
            if let p = row.pRaw, let exact = exact.pRaw {
                #expect(p >= exact - 1e-12 && abs(p * 100 - (p * 100).rounded()) < 1e-9 && p >= 0.01)
            }
        }
        // The step of the standard error is what five firms that change townships move it by, at most.
        let spread = try #require(PublishedSpread(of: ClusterMean(pilot), SuppressionRule()))
        let firms = Double(pilot.reduce(0) { $0 + $1.n })
        let steps = spread.standardError * firms / 10
        #expect(abs(steps - steps.rounded()) < 1e-9)
    }

    @Test("five firms that change townships move the standard error by a step at most")
    func step() throws {
        var random = SplitMix64(seed: 5)
        for _ in 0..<200 {
            let count = 5 + random.below(8)
            var townships: [Counts] = (0..<count).map { _ in
                let n = 10 + random.below(40)
                return (5 + random.below(n - 9), n)
            }
            guard PublishedSpread(of: ClusterMean(townships), SuppressionRule()) != nil,
                let before = ClusterMean(townships)?.variance?.squareRoot()
            else { continue }
            let (from, to) = (random.below(count), random.below(count))
            let room = min(5, townships[to].n - townships[to].x, townships[from].x)
            guard from != to else { continue }
            townships[from].x -= room
            townships[to].x += room
            let after = try #require(ClusterMean(townships)?.variance?.squareRoot())
            let firms = Double(townships.reduce(0) { $0 + $1.n })
            #expect(abs(after - before) <= 10 / firms + 1e-12)
            // No township has more than half.
            #expect(townships.allSatisfy { 2 * Double($0.n) <= firms + 1e-9 })
        }
    }

    @Test("rates that are all alike are not told by an interval of width 0")
    func alike() throws {
        let rows = estimates(Array(repeating: (x: 6, n: 20), count: 6))
        let rate = try #require(rows.first { $0.estimand == .pilotRate })
        #expect(rate.estimate == 0.3)
        #expect((rate.confHigh ?? 0) - (rate.confLow ?? 0) > 0.2)
        #expect(!rate.limits.contains(.nothingVaries))
    }

    @Test("a township with most of an arm's firms leaves no interval") func dominance() {
        let rows = estimates([(60, 200)] + Array(repeating: (x: 6, n: 12), count: 9))
        #expect(rows.first { $0.estimand == .pilotRate }?.confLow == nil)
        #expect(rows.first { $0.estimand == .comparisonRate }?.confLow != nil)
    }

    @Test("an arm without a single success: the total tells its exact ends") func nobody() throws {
        let rows = estimates(Array(repeating: (x: 0, n: 20), count: 6))
        let exact = try #require(rows.first { $0.method == .exact })
        #expect(exact.estimand == .pilotRate && exact.confHigh ?? 1 < 0.04)
        #expect(rows.first { $0.estimand == .pilotRate && $0.method == .clusterRobust }?.confHigh == nil)
    }

    @Test("declared effects of groups too small are not published; of others coarsely")
    func effects() throws {
        func comparison(_ perArm: Int, members: Int) throws -> PilotComparison {
            var comparison = PublicationFixture.comparison(seed: 1, asOf: PublicationFixture.day(12, 30))
            let units = (0..<2 * perArm).map { index in
                ProgrammeUnit(
                    code: "1101010\(index < 10 ? "0" : "")\(index)", name: "单位", district: "区",
                    arm: index < perArm ? .pilot : .comparison,
                    startOn: PublicationFixture.day(index < perArm ? 4 : 10, 1))
            }
            let declared = units.enumerated().flatMap { index, unit in
                (1...9).map { month in
                    DeclaredFigure(
                        unitCode: unit.code, outcome: .members,
                        periodFrom: PublicationFixture.day(month, 1),
                        periodTo: PublicationFixture.day(month + 1, 1).adding(days: -1),
                        counts: Proportion(x: members + (index * 7 + month * 5 + index * month) % 13, n: 1000)
                    )
                }
            }
            comparison.claim = PilotClaim(declared: declared, units: units)
            guard case .effect(let panels) = comparison.claim else { return comparison }
            comparison.effects = PilotEffect.effects(of: panels)
            return comparison
        }
        let few = try comparison(4, members: 200)
        #expect(!few.effects.isEmpty)
        let dropped = try few.published()
        #expect(dropped.effects.isEmpty && dropped.claim == .gap(.tooSmallToPublish))
        #expect(dropped.scope == PilotComparison.scope)
        let full = try comparison(6, members: 200)
        let told = try full.published()
        #expect(told.claim == full.claim)
        // What could be detected stands beside what was not found, which is more where p is told upwards.
        func found(_ comparison: PilotComparison) -> [PilotEffect] {
            comparison.effects.filter { $0.method != .power }
        }
        #expect(found(told).count == found(full).count)
        for (row, exact) in zip(found(told), found(full)) {
            #expect(row.estimand == exact.estimand && row.method == exact.method)
            let numbers = [row.estimate, row.confLow, row.confHigh, row.pRaw].compactMap(\.self)
            #expect(numbers.allSatisfy { abs($0 * 100 - ($0 * 100).rounded()) < 1e-9 })
            if let low = exact.confLow, let high = exact.confHigh {
                #expect(row.confLow ?? 1 <= low && high <= row.confHigh ?? -1)
            }
            #expect(row.pRaw ?? 1 >= exact.pRaw ?? 0)
        }
        // Sums of a group's period that a few persons make up.
        let small = try comparison(6, members: 0)
        var panels: [DeclaredPanel] = []
        if case .effect(let borne) = small.claim { panels = borne }
        let panel = try #require(panels.first)
        #expect(panel.isPublishable(SuppressionRule()))
        #expect(!panel.isPublishable(SuppressionRule(threshold: 200)))
    }
}
