import Foundation
import Outreach
import Testing

@testable import Funnel

@Suite struct RankIntervalsTests {
    @Test("far apart, each has its place; alike, nobody has")
    func ends() {
        let apart = RankIntervals([
            .init(x: 950, n: 1000), .init(x: 0, n: 0), .init(x: 50, n: 1000), .init(x: 500, n: 1000),
        ])
        #expect(apart.intervals == [1...1, nil, 3...3, 2...2])
        let alike = RankIntervals(Array(repeating: .init(x: 3, n: 10), count: 40))
        #expect(Set(alike.intervals).count == 1)
        let interval = alike.intervals[0] ?? 1...1
        #expect(interval.lowerBound <= 3 && interval.upperBound >= 38)
        #expect(RankIntervals([.init(x: 0, n: 0)]).intervals == [nil])
    }

    @Test("the draws have the means and the quantiles that the mixture has in closed form")
    func drawsAreThePosterior() throws {
        let units: [Proportion] = [
            .init(x: 0, n: 2), .init(x: 5, n: 9), .init(x: 12, n: 43), .init(x: 30, n: 60),
            .init(x: 1, n: 1), .init(x: 4, n: 25),
        ]
        let shrinkage = try #require(FullBayesShrinkage(units))
        var random = SplitMix64(seed: 7)
        let count = 8000
        let draws = (0..<count).map { _ in shrinkage.draw(units, using: &random) }
        for (index, unit) in shrinkage.townships.enumerated() {
            let rates = draws.map { $0[index] }
            let mean = rates.reduce(0, +) / Double(count)
            // Five standard errors; half the width of the interval is some two deviations.
            let deviation = (unit.interval.upper - unit.interval.lower) / 4
            #expect(abs(mean - unit.mean) < 5 * deviation / Double(count).squareRoot())
            let inside = rates.count { unit.interval.lower <= $0 && $0 <= unit.interval.upper }
            #expect(
                abs(Double(inside) / Double(count) - 0.95) < 5 * (0.95 * 0.05 / Double(count)).squareRoot())
        }
    }

    @Test("intervals hold the true rank about as often as they say", arguments: [UInt64(1), 2])
    func coverage(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
        var (held, all) = (0, 0)
        for _ in 0..<12 {
            // True rates spread evenly over .2 to .5.
            let rates = (0..<30).map { _ in 0.2 + 0.3 * unit() }
            let counts = rates.map { rate in
                let n = 5 + random.below(60)
                return Proportion(x: (0..<n).count { _ in unit() < rate }, n: n)
            }
            let ranks = RankIntervals(counts, draws: 400).intervals
            for index in rates.indices {
                let rank = 1 + rates.count { $0 > rates[index] }
                if ranks[index]?.contains(rank) == true { held += 1 }
                all += 1
            }
        }
        #expect(Double(held) / Double(all) > 0.91)
    }

    @Test func theSameSeedGivesTheSame() {
        let units = (0..<20).map { Proportion(x: $0 % 7, n: 7 + $0) }
        #expect(RankIntervals(units) == RankIntervals(units))
        #expect(RankIntervals(units, seed: 2).intervals.count == 20)
    }
}
