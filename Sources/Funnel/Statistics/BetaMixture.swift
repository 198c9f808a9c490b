internal import CBoostMath
internal import Foundation

/// A mixture of beta distributions that townships' counts are added to: Beta(αₖ + x, βₖ + n − x) with
/// weights wₖ (SPEC §1.8), in parts each of which is as good as one beta distribution of equal mean and variance.
struct BetaMixture: Sendable {
    private let parts: [[HyperparameterGrid.Node]]

    init(_ parts: [[HyperparameterGrid.Node]]) { self.parts = parts }

    /// What is believed of one township.
    struct Posterior {
        /// Side by side rather than as parts: the inner loop runs over them some ten thousand times.
        fileprivate let alphas, betas, weights: [Double]
        let mean, variance: Double

        enum Side { case below, above }

        /// The probability that the true rate lies below or above one; small ones keep their digits.
        func share(_ side: Side, _ rate: Double) -> Double {
            switch side {
            case .below: boost_beta_mixture_cdf(alphas, betas, weights, alphas.count, rate)
            case .above: boost_beta_mixture_tail(alphas, betas, weights, alphas.count, rate)
            }
        }
    }

    func posterior(of township: Proportion) -> Posterior {
        let (x, y) = (Double(township.x), Double(township.n - township.x))
        var (alphas, betas, weights): ([Double], [Double], [Double]) = ([], [], [])
        var moments: [(weight: Double, mean: Double, variance: Double)] = []
        for part in parts {
            let own = Self.moments(
                part.map { node in
                    let (a, b) = (node.alpha + x, node.beta + y)
                    let mean = a / (a + b)
                    return (node.weight, mean, mean * (b / (a + b)) / (a + b + 1))
                })
            moments.append(own)
            let size = own.mean * (1 - own.mean) / own.variance - 1
            if part.count > 1, size > 0, size < .infinity {
                alphas.append(own.mean * size)
                betas.append((1 - own.mean) * size)
                weights.append(own.weight)
            } else {
                // As they are: one, or such that a rate of equal moments would be 0 or 1 to all digits.
                alphas += part.map { $0.alpha + x }
                betas += part.map { $0.beta + y }
                weights += part.map(\.weight)
            }
        }
        let whole = Self.moments(moments)
        return Posterior(
            alphas: alphas, betas: betas, weights: weights, mean: whole.mean, variance: whole.variance)
    }

    private static func moments(
        _ parts: [(weight: Double, mean: Double, variance: Double)]
    ) -> (weight: Double, mean: Double, variance: Double) {
        let weight = parts.reduce(0) { $0 + $1.weight }
        let mean = parts.reduce(0) { $0 + $1.weight * $1.mean } / weight
        let variance = parts.reduce(0) { sum, part in
            sum + part.weight * (part.variance + (part.mean - mean) * (part.mean - mean))
        }
        return (weight, mean, variance / weight)
    }

    func rate(of township: Proportion, confidence: Double) -> ShrunkenRate {
        let posterior = posterior(of: township)
        return ShrunkenRate(
            mean: posterior.mean,
            interval: ConfidenceInterval(
                lower: posterior.rate(with: (1 - confidence) / 2, .below),
                upper: posterior.rate(with: (1 - confidence) / 2, .above)))
    }
}

extension BetaMixture.Posterior {
    /// The rate with a probability below or above it. The probability's logarithm is nearly straight in the rate's
    /// logit, far out too: Newton's step with the density of the beta distribution of equal mean and variance, then
    /// secants; halving where a step leaves the bracket.
    fileprivate func rate(with tail: Double, _ side: Side) -> Double {
        let size = mean * (1 - mean) / variance - 1
        let (a, b) = (mean * size, (1 - mean) * size)
        let sign: Double = side == .below ? 1 : -1
        var (low, high) = (0.0, 1.0)
        var rate = Self.betaRate(with: tail, side, a: a, b: b) ?? mean
        var slope = Self.logitDensity(rate, a: a, b: b) / tail
        var last: (logit: Double, value: Double)?
        for _ in 0..<200 {
            if !(rate > low && rate < high) { rate = (low + high) / 2 }
            let value = sign * log(share(side, rate) / tail)
            if abs(value) < Self.precision || high - low < Self.narrowest { break }
            if value > 0 { high = rate } else { low = rate }
            let logit = log(rate / (1 - rate))
            if let last, logit != last.logit { slope = (value - last.value) / (logit - last.logit) }
            last = value.isFinite ? (logit, value) : nil
            rate = slope > 0 ? 1 / (1 + exp(value / slope - logit)) : .nan
        }
        return rate
    }

    private static let precision = 1e-9
    private static let narrowest = 1e-14

    private static func betaRate(with tail: Double, _ side: Side, a: Double, b: Double) -> Double? {
        switch side {
        case .below: SpecialFunctions.betaQuantile(tail, a: a, b: b)
        case .above: SpecialFunctions.betaQuantile(above: tail, a: a, b: b)
        }
    }

    /// The density of logit(rate).
    private static func logitDensity(_ rate: Double, a: Double, b: Double) -> Double {
        guard rate > 0, rate < 1, let all = SpecialFunctions.logGamma(a + b),
            let one = SpecialFunctions.logGamma(a), let other = SpecialFunctions.logGamma(b)
        else { return .nan }
        return exp(all - one - other + a * log(rate) + b * log(1 - rate))
    }
}
