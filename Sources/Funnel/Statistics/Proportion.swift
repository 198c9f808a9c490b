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

    /// x − n·p of one part at the pooled rate p, from the integers: n·p alone would round to 1e-7 at a thousand
    /// million, and parts of equal rates would not come out as exactly 0.
    func excess(over pooled: Proportion) -> Double { cross(pooled) / Double(pooled.n) }

    /// p − p₂, from the integers, so that rates that nearly agree do not cancel. Neither `n` is 0.
    func gap(to other: Proportion) -> Double { cross(other) / (Double(n) * Double(other.n)) }

    private func cross(_ other: Proportion) -> Double {
        Double(Int128(x) * Int128(other.n) - Int128(n) * Int128(other.x))
    }
}
