/// `x` of `n`, kept as integers: a rate is never stored or rounded before a calculation.
public struct Proportion: Hashable, Sendable {
    public let x: Int
    public let n: Int

    /// Programmer error where `x` is not a subset of `n`.
    public init(x: Int, n: Int) {
        precondition(0 <= x && x <= n, "x must be a subset of n")
        self.x = x
        self.n = n
    }

    /// nil where there is nothing to divide by: printed as "—", never as 0 %.
    public var rate: Double? { n == 0 ? nil : Double(x) / Double(n) }
}
