internal import Foundation

/// The beta-binomial likelihood of townships' counts, in μ and ρ = 1/(α + β + 1) (SPEC §1.6–1.8).
///
/// log L = Σ over townships of Σ_{j<x} log(μ(1−ρ) + jρ) + Σ_{j<n−x} log((1−μ)(1−ρ) + jρ)
/// − Σ_{j<n} log(1 − ρ + jρ). Written so, nothing cancels at any ρ, 0 included. Every township adds the
/// same terms, so that they are counted once for all; beyond the first few, ten nodes stand for each octave
/// of j to full precision. An evaluation costs the same for twelve townships and for 40,000.
struct BetaBinomialLikelihood {
    /// Where the likelihood is evaluated. Complements are given, since 1 − ρ may be tiny.
    struct Point {
        let mu, nu, rho, sigma: Double

        /// From logit μ and logit ρ.
        init(u: Double, v: Double) {
            (mu, nu) = (1 / (1 + exp(-u)), 1 / (1 + exp(u)))
            (rho, sigma) = (1 / (1 + exp(-v)), 1 / (1 + exp(v)))
        }

        init(mu: Double, rho: Double) {
            (self.mu, nu, self.rho, sigma) = (mu, 1 - mu, rho, 1 - rho)
        }

        var alpha: Double { mu * sigma / rho }
        var beta: Double { nu * sigma / rho }
    }

    /// Townships with anyone to count.
    let townships: [Proportion]
    let pooled: Proportion
    private let hits, misses, all: RisingTerms
    /// What L leaves out: Σ log of n over x.
    let logBinomials: Double

    init(_ townships: [Proportion]) {
        let counted = townships.filter { $0.n > 0 }
        self.townships = counted
        pooled = Proportion(sumOf: counted)
        hits = RisingTerms(counted.map(\.x))
        misses = RisingTerms(counted.map { $0.n - $0.x })
        all = RisingTerms(counted.map(\.n))
        logBinomials = counted.reduce(0) { $0 + Self.logBinomial($1) }
    }

    /// Without the binomial coefficients.
    func logLikelihood(_ at: Point) -> Double {
        hits.sum(from: at.mu * at.sigma, step: at.rho) + misses.sum(from: at.nu * at.sigma, step: at.rho)
            - all.sum(from: at.sigma, step: at.rho)
    }

    /// The part that is the same for every μ.
    func commonTerm(rho: Double, sigma: Double) -> Double { all.sum(from: sigma, step: rho) }

    /// The rest: `logLikelihood` is this minus `commonTerm`.
    func ownTerms(_ at: Point) -> Double {
        hits.sum(from: at.mu * at.sigma, step: at.rho) + misses.sum(from: at.nu * at.sigma, step: at.rho)
    }

    /// First and second derivatives by μ and ρ.
    func derivatives(_ at: Point) -> Derivatives {
        var d = Derivatives()
        hits.add(
            to: &d, from: at.mu * at.sigma, step: at.rho, byMu: at.sigma, offset: at.mu, cross: -1, sign: 1)
        misses.add(
            to: &d, from: at.nu * at.sigma, step: at.rho, byMu: -at.sigma, offset: at.nu, cross: 1, sign: 1)
        all.add(to: &d, from: at.sigma, step: at.rho, byMu: 0, offset: 1, cross: 0, sign: -1)
        return d
    }

    struct Derivatives {
        var mu = 0.0
        var rho = 0.0
        var muMu = 0.0
        var muRho = 0.0
        var rhoRho = 0.0
    }

    /// log C(n, x).
    private static func logBinomial(_ p: Proportion) -> Double {
        guard p.x > 0, p.x < p.n else { return 0 }
        let logGamma = SpecialFunctions.logGamma
        return (logGamma(Double(p.n) + 1) ?? .nan) - (logGamma(Double(p.x) + 1) ?? .nan)
            - (logGamma(Double(p.n - p.x) + 1) ?? .nan)
    }
}

/// Σ over townships of Σ_{j<size} f(j), as few nodes.
private struct RisingTerms {
    /// Below this, one node for each j.
    private static let dense = 32
    private static let perOctave = 10
    /// From here on a run of equal counts is an integral; the error is below 1e-13.
    private static let integrated = 1 << 20

    private let points, weights: [Double]

    init(_ sizes: [Int]) {
        let sorted = sizes.sorted()
        var nodes: [GaussQuadrature.Node] = []
        var start = 0
        while start < sorted.last ?? 0 {
            let end = start == 0 ? Self.dense : 2 * start
            let measure = Self.measure(sorted, from: start, to: end)
            nodes += start == 0 ? measure : GaussQuadrature.compressed(measure, to: Self.perOctave)
            start = end
        }
        points = nodes.map(\.point)
        weights = nodes.map(\.weight)
    }

    /// How many townships have a size above j, for each j in the range.
    private static func measure(_ sorted: [Int], from: Int, to end: Int) -> [GaussQuadrature.Node] {
        var nodes: [GaussQuadrature.Node] = []
        var (position, low) = (from, 0)
        // First township whose size is above `from`.
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] > from { high = middle } else { low = middle + 1 }
        }
        let rule = from >= integrated ? GaussQuadrature.legendre(count: 16) : []
        while position < end, low < sorted.count {
            let stop = min(end, sorted[low])
            let count = Double(sorted.count - low)
            if from >= integrated {
                let half = Double(stop - position) / 2
                let middle = Double(position) - 0.5 + half
                nodes += rule.map {
                    GaussQuadrature.Node(point: middle + half * $0.point, weight: count * half * $0.weight)
                }
            } else {
                nodes += (position..<stop).map { GaussQuadrature.Node(point: Double($0), weight: count) }
            }
            position = stop
            while low < sorted.count, sorted[low] <= position { low += 1 }
        }
        return nodes
    }

    /// Σ weight · log(first + j · step).
    func sum(from first: Double, step: Double) -> Double {
        var sum = 0.0
        for i in points.indices { sum += weights[i] * log(first + points[i] * step) }
        return sum
    }

    /// Adds sign · the derivatives of `sum`. With t = first + jρ: ∂t/∂μ is `byMu`, ∂t/∂ρ is j − `offset`,
    /// ∂²t/∂μ∂ρ is `cross`.
    func add(
        to d: inout BetaBinomialLikelihood.Derivatives, from first: Double, step: Double, byMu: Double,
        offset: Double, cross: Double, sign: Double
    ) {
        for i in points.indices {
            let inverse = 1 / (first + points[i] * step)
            let weight = sign * weights[i] * inverse
            let byRho = points[i] - offset
            d.mu += weight * byMu
            d.rho += weight * byRho
            d.muMu -= weight * inverse * byMu * byMu
            d.muRho += weight * (cross - inverse * byMu * byRho)
            d.rhoRho -= weight * inverse * byRho * byRho
        }
    }
}
