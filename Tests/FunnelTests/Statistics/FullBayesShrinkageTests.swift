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

    /// Townships, and where their posterior lies, in logits.
    struct Posterior: Sendable {
        let townships: [Proportion]
        let us, vs: StrideThrough<Double>
        let tolerance: Double
    }

    /// Few townships, whose posterior reaches far, and many, of which a few nodes stand for all.
    static let posteriors = [
        Posterior(
            townships: [(3, 20), (1, 10), (0, 6), (9, 40), (14, 60)].map { Proportion(x: $0, n: $1) },
            us: stride(from: -7, through: 4, by: 0.05), vs: stride(from: -16, through: 6, by: 0.05),
            // What is left out below 1e-9 of the largest weight comes to some 1e-5 in all.
            tolerance: 4e-5),
        Posterior(
            townships: (0..<1200).map { index in
                let n = 15 + index % 21
                return Proportion(x: n * (4 + index * 37 % 33) / 130, n: n)
            },
            us: stride(from: -2.2, through: -1.4, by: 0.01), vs: stride(from: -16, through: -1.5, by: 0.03),
            tolerance: 4e-5),
        // No variation to be told: each township's rate is as sure as the rate of all.
        Posterior(
            townships: (0..<1200).map { Proportion(x: 6 + $0 % 3, n: 26) },
            us: stride(from: -1.3, through: -0.7, by: 0.002), vs: stride(from: -16, through: -2, by: 0.2),
            tolerance: 1e-3),
    ]

    /// By brute force on a fixed grid, wide and fine, with the textbook likelihood.
    @Test("agrees with plain quadrature", arguments: posteriors)
    func quadrature(_ posterior: Posterior) throws {
        let townships = posterior.townships
        let kinds = Dictionary(townships.map { ($0, 1) }, uniquingKeysWith: +)
        func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
        var nodes: [(weight: Double, mu: Double, rho: Double, a: Double, b: Double)] = []
        for u in posterior.us {
            for v in posterior.vs {
                let (mu, rho) = (1 / (1 + exp(-u)), 1 / (1 + exp(-v)))
                let (a, b) = (mu * (1 - rho) / rho, (1 - mu) * (1 - rho) / rho)
                let likelihood = kinds.reduce(0) { sum, kind in
                    let (township, count) = kind
                    return sum + Double(count)
                        * (logBeta(a + Double(township.x), b + Double(township.n - township.x))
                            - logBeta(a, b))
                }
                nodes.append((likelihood + log(mu * (1 - mu) * rho * (1 - rho)), mu, rho, a, b))
            }
        }
        let top = nodes.map(\.weight).max() ?? 0
        for index in nodes.indices { nodes[index].weight = exp(nodes[index].weight - top) }
        let mass = nodes.reduce(0) { $0 + $1.weight }
        let shrinkage = try #require(FullBayesShrinkage(townships))
        #expect(agree(shrinkage.mu, nodes.reduce(0) { $0 + $1.weight * $1.mu } / mass, absolute: 1e-6))
        #expect(agree(shrinkage.rho, nodes.reduce(0) { $0 + $1.weight * $1.rho } / mass, absolute: 1e-6))
        for (township, rate) in zip(townships, shrinkage.townships).prefix(5) {
            func below(_ p: Double) -> Double {
                nodes.reduce(0) { sum, node in
                    guard node.weight > 1e-12 else { return sum }
                    let cdf = SpecialFunctions.betaCDF(
                        p, a: node.a + Double(township.x), b: node.b + Double(township.n - township.x))
                    return sum + node.weight * (cdf ?? .nan)
                } / mass
            }
            #expect(agree(below(rate.interval.lower), 0.025, absolute: posterior.tolerance))
            #expect(agree(below(rate.interval.upper), 0.975, absolute: posterior.tolerance))
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
