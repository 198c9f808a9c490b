import Foundation
import Funnel
import Outreach
import Testing

@Suite struct FullBayesShrinkageTests {
    @Test("nobody anywhere: nothing is believed") func nobody() {
        #expect(FullBayesShrinkage([]) == nil)
        #expect(FullBayesShrinkage([Proportion(x: 0, n: 0)]) == nil)
    }

    @Test(
        "each interval holds its share of the posterior",
        arguments: [
            [(3, 20), (1, 10), (0, 6), (9, 40), (0, 0)], [(0, 3)], [(7, 7)], [(1, 1), (0, 1)],
            [(0, 300_000), (1, 2)], [(0, 5), (5, 5), (0, 9)], [(120_000, 400_000), (3, 11), (90, 200)],
        ])
    func quantiles(_ pairs: [(Int, Int)]) throws {
        let townships = pairs.map { Proportion(x: $0, n: $1) }
        let shrinkage = try #require(FullBayesShrinkage(townships, confidence: 0.9))
        for (township, rate) in zip(townships, shrinkage.townships) {
            let (low, high) = (rate.interval.lower, rate.interval.upper)
            #expect(0 <= low && low <= rate.mean && rate.mean <= high && high <= 1)
            // Where an end is 0 or 1 to all digits, no share can be told from none.
            if low > 1e-12 {
                #expect(agree(shrinkage.probability(of: township, above: low), 0.95, absolute: 1e-8))
            }
            if high < 1 - 1e-12 {
                #expect(agree(shrinkage.probability(of: township, above: high), 0.05, absolute: 1e-8))
            }
        }
    }

    /// By brute force on a fixed grid, wide and fine, with the textbook likelihood.
    @Test("agrees with plain quadrature") func quadrature() throws {
        let townships = [(3, 20), (1, 10), (0, 6), (9, 40), (14, 60)].map { Proportion(x: $0, n: $1) }
        func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
        var nodes: [(weight: Double, mu: Double, rho: Double, a: Double, b: Double)] = []
        for u in stride(from: -7.0, through: 4, by: 0.05) {
            for v in stride(from: -16.0, through: 6, by: 0.05) {
                let (mu, rho) = (1 / (1 + exp(-u)), 1 / (1 + exp(-v)))
                let (a, b) = (mu * (1 - rho) / rho, (1 - mu) * (1 - rho) / rho)
                let likelihood = townships.reduce(0) { sum, township in
                    sum + logBeta(a + Double(township.x), b + Double(township.n - township.x))
                        - logBeta(a, b)
                }
                nodes.append((exp(likelihood + 78) * mu * (1 - mu) * rho * (1 - rho), mu, rho, a, b))
            }
        }
        let mass = nodes.reduce(0) { $0 + $1.weight }
        let shrinkage = try #require(FullBayesShrinkage(townships))
        #expect(agree(shrinkage.mu, nodes.reduce(0) { $0 + $1.weight * $1.mu } / mass, absolute: 1e-6))
        #expect(agree(shrinkage.rho, nodes.reduce(0) { $0 + $1.weight * $1.rho } / mass, absolute: 1e-6))
        for (township, rate) in zip(townships, shrinkage.townships) {
            func below(_ p: Double) -> Double {
                nodes.reduce(0) { sum, node in
                    guard node.weight > 1e-9 * mass / 1000 else { return sum }
                    let cdf = SpecialFunctions.betaCDF(
                        p, a: node.a + Double(township.x), b: node.b + Double(township.n - township.x))
                    return sum + node.weight * (cdf ?? .nan)
                } / mass
            }
            // What is left out below 1e-9 of the largest weight comes to some 1e-5 in all.
            #expect(agree(below(rate.interval.lower), 0.025, absolute: 4e-5))
            #expect(agree(below(rate.interval.upper), 0.975, absolute: 4e-5))
        }
    }

    @Test("the more a township has, the less it is moved") func shrinks() throws {
        let townships =
            [(5, 10), (50, 100), (500, 1000)].map { Proportion(x: $0, n: $1) }
            + (0..<30).map { _ in Proportion(x: 20, n: 100) }
        let rates = try #require(FullBayesShrinkage(townships)).townships
        #expect(rates[0].mean < rates[1].mean && rates[1].mean < rates[2].mean && rates[2].mean < 0.5)
        #expect(rates[2].interval.lower > rates[0].interval.lower)
    }

    @Test("many townships take no longer than their distinct counts", .timeLimit(.minutes(5)))
    func many() throws {
        var random = SplitMix64(seed: 5)
        let townships = (0..<20_000).map { _ in
            let n = random.below(4)
            return Proportion(x: (0..<n).count { _ in random.below(100) < 30 }, n: n)
        }
        let shrinkage = try #require(FullBayesShrinkage(townships))
        #expect(shrinkage.townships.count == 20_000)
        #expect(agree(shrinkage.mu, 0.3, absolute: 0.02))
        #expect(shrinkage.rho < 0.02)
    }
}
