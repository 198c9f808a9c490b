import Funnel
import Outreach
import Testing

@Suite struct ControlLimitsTests {
    @Test("a township of nobody is not plotted") func nobody() {
        #expect(ControlLimits.exact(target: 0.3, n: 0, p: 0.025) == nil)
    }

    @Test("a target of 0 or 1 is its own limit", arguments: ControlLimits.levels) func certain(_ p: Double) {
        #expect(ControlLimits.exact(target: 0, n: 9, p: p) == 0)
        #expect(ControlLimits.exact(target: 1, n: 9, p: p) == 1)
    }

    @Test(
        "only everyone reaches certainty, also where tails underflow",
        arguments: [1, 5000, 1_000_000_000_000])
    func ends(_ n: Int) {
        for target in [1e-9, 0.1, 0.999] {
            #expect(ControlLimits.exact(target: target, n: n, p: 1) == 1)
            #expect(ControlLimits.exact(target: target, n: n, p: 0) == 0)
        }
    }

    @Test("limits rise with the level and stay within [0, 1]", arguments: [1, 3, 40, 999, 1_000_000])
    func order(_ n: Int) {
        for target in [1e-9, 0.02, 0.5, 0.97] {
            let limits = [0, 0.001, 0.025, 0.5, 0.975, 0.999, 1].compactMap {
                ControlLimits.exact(target: target, n: n, p: $0)
            }
            #expect(limits.count == 7)
            #expect(limits == limits.sorted())
            #expect(limits.allSatisfy { (0...1).contains($0) })
        }
    }

    @Test("for large n they are the normal limits") func normal() throws {
        let n = 4_000_000
        let z = try #require(SpecialFunctions.normalQuantile(0.975))
        let half = z * (0.2 * 0.8 / Double(n)).squareRoot()
        #expect(agree(ControlLimits.exact(target: 0.2, n: n, p: 0.975), 0.2 + half, absolute: 2e-7))
        #expect(agree(ControlLimits.exact(target: 0.2, n: n, p: 0.025), 0.2 - half, absolute: 4e-7))
    }
}

@Suite struct OverDispersionTests {
    @Test("nobody counted: no target, no factor, no limits") func nobody() {
        let none = OverDispersion([Proportion(x: 0, n: 0)])
        #expect(none.target == nil && none.factor == nil && none.limits(tail: 0.025) == nil)
    }

    @Test("a target of 1 standardises nothing, and its limits are itself") func certain() {
        let all = OverDispersion([Proportion(x: 4, n: 4), Proportion(x: 2, n: 2)])
        #expect(all.target == 1 && all.factor == nil)
        #expect(all.limits(tail: 0.001) == [.init(lower: 1, upper: 1), .init(lower: 1, upper: 1)])
    }

    @Test("one township at its own pooled rate does not vary") func single() {
        let one = OverDispersion([Proportion(x: 2, n: 7), Proportion(x: 0, n: 0)])
        #expect(one.townships.count == 1)
        #expect(one.factor?.corrected == 0 && one.factor?.used == 1)
    }

    @Test("a stated target is taken") func stated() throws {
        let factor = try #require(OverDispersion([Proportion(x: 30, n: 100)], target: 0.2).factor)
        #expect(agree(factor.raw, 0.01 / 0.0016, relative: 1e-12))
    }

    @Test("under chance about one plot of twenty is called over-dispersed") func nominal() {
        var random = SplitMix64(seed: 99)
        var flagged = 0
        for _ in 0..<400 {
            let townships = (0..<40).map { _ in
                Proportion(x: (0..<60).count { _ in random.below(1000) < 300 }, n: 60)
            }
            if OverDispersion(townships).factor?.isPresent == true { flagged += 1 }
        }
        // 400 plots at 5 %: 20, and three standard errors about it.
        #expect((7...34).contains(flagged))
    }
}
