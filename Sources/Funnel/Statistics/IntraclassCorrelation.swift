/// How alike the units of one township are, by analysis of variance of yes-or-no outcomes
/// (Fleiss 1981; SPEC §1.12). May be negative.
public struct IntraclassCorrelation: Hashable, Sendable {
    public let meanSquareBetween: Double
    public let meanSquareWithin: Double
    /// The size that townships of unequal size count as.
    public let typicalSize: Double
    public let value: Double

    /// nil for fewer than two townships with anyone to count, with one unit in each, or where every unit
    /// has the same outcome.
    public init?(_ townships: [Proportion]) {
        let counted = townships.filter { $0.n > 0 }
        let all = Proportion(sumOf: counted)
        guard counted.count > 1, all.n > counted.count else { return nil }
        let (k, n) = (Double(counted.count), Double(all.n))
        var (between, within, others) = (0.0, 0.0, 0.0)
        for township in counted {
            let (x, size) = (Double(township.x), Double(township.n))
            let excess = township.excess(over: all)
            between += excess * excess / size
            within += x * (size - x) / size
            others += size / n * Double(all.n - township.n)
        }
        meanSquareBetween = between / (k - 1)
        meanSquareWithin = within / (n - k)
        // n − Σ size²/n, which cancels where one township has nearly all.
        typicalSize = others / (k - 1)
        let total = meanSquareBetween + (typicalSize - 1) * meanSquareWithin
        guard total > 0 else { return nil }
        value = (meanSquareBetween - meanSquareWithin) / total
    }
}
