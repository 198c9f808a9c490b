internal import CBoostMath
internal import Foundation

/// A mixture of beta distributions that townships' counts are added to: Beta(αₖ + x, βₖ + n − x) with
/// weights wₖ (SPEC §1.8).
struct BetaMixture: Sendable {
    /// Side by side rather than as nodes: the inner loop runs over them some ten thousand times.
    private let alphas, betas, weights: [Double]

    init(_ nodes: [HyperparameterGrid.Node]) {
        alphas = nodes.map(\.alpha)
        betas = nodes.map(\.beta)
        weights = nodes.map(\.weight)
    }

    /// P(rate ≤ `rate`).
    func distribution(of township: Proportion, at rate: Double) -> Double {
        boost_beta_mixture_cdf(
            alphas, betas, weights, alphas.count, Double(township.x), Double(township.n - township.x), rate)
    }

    /// The node that a share in (0, 1) of the weights reaches.
    func node(at share: Double) -> (alpha: Double, beta: Double) {
        var sum = 0.0
        for index in weights.indices {
            sum += weights[index]
            if sum >= share { return (alphas[index], betas[index]) }
        }
        return (alphas.last ?? 1, betas.last ?? 1)
    }

    func rate(of township: Proportion, confidence: Double) -> ShrunkenRate {
        let moments = moments(of: township)
        func quantile(_ p: Double) -> Double {
            self.quantile(p, of: township, mean: moments.mean, variance: moments.variance)
        }
        return ShrunkenRate(
            mean: moments.mean,
            interval: ConfidenceInterval(
                lower: quantile((1 - confidence) / 2), upper: quantile(0.5 + confidence / 2)))
    }

    func moments(of township: Proportion) -> (mean: Double, variance: Double) {
        let (x, y) = (Double(township.x), Double(township.n - township.x))
        var (first, within, square) = (0.0, 0.0, 0.0)
        for k in weights.indices {
            let (a, b) = (alphas[k] + x, betas[k] + y)
            let mean = a / (a + b)
            first += weights[k] * mean
            square += weights[k] * mean * mean
            within += weights[k] * mean * (b / (a + b)) / (a + b + 1)
        }
        return (first, within + max(0, square - first * first))
    }

    /// Newton's steps on the logit with the density of the beta distribution of equal mean and variance, then
    /// secants; halving where a step leaves the bracket.
    private func quantile(_ p: Double, of township: Proportion, mean: Double, variance: Double) -> Double {
        let size = mean * (1 - mean) / variance - 1
        let (a, b) = (mean * size, (1 - mean) * size)
        var (low, high) = (0.0, 1.0)
        var rate = SpecialFunctions.betaQuantile(p, a: a, b: b) ?? mean
        var slope = Self.logitDensity(rate, a: a, b: b)
        var last: (logit: Double, value: Double)?
        for _ in 0..<200 {
            if !(rate > low && rate < high) { rate = (low + high) / 2 }
            let value = distribution(of: township, at: rate) - p
            if abs(value) < Self.precision || high - low < Self.narrowest { break }
            if value > 0 { high = rate } else { low = rate }
            let logit = log(rate / (1 - rate))
            if let last, logit != last.logit { slope = (value - last.value) / (logit - last.logit) }
            last = (logit, value)
            rate = slope > 0 ? 1 / (1 + exp(value / slope - logit)) : .nan
        }
        return rate
    }

    private static let precision = 1e-10
    private static let narrowest = 1e-14

    /// The density of logit(rate).
    private static func logitDensity(_ rate: Double, a: Double, b: Double) -> Double {
        guard rate > 0, rate < 1, let all = SpecialFunctions.logGamma(a + b),
            let one = SpecialFunctions.logGamma(a), let other = SpecialFunctions.logGamma(b)
        else { return .nan }
        return exp(all - one - other + a * log(rate) + b * log(1 - rate))
    }
}
