/// Quantiles of observed values, numbered as by Hyndman & Fan (1996).
enum Quantile {
    /// Type 6, at position (n + 1)p. `sorted` is ascending and not empty; 0 ≤ p ≤ 1.
    static func type6(_ sorted: [Double], _ p: Double) -> Double {
        let position = min(max(Double(sorted.count + 1) * p, 1), Double(sorted.count))
        let below = Int(position)
        guard below < sorted.count else { return sorted[sorted.count - 1] }
        let (low, high) = (sorted[below - 1], sorted[below])
        return low + (position - Double(below)) * (high - low)
    }

    /// Type 7, at position 1 + (n − 1)p: R's default. `sorted` is ascending and not empty; 0 ≤ p ≤ 1.
    static func type7(_ sorted: [Double], _ p: Double) -> Double {
        let position = Double(sorted.count - 1) * p
        let below = min(Int(position), sorted.count - 1)
        guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
        return sorted[below] + (position - Double(below)) * (sorted[below + 1] - sorted[below])
    }
}
