/// Whole shares of a whole total.
enum Apportionment {
    /// Largest remainder (Hamilton): shares in proportion to `weights` that add up to `total` exactly.
    ///
    /// Every position with a positive weight gets at least `minimum`; one without weight gets nothing.
    /// nil where the total is too small for the minimum, or no weight is positive.
    static func shares(of total: Int, weights: [Double], minimum: Int = 0) -> [Int]? {
        let positive = weights.indices.filter { weights[$0] > 0 }
        let free = total - minimum * positive.count
        guard free >= 0, !positive.isEmpty else { return nil }
        let sum = positive.reduce(0) { $0 + weights[$1] }

        var shares = weights.map { $0 > 0 ? minimum : 0 }
        var remainders: [(remainder: Double, position: Int)] = []
        var given = 0
        for position in positive {
            let quota = Double(free) * weights[position] / sum
            let whole = Int(quota)
            shares[position] += whole
            given += whole
            remainders.append((quota - Double(whole), position))
        }
        remainders.sort { ($1.remainder, $0.position) < ($0.remainder, $1.position) }
        for (_, position) in remainders.prefix(free - given) { shares[position] += 1 }
        return shares
    }
}
