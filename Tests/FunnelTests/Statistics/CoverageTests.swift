import Foundation
import Funnel
import Outreach
import Testing

/// Repeats the specification's simulations of coverage (§1.8, §1.10) in the long run. Seeded, so that what
/// passes once passes always; bounds are three standard errors of the simulation, and what the tables' own
/// numbers of runs leave open.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] != nil))
struct CoverageTests {
    @Test(
        "CR2 covers the true difference about 95 times in 100; intervals of independent firms do not",
        arguments: [(4, 6, 0.05), (8, 12, 0.05), (20, 20, 0.05), (8, 12, 0.02), (3, 30, 0.05)])
    func clusterRobust(_ pilots: Int, _ others: Int, _ correlation: Double) throws {
        let runs = 2000
        var draws = BetaDraws(seed: 20_180_401)
        var (covered, naive) = (0, 0)
        for _ in 0..<runs {
            let pilot = (0..<pilots).map { _ in draws.township(mean: 0.15, correlation, size: 40) }
            let comparison = (0..<others).map { _ in draws.township(mean: 0.15, correlation, size: 40) }
            let difference = try #require(ClusterDifference(pilot: pilot, comparison: comparison))
            if let interval = difference.intervalCR2, interval.lower <= 0, 0 <= interval.upper {
                covered += 1
            }
            let independent = ProportionDifference(
                Proportion(sumOf: pilot), minus: Proportion(sumOf: comparison))
            if let interval = independent?.interval, interval.lower <= 0, 0 <= interval.upper { naive += 1 }
        }
        let share = Double(covered) / Double(runs)
        // Few townships make it careful, never bold: the table has .943 to .973.
        #expect((0.93...0.985).contains(share), "\(share)")
        #expect(Double(naive) / Double(runs) < share - 0.08)
    }

    @Test(
        "full Bayes covers the townships' true rates about 95 times in 100",
        arguments: [(8, 0.02, 0.981), (12, 0.05, 0.963), (40, 0.05, 0.943), (40, 0.01, 0.970)])
    func fullBayes(_ count: Int, _ correlation: Double, _ table: Double) throws {
        let runs = 120
        var draws = BetaDraws(seed: 20_181_230)
        var shares: [Double] = []
        for _ in 0..<runs {
            let (truths, townships) = draws.townships(count, mean: 0.15, correlation, size: 25)
            let rates = try #require(FullBayesShrinkage(townships)).townships
            let covered = zip(truths, rates).count {
                $0.1.interval.lower <= $0.0 && $0.0 <= $0.1.interval.upper
            }
            shares.append(Double(covered) / Double(count))
        }
        let mean = shares.reduce(0, +) / Double(runs)
        // Townships of one data set stand or fall together, so the data sets are what varies.
        let variance = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(runs * (runs - 1))
        // The table's figure is of as many data sets again.
        #expect(abs(mean - table) < 3 * (2 * variance).squareRoot(), "\(mean)")
        #expect(mean > 0.93)
    }
}

/// Townships whose true rates are beta distributed.
private struct BetaDraws {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    private mutating func uniform() -> Double { (Double(random.next() >> 11) + 0.5) * 0x1p-53 }

    private mutating func rate(mean: Double, _ correlation: Double) -> Double {
        let scale = (1 - correlation) / correlation
        return SpecialFunctions.betaQuantile(uniform(), a: mean * scale, b: (1 - mean) * scale) ?? mean
    }

    /// Sizes vary from a half to three halves of the mean.
    private mutating func size(mean: Int) -> Int { mean - mean / 2 + random.below(2 * (mean / 2) + 1) }

    private mutating func counts(rate: Double, of n: Int) -> Proportion {
        var x = 0
        for _ in 0..<n where uniform() < rate { x += 1 }
        return Proportion(x: x, n: n)
    }

    mutating func township(mean: Double, _ correlation: Double, size: Int) -> Proportion {
        let rate = rate(mean: mean, correlation)
        return counts(rate: rate, of: self.size(mean: size))
    }

    mutating func townships(
        _ count: Int, mean: Double, _ correlation: Double, size: Int
    ) -> (truths: [Double], townships: [Proportion]) {
        var truths: [Double] = []
        var townships: [Proportion] = []
        for _ in 0..<count {
            truths.append(rate(mean: mean, correlation))
            townships.append(counts(rate: truths[truths.count - 1], of: self.size(mean: size)))
        }
        return (truths, townships)
    }
}
