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
        let pooled = Proportion(
            x: townships.reduce(0) { $0 + $1.x }, n: townships.reduce(0) { $0 + $1.n })
        guard let rate = pooled.rate else { return nil }
        self.townships = townships
        self.pooled = pooled
        self.rate = rate
    }

    /// Liang & Zeger's variance (CR0).
    var varianceCR0: Double {
        townships.reduce(0) { $0 + squaredResidual($1) } / squaredSize
    }

    /// Bell & McCaffrey's variance (CR2); nil for a single township, which leaves nothing to compare.
    var varianceCR2: Double? {
        guard townships.count > 1 else { return nil }
        return townships.reduce(0) { $0 + squaredResidual($1) / (1 - share($1)) } / squaredSize
    }

    /// Trace of P and of P² of Satterthwaite's approximation, P over this arm's townships.
    ///
    /// P's elements are (n_g [g = h] − n_g n_h/N) / (N² √((1 − n_g/N)(1 − n_h/N))). Off the diagonal their squares
    /// factor, so that all of them take one pass; on it the shares cancel and the trace is 1/N.
    var satterthwaiteTraces: (first: Double, second: Double) {
        let total = Double(pooled.n)
        var (diagonal, products, squares) = (0.0, 0.0, 0.0)
        for township in townships {
            let n = Double(township.n)
            let product = n * n / (1 - share(township))
            diagonal += n * n
            products += product
            squares += product * product
        }
        // A single township has share 1, and no CR2.
        let offDiagonal = max(0, products * products - squares) / (total * total)
        return (1 / total, (diagonal + offDiagonal) / (squaredSize * squaredSize))
    }

    /// The CR2 interval of the rate alone, cut to [0, 1]; nil for a single township or where every
    /// township has the same rate and nothing is left to vary.
    public func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
        guard let variance = varianceCR2, variance > 0 else { return nil }
        let traces = satterthwaiteTraces
        let df = traces.first * traces.first / traces.second
        guard let t = SpecialFunctions.studentQuantile(0.5 + confidence / 2, df: df) else { return nil }
        let half = t * variance.squareRoot()
        return ConfidenceInterval(lower: max(0, rate - half), upper: min(1, rate + half))
    }

    private var squaredSize: Double { Double(pooled.n) * Double(pooled.n) }

    private func share(_ township: Proportion) -> Double { Double(township.n) / Double(pooled.n) }

    private func squaredResidual(_ township: Proportion) -> Double {
        let residual = Double(township.x) - Double(township.n) * rate
        return residual * residual
    }
}
