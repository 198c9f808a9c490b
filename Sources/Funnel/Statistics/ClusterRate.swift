/// The pooled rate of one arm whose townships are the units of inference (SPEC §1.10).
///
/// Firms of one township resemble each other, so what varies is the township.
public struct ClusterRate: Hashable, Sendable {
    /// Townships with anyone in the denominator, in the order given.
    public let townships: [Proportion]
    /// The townships together: never empty.
    public let pooled: Proportion
    public let rate: Double

    /// nil where nobody is in the denominator.
    public init?(_ townships: [Proportion]) {
        let townships = townships.filter { $0.n > 0 }
        let pooled = Proportion(sumOf: townships)
        guard let rate = pooled.rate else { return nil }
        self.townships = townships
        self.pooled = pooled
        self.rate = rate
        sums = Sums(townships, pooled: pooled)
    }

    /// What the variances are made of, in one pass: the nation has 40,000 townships.
    private struct Sums: Hashable {
        /// Σ (x − n p)², and the same with each divided by 1 − n/N.
        var squares = 0.0
        var adjusted = 0.0
        /// Σ n², Σ n²/(1 − n/N) and Σ over two townships of its products: the square of the sum less the sum of squares
        /// would cancel where one township has nearly everyone.
        var sizes = 0.0
        var products = 0.0
        var pairs = 0.0

        init(_ townships: [Proportion], pooled: Proportion) {
            let total = Double(pooled.n)
            for township in townships {
                let n = Double(township.n)
                let residual = township.excess(over: pooled)
                // A single township has all of it, and no CR2.
                let leverage = n < total ? total / (total - n) : 0
                let product = n * n * leverage
                squares += residual * residual
                adjusted += residual * residual * leverage
                sizes += n * n
                pairs += 2 * products * product
                products += product
            }
        }
    }

    private let sums: Sums

    /// Liang & Zeger's variance (CR0).
    var varianceCR0: Double { sums.squares / squaredSize }

    /// Bell & McCaffrey's variance (CR2); nil for a single township, which leaves nothing to compare.
    var varianceCR2: Double? { townships.count > 1 ? sums.adjusted / squaredSize : nil }

    /// Trace of P and of P² of Satterthwaite's approximation, P over this arm's townships, of which there
    /// are two or more.
    ///
    /// P's elements are (n_g [g = h] − n_g n_h/N) / (N² √((1 − n_g/N)(1 − n_h/N))). Off the diagonal their
    /// squares factor, so that all of them take one pass; on it the shares cancel and the trace is 1/N.
    var satterthwaiteTraces: (first: Double, second: Double) {
        (
            1 / Double(pooled.n),
            (sums.sizes + sums.pairs / squaredSize) / (squaredSize * squaredSize)
        )
    }

    /// The CR2 interval of the rate alone, cut to [0, 1]; nil for a single township or where every
    /// township has the same rate and nothing is left to vary.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
        guard let variance = varianceCR2, variance > 0 else { return nil }
        let traces = satterthwaiteTraces
        let df = traces.first * traces.first / traces.second
        guard let t = SpecialFunctions.studentReach(confidence, df: df) else { return nil }
        let half = t * variance.squareRoot()
        return ConfidenceInterval(lower: max(0, rate - half), upper: min(1, rate + half))
    }

    private var squaredSize: Double { Double(pooled.n) * Double(pooled.n) }
}
