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

    /// Several together: 0 of 0 where there are none.
    public init(sumOf parts: [Proportion]) {
        self.init(x: parts.reduce(0) { $0 + $1.x }, n: parts.reduce(0) { $0 + $1.n })
    }

    /// nil where there is nothing to divide by: printed as "—", never as 0 %.
    public var rate: Double? { n == 0 ? nil : Double(x) / Double(n) }
}
