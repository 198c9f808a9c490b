import Funnel
import Testing

@Suite struct CountRatioTests {
    @Test("two zeros say nothing") func zeros() {
        let ratio = CountRatio(0, over: 0)
        #expect(ratio.ratio == nil)
        #expect(ratio.interval == ConfidenceInterval(lower: 0, upper: .infinity))
        #expect(ratio.pValue == 1)
    }

    @Test("one zero: 0 or infinity, and the other end by the exact tail", arguments: [1, 3, 40])
    func zero(_ count: Int) throws {
        let up = CountRatio(count, over: 0)
        #expect(up.ratio == .infinity && up.interval.upper == .infinity)
        // P(all `count` are the first) = .025 at share s: s = .025^(1/count).
        let share = up.interval.lower / (1 + up.interval.lower)
        #expect(agree(SpecialFunctions.binomialCDF(count - 1, n: count, p: share), 0.975, absolute: 1e-12))
        #expect(CountRatio(0, over: count).interval.lower == 0)
        #expect(agree(up.pValue, min(1, 2 * (0..<count).reduce(1) { p, _ in p / 2 }), relative: 1e-12))
    }

    @Test("weeks changed over, the interval is inverted", arguments: [(1, 2_000_000), (7, 9), (12, 12)])
    func inverted(_ one: Int, _ other: Int) {
        let (a, b) = (CountRatio(one, over: other), CountRatio(other, over: one))
        #expect(agree(a.interval.lower, 1 / b.interval.upper, relative: 1e-12))
        #expect(agree(a.interval.upper, 1 / b.interval.lower, relative: 1e-12))
        #expect(a.pValue == b.pValue)
    }
}
