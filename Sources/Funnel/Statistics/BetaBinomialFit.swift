internal import Foundation

/// Mean μ and intra-class correlation ρ of the townships' true rates, taken as beta distributed:
/// ρ = 1/(α + β + 1) (SPEC §1.6 and §1.7). Townships without anyone to count do not enter.
public struct BetaBinomialFit: Hashable, Sendable {
    public enum Standing: Hashable, Sendable {
        case interior
        /// No variation between townships beyond chance: every one gets the pooled rate.
        case noVariation
        /// Fewer than two townships, or one unit in each.
        case notIdentifiable
        /// Everyone is counted, or nobody.
        case allAlike
        /// Within every township all are counted or none, and the likelihood rises up to ρ = 1.
        case capped
    }

    /// No ρ above this is used.
    public static let cap = 0.99

    /// nil where nobody is counted.
    public let mu: Double?
    /// Between 0 and the cap.
    public let rho: Double
    public let standing: Standing
    /// With its binomial coefficients; nil where ρ cannot be told.
    public let logLikelihood: Double?

    /// The most likely μ and ρ (Griffiths 1973, Biometrics 29:637).
    public init(mostLikely townships: [Proportion]) {
        let likelihood = BetaBinomialLikelihood(townships)
        guard let p = likelihood.pooled.rate, likelihood.townships.count > 1,
            likelihood.townships.contains(where: { $0.n > 1 })
        else {
            self.init(mu: likelihood.pooled.rate, rho: 0, .notIdentifiable, nil)
            return
        }
        guard p > 0, p < 1 else {
            self.init(mu: p, rho: 0, .allAlike, nil)
            return
        }
        let without = likelihood.logLikelihood(.init(mu: p, rho: 0))
        let found = [0.3, 0.05, 0.01, 0.002, 0.0003]
            .map { Ascent(likelihood, u: Self.logit(p), v: Self.logit($0)) }
            .max { $0.height < $1.height }
        guard let found, found.height > without + 1e-10 else {
            self.init(mu: p, rho: 0, .noVariation, without + likelihood.logBinomials)
            return
        }
        guard found.point.rho <= Self.cap || !likelihood.townships.allSatisfy({ $0.x == 0 || $0.x == $0.n })
        else {
            let capped = Ascent(likelihood, u: found.u, v: Self.logit(Self.cap), holdsRho: true)
            self.init(
                mu: capped.point.mu, rho: Self.cap, .capped, capped.height + likelihood.logBinomials)
            return
        }
        self.init(
            mu: found.point.mu, rho: found.point.rho, .interior, found.height + likelihood.logBinomials)
    }

    private init(mu: Double?, rho: Double, _ standing: Standing, _ logLikelihood: Double?) {
        (self.mu, self.rho, self.standing, self.logLikelihood) = (mu, rho, standing, logLikelihood)
    }

    private static func logit(_ p: Double) -> Double { log(p / (1 - p)) }

    /// Tarone's Z of variation between townships (1979, Biometrika 66:585): standard normal without any.
    /// nil where it cannot be told.
    public static func taroneZ(_ townships: [Proportion]) -> Double? {
        let pooled = Proportion(sumOf: townships)
        guard let p = pooled.rate, p > 0, p < 1 else { return nil }
        var (squares, pairs) = (0.0, 0.0)
        for township in townships {
            let n = Double(township.n)
            squares += (Double(township.x) - n * p) * (Double(township.x) - n * p)
            pairs += n * (n - 1)
        }
        guard pairs > 0 else { return nil }
        return (squares / (p * (1 - p)) - Double(pooled.n)) / (2 * pairs).squareRoot()
    }
}

/// A climb to a maximum of the likelihood over logit μ and logit ρ by Newton's steps, shortened where they
/// would not rise.
private struct Ascent {
    private(set) var u, v: Double
    private(set) var height: Double

    var point: BetaBinomialLikelihood.Point { .init(u: u, v: v) }

    init(_ likelihood: BetaBinomialLikelihood, u: Double, v: Double, holdsRho: Bool = false) {
        (self.u, self.v) = (u, v)
        height = likelihood.logLikelihood(.init(u: u, v: v))
        for _ in 0..<200 {
            var step = step(likelihood)
            if holdsRho { step.v = 0 }
            let longest = max(abs(step.u), abs(step.v))
            guard longest > 1e-14, longest.isFinite else { return }
            var share = min(1, 2 / longest)
            var rose = false
            // A full Newton step near the top may fall by rounding alone.
            let slack = 1e-14 * abs(height)
            for _ in 0..<50 where !rose {
                let (nextU, nextV) = (self.u + share * step.u, self.v + share * step.v)
                let next = likelihood.logLikelihood(.init(u: nextU, v: nextV))
                if next >= height - (longest < 1e-6 ? slack : 0), abs(nextV) < 40, abs(nextU) < 700 {
                    (self.u, self.v, height) = (nextU, nextV, max(next, height))
                    rose = true
                } else {
                    share /= 2
                }
            }
            guard rose else { return }
        }
    }

    /// Newton's step where the surface is concave, else up the slope.
    private func step(_ likelihood: BetaBinomialLikelihood) -> (u: Double, v: Double) {
        let at = point
        let d = likelihood.derivatives(at)
        let (byU, byV) = (at.mu * at.nu, at.rho * at.sigma)
        let (slopeU, slopeV) = (d.mu * byU, d.rho * byV)
        let uu = d.muMu * byU * byU + d.mu * byU * (at.nu - at.mu)
        let vv = d.rhoRho * byV * byV + d.rho * byV * (at.sigma - at.rho)
        let uv = d.muRho * byU * byV
        let determinant = uu * vv - uv * uv
        if uu < 0, determinant > 0 {
            return ((uv * slopeV - vv * slopeU) / determinant, (uv * slopeU - uu * slopeV) / determinant)
        }
        return (slopeU / max(abs(uu), 1e-8), slopeV / max(abs(vv), 1e-8))
    }
}
