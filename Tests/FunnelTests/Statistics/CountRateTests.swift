import Funnel
import Testing

@Suite struct CountRateTests {
    @Test("none is at least 0 and at most what one would rarely miss") func none() {
        let rate = CountRate(0, over: 4)
        #expect(rate.rate == 0 && rate.interval.lower == 0)
        // (1/40)^(1/λ) of nothing: −log .025.
        #expect(agree(rate.interval.upper * 4, 3.688_879_454_113_936, absolute: 1e-12))
    }

    /// The count is at the tail of the Poisson distribution that each limit gives.
    @Test("each limit leaves a fortieth beyond the count", arguments: [1, 3, 46, 885])
    func tails(_ count: Int) {
        let interval = CountRate(count, over: 1).interval
        func below(_ k: Int, _ mean: Double) -> Double? {
            SpecialFunctions.chiSquaredUpperTail(2 * mean, df: Double(2 * (k + 1)))
        }
        #expect(agree(below(count, interval.upper), 0.025, absolute: 1e-12))
        #expect(agree(below(count - 1, interval.lower).map { 1 - $0 }, 0.025, absolute: 1e-12))
    }

    @Test("ten times as many meetings, a tenth of the limits") func amount() {
        let (one, ten) = (CountRate(46, over: 1).interval, CountRate(46, over: 10).interval)
        #expect(agree(ten.lower * 10, one.lower, absolute: 1e-12))
        #expect(agree(ten.upper * 10, one.upper, absolute: 1e-12))
    }
}
