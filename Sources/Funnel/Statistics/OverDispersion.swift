internal import Foundation

/// How much more townships vary around a target than chance alone would have them (SPEC §1.5).
///
/// Spiegelhalter's winsorised φ (2005, Quality and Safety in Health Care 14:347) is biased, since
/// winsorising takes variance out; `correction`, its expectation under chance, is ours.
public struct OverDispersion: Hashable, Sendable {
    public struct Factor: Hashable, Sendable {
        /// Standardised distances from the target, of townships with anyone to count, in their order.
        public let z: [Double]
        /// The ends at which `z` is winsorised: its type 7 quantiles at q and 1 − q.
        public let winsorisedAt: ConfidenceInterval
        public let raw: Double
        /// The paper's φ.
        public let winsorised: Double
        /// What a winsorised squared standard normal comes to.
        public let correction: Double
        /// `winsorised` ÷ `correction`.
        public let corrected: Double
        /// Beyond 1 + 2√(2/I), which chance alone passes in about one plot of twenty.
        public let isPresent: Bool

        /// What limits are widened by: 1 where no over-dispersion is present.
        public var used: Double { isPresent ? corrected : 1 }
    }

    /// Townships with anyone to count, in their order.
    public let townships: [Proportion]
    /// nil where nobody is counted and no target is stated.
    public let target: Double?
    /// nil where the target is 0 or 1 or nobody is counted: nothing can be standardised.
    public let factor: Factor?

    /// The target is the pooled rate unless stated. `q` is the share winsorised at each end, in [0, ½).
    public init(_ townships: [Proportion], target: Double? = nil, q: Double = 0.1) {
        precondition(q >= 0 && q < 0.5, "less than half is winsorised at each end")
        let counted = townships.filter { $0.n > 0 }
        self.townships = counted
        self.target = target ?? Proportion(sumOf: counted).rate
        factor = Factor(counted, target: target, q: q)
    }

    /// Normal limits widened by √φ, within [0, 1], one pair a township; nil without a target.
    /// - Parameter tail: what lies outside at each end: .025 or .001.
    public func limits(tail: Double) -> [ConfidenceInterval]? {
        guard let target, let z = SpecialFunctions.normalQuantile(1 - tail) else { return nil }
        let variance = (factor?.used ?? 1) * target * (1 - target)
        return townships.map { township in
            let half = z * (variance / Double(township.n)).squareRoot()
            return ConfidenceInterval(lower: max(0, target - half), upper: min(1, target + half))
        }
    }
}

extension OverDispersion.Factor {
    /// The target is the pooled rate where it is nil.
    fileprivate init?(_ townships: [Proportion], target: Double?, q: Double) {
        let pooled = Proportion(sumOf: townships)
        guard let rate = target ?? pooled.rate, rate > 0, rate < 1, !townships.isEmpty else { return nil }
        // 1 − p of a rate near 1 would cancel.
        let rest = target.map { 1 - $0 } ?? Double(pooled.n - pooled.x) / Double(pooled.n)
        let z = townships.map { township in
            let n = Double(township.n)
            let excess =
                target.map { Double(township.x).addingProduct(-n, $0) } ?? township.excess(over: pooled)
            return excess / (n * rate * rest).squareRoot()
        }
        let sorted = z.sorted()
        let ends = ConfidenceInterval(
            lower: Quantile.type7(sorted, q), upper: Quantile.type7(sorted, 1 - q))
        let count = Double(z.count)
        let raw = z.reduce(0) { $0 + $1 * $1 } / count
        let winsorised =
            z.reduce(0) { sum, z in
                let kept = min(max(z, ends.lower), ends.upper)
                return sum + kept * kept
            } / count
        let correction = Self.expectation(q: q)
        self.init(
            z: z, winsorisedAt: ends, raw: raw, winsorised: winsorised, correction: correction,
            corrected: winsorised / correction,
            isPresent: winsorised / correction > 1 + 2 * (2 / count).squareRoot())
    }

    /// c_q = (1 − 2q) − 2 z φ(z) + 2 q z² at z = Φ⁻¹(1 − q), which is infinite in doubles for a small q where
    /// −Φ⁻¹(q) is not.
    private static func expectation(q: Double) -> Double {
        guard q > 0, let z = SpecialFunctions.normalQuantile(q).map({ -$0 }) else { return 1 }
        let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
        return 1 - 2 * q - 2 * z * density + 2 * q * z * z
    }
}
