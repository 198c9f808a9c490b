import Foundation
import Funnel
import Outreach
import Testing

@Suite struct BetaBinomialTests {
    /// The likelihood by its textbook form, which is good enough for moderate α and β.
    private func logLikelihood(_ townships: [Proportion], mu: Double, rho: Double) -> Double {
        let (a, b) = (mu * (1 - rho) / rho, (1 - mu) * (1 - rho) / rho)
        func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a) + lgamma(b) - lgamma(a + b) }
        return townships.filter { $0.n > 0 }.reduce(0) { sum, township in
            let (x, y) = (Double(township.x), Double(township.n - township.x))
            return sum - log(x + y + 1) - logBeta(x + 1, y + 1) + logBeta(a + x, b + y) - logBeta(a, b)
        }
    }

    private static func townships(_ seed: UInt64) -> [Proportion] {
        var random = SplitMix64(seed: seed)
        let largest = [3, 40, 900, 60_000][random.below(4)]
        return (0..<(3 + random.below(30))).map { _ in
            let n = random.below(largest + 1)
            let share = [0.02, 0.15, 0.6][random.below(3)]
            return Proportion(x: min(n, Int(share * Double(n)) + random.below(n / 5 + 1)), n: n)
        }
    }

    @Test("the most likely fit is a maximum of the likelihood", arguments: 0..<40 as Range<UInt64>)
    func maximum(_ seed: UInt64) throws {
        let townships = Self.townships(seed)
        let fit = BetaBinomialFit(mostLikely: townships)
        guard fit.standing == .interior, let mu = fit.mu, let height = fit.logLikelihood else { return }
        #expect(agree(height, logLikelihood(townships, mu: mu, rho: fit.rho), absolute: 1e-6))
        for (m, r) in [(1.002, 1.0), (0.998, 1), (1, 1.01), (1, 0.99), (1.001, 1.01), (0.999, 0.99)] {
            #expect(logLikelihood(townships, mu: mu * m, rho: fit.rho * r) < height + 1e-7)
        }
    }

    @Test("counts on which other programs stop", arguments: [300_000, 3_000_000]) func unequal(_ n: Int)
        throws
    {
        let townships = [Proportion(x: 0, n: n), Proportion(x: 1, n: 2)]
        let fit = BetaBinomialFit(mostLikely: townships)
        let mu = try #require(fit.mu)
        #expect(fit.standing == .interior)
        #expect(mu > 0 && mu < 1 && fit.rho > 0 && fit.rho < 1)
        let rate = ShrunkenRate(townships[1], mu: mu, rho: fit.rho)
        #expect(rate.interval.lower <= rate.mean && rate.mean <= rate.interval.upper)
    }

    @Test("all or none in each township: ρ is capped") func capped() throws {
        let townships = [(4, 4), (0, 5), (0, 3), (6, 6), (0, 2)].map { Proportion(x: $0, n: $1) }
        let fit = BetaBinomialFit(mostLikely: townships)
        #expect(fit.standing == .capped && fit.rho == BetaBinomialFit.cap)
        let mu = try #require(fit.mu)
        let height = try #require(fit.logLikelihood)
        for other in [mu - 0.01, mu + 0.01] {
            #expect(logLikelihood(townships, mu: other, rho: 0.99) < height)
        }
    }

    @Test("what cannot be told is said, and everyone gets the pooled rate") func notIdentifiable() {
        func fit(_ pairs: [(Int, Int)]) -> BetaBinomialFit {
            BetaBinomialFit(mostLikely: pairs.map { Proportion(x: $0, n: $1) })
        }
        #expect(fit([]).mu == nil)
        #expect(fit([(0, 0)]).standing == .notIdentifiable)
        #expect(fit([(2, 9), (0, 0)]).standing == .notIdentifiable)
        #expect(fit([(1, 1), (0, 1)]).standing == .notIdentifiable)
        #expect(fit([(0, 4), (0, 9)]).standing == .allAlike)
        #expect(fit([(4, 4), (9, 9)]).mu == 1)
        #expect(fit([(2, 10), (2, 10)]).standing == .noVariation)
    }

    @Test("moments tell why they cannot") func moments() {
        func moments(_ pairs: [(Int, Int)]) -> BetaBinomialMoments {
            BetaBinomialMoments(pairs.map { Proportion(x: $0, n: $1) })
        }
        #expect(moments([]).obstacle == .fewerThanTwoTownships)
        #expect(moments([(3, 5), (0, 0)]).obstacle == .fewerThanTwoTownships)
        #expect(moments([(0, 5), (0, 2)]).obstacle == .everyoneOrNobody)
        #expect(moments([(1, 1), (0, 1)]).obstacle == .oneUnitInEach)
        // As unlike as can be: beyond 1, and cut for use.
        let apart = moments([(0, 5), (5, 5)])
        #expect((apart.rho ?? 0) > 1 && apart.usedRho == BetaBinomialFit.cap)
    }

    @Test("the order of townships does not matter, and townships of nobody add nothing") func order() {
        let townships = Self.townships(3)
        let fit = BetaBinomialFit(mostLikely: townships)
        let other = BetaBinomialFit(mostLikely: townships.reversed() + [Proportion(x: 0, n: 0)])
        #expect(agree(fit.rho, other.rho, relative: 1e-9))
        #expect(agree(fit.mu, other.mu, relative: 1e-9))
    }
}
