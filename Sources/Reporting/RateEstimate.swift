public import Funnel

/// A rate as it is printed: never without its fraction and its interval.
public struct RateEstimate: Hashable, Sendable {
    public let x: Int
    public let n: Int

    /// nil where `x` cannot be a part of `n`: a later step larger than an earlier one.
    public init?(x: Int, of n: Int) {
        guard 0 <= x, x <= n else { return nil }
        self.x = x
        self.n = n
    }

    public init(_ proportion: Proportion) {
        x = proportion.x
        n = proportion.n
    }

    /// nil where there is nothing to divide by.
    public var rate: Double? { Proportion(x: x, n: n).rate }

    /// Wilson's 95 % interval; nil where there is nothing to divide by.
    public var interval: ConfidenceInterval? { n == 0 ? nil : Proportion(x: x, n: n).wilson() }
}
