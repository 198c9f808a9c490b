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
    var satterthwaiteTraces: (first: Double, second: Double) {
        var traces = (first: 0.0, second: 0.0)
        for (g, one) in townships.enumerated() {
            for (h, other) in townships.enumerated() {
                let size = g == h ? Double(one.n) : 0
                let element =
                    (size - Double(one.n) * share(other))
                    / (squaredSize * ((1 - share(one)) * (1 - share(other))).squareRoot())
                if g == h { traces.first += element }
                traces.second += element * element
            }
        }
        return traces
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
