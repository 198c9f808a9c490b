import Funnel
import Testing

@Suite struct RiskRatioTests {
    @Test("nobody on a side leaves no ratio") func nobody() {
        #expect(RiskRatio(Proportion(x: 0, n: 0), over: Proportion(x: 1, n: 3)) == nil)
        #expect(RiskRatio(Proportion(x: 1, n: 3), over: Proportion(x: 0, n: 0)) == nil)
    }

    @Test("sides changed over, ratio and score intervals are inverted", arguments: Sides.some)
    func inverted(_ sides: Sides) throws {
        let one = try #require(RiskRatio(sides.first, over: sides.second))
        let other = try #require(RiskRatio(sides.second, over: sides.first))
        for (a, b) in [(one.koopman, other.koopman), (one.miettinenNurminen, other.miettinenNurminen)] {
            #expect(isInverse(a.lower, b.upper))
            #expect(isInverse(a.upper, b.lower))
        }
        if let ratio = one.ratio {
            #expect(one.koopman.lower <= ratio && ratio <= one.koopman.upper)
            #expect(one.miettinenNurminen.lower <= one.koopman.lower)
            #expect(one.miettinenNurminen.upper >= one.koopman.upper)
        }
        #expect((one.katz == nil) == (sides.first.x == 0 || sides.second.x == 0))
    }

    @Test("ends at 0 and infinity only where a count is 0") func ends() throws {
        let none = Proportion(x: 0, n: 20)
        let some = Proportion(x: 4, n: 25)
        #expect(try #require(RiskRatio(none, over: some)).ratio == 0)
        #expect(try #require(RiskRatio(some, over: none)).ratio == .infinity)
        let neither = try #require(RiskRatio(none, over: none))
        #expect(neither.ratio == nil)
        #expect(neither.koopman == ConfidenceInterval(lower: 0, upper: .infinity))
    }

    /// n₁ = n₂ = n, all counted: under θ > 1 only the second side has a residual, and z² = n(θ − 1).
    @Test("all of both sides: the upper end is 1 + z²/n", arguments: [1, 12, 5000]) func all(_ n: Int) throws
    {
        let all = Proportion(x: n, n: n)
        let z = try #require(SpecialFunctions.normalQuantile(0.975))
        let ratio = try #require(RiskRatio(all, over: all))
        #expect(agree(ratio.koopman.upper, 1 + z * z / Double(n), relative: 1e-12))
        #expect(ratio.katz == ConfidenceInterval(lower: 1, upper: 1))
    }

    private func isInverse(_ a: Double, _ b: Double) -> Bool {
        a == 0 ? b == .infinity : a == .infinity ? b == 0 : agree(a, 1 / b, relative: 1e-11)
    }
}
