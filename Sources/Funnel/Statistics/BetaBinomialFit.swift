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
        // The likelihood may have several tops, one of them at ρ = 0.
        let found = Self.starts(likelihood.townships, pooled: p)
            .flatMap { mu in
                [0.9, 0.3, 0.05, 0.01, 0.002, 0.0003].map {
                    Ascent(likelihood, u: Self.logit(mu), v: Self.logit($0))
                }
            }
            .max { $0.height < $1.height }
        // Of very many units the sums themselves are not known to 1e-10.
        let least = max(1e-10, 8 * abs(without).ulp)
        guard let found, found.height > without + least else {
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

    /// The pooled rate, which large townships decide, and the mean rate, which all do.
    private static func starts(_ townships: [Proportion], pooled: Double) -> [Double] {
        let mean = townships.compactMap(\.rate).reduce(0, +) / Double(townships.count)
        return [pooled, (pooled + mean) / 2, mean].filter { $0 > 0 && $0 < 1 }
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
            let excess = township.excess(over: pooled)
            squares += excess * excess
            pairs += n * (n - 1)
        }
        guard pairs > 0 else { return nil }
        return (squares / (p * (1 - p)) - Double(pooled.n)) / (2 * pairs).squareRoot()
    }
}

/// A climb to a maximum of the likelihood over logit μ and logit ρ.
private struct Ascent {
    private(set) var u, v: Double
    private(set) var height: Double
    private let holdsRho: Bool

    var point: BetaBinomialLikelihood.Point { .init(u: u, v: v) }

    /// Beyond these ρ is 0 or 1 to all digits.
    private static let farthest = 40.0

    init(_ likelihood: BetaBinomialLikelihood, u: Double, v: Double, holdsRho: Bool = false) {
        (self.u, self.v, self.holdsRho) = (u, v, holdsRho)
        height = likelihood.logLikelihood(.init(u: u, v: v))
        climb(likelihood)
        polish(likelihood)
        height = likelihood.logLikelihood(point)
    }

    /// Steps of at most 1, shortened where they would not rise.
    private mutating func climb(_ likelihood: BetaBinomialLikelihood) {
        for _ in 0..<200 {
            let step = step(likelihood)
            let longest = max(abs(step.u), abs(step.v))
            guard longest > 1e-6, longest.isFinite else { return }
            var share = min(1, 1 / longest)
            while true {
                let (nextU, nextV) = (u + share * step.u, v + share * step.v)
                let next = likelihood.logLikelihood(.init(u: nextU, v: nextV))
                if next > height, abs(nextV) < Self.farthest {
                    (u, v, height) = (nextU, nextV, next)
                    break
                }
                share /= 2
                guard share * longest > 1e-9 else { return }
            }
        }
    }

    /// Newton's steps as long as they get shorter: near the top the height is the same to all digits.
    private mutating func polish(_ likelihood: BetaBinomialLikelihood) {
        var last = 1e-3
        for _ in 0..<30 {
            let step = step(likelihood)
            let longest = max(abs(step.u), abs(step.v))
            guard longest < last else { return }
            (u, v, last) = (u + step.u, v + step.v, longest)
        }
    }

    /// Newton's step, along the axes of the surface, and upwards where it is not concave.
    private func step(_ likelihood: BetaBinomialLikelihood) -> (u: Double, v: Double) {
        let at = point
        let d = likelihood.derivatives(at)
        let (byU, byV) = (at.mu * at.nu, at.rho * at.sigma)
        let (slopeU, slopeV) = (d.mu * byU, d.rho * byV)
        var curvature = SymmetricMatrix(size: 2)
        curvature[0, 0] = d.muMu * byU * byU + d.mu * byU * (at.nu - at.mu)
        if holdsRho { return (slopeU / max(abs(curvature[0, 0]), 1e-12), 0) }
        curvature[1, 1] = d.rhoRho * byV * byV + d.rho * byV * (at.sigma - at.rho)
        curvature[1, 0] = d.muRho * byU * byV
        let step = curvature.mapped { 1 / max(abs($0), 1e-12) }.times([slopeU, slopeV])
        return (step[0], step[1])
    }
}
