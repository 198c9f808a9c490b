internal import Foundation
internal import Outreach

/// Where each unit's true rate stands among the units of one table, 1 the highest: what is believed after full
/// Bayes (SPEC §1.8), never the raw order.
///
/// Joint draws: (μ, ρ) from its posterior grid, then every unit's rate from its beta distribution given them
/// (Gelman & Rubin's two steps); each draw ranks all units. Seeded: the same counts give the same intervals.
public struct RankIntervals: Hashable, Sendable {
    public static let seed: UInt64 = 20_180_401
    public static let draws = 2000

    /// In the order given, equal tails of at least 95 % together; nil where nobody is counted. Units of equal counts
    /// have equal intervals.
    public let intervals: [ClosedRange<Int>?]

    public init(_ units: [Proportion], seed: UInt64 = Self.seed, draws: Int = Self.draws) {
        precondition(draws >= 40, "an interval needs draws at both ends")
        guard let shrinkage = FullBayesShrinkage(units) else {
            intervals = units.map { _ in nil }
            return
        }
        let counted = units.filter { $0.n > 0 }
        // The ranks of the first of equal units stand for all of them.
        var first: [Proportion: Int] = [:]
        for (index, unit) in counted.enumerated() where first[unit] == nil { first[unit] = index }
        let kept = first.values.sorted()
        var ranks = [Int: [Int]](uniqueKeysWithValues: kept.map { ($0, []) })
        var random = SplitMix64(seed: seed)
        var rankOf = Array(repeating: 0, count: counted.count)
        for _ in 0..<draws {
            let rates = shrinkage.draw(counted, using: &random)
            let order = counted.indices.sorted { (rates[$1], $0) < (rates[$0], $1) }
            for (place, index) in order.enumerated() { rankOf[index] = place + 1 }
            for index in kept { ranks[index]?.append(rankOf[index]) }
        }
        let tail = draws / 40
        let known = first.mapValues { index -> ClosedRange<Int> in
            let sorted = (ranks[index] ?? []).sorted()
            return sorted[tail]...sorted[sorted.count - 1 - tail]
        }
        intervals = units.map { known[$0] }
    }
}

extension FullBayesShrinkage {
    /// One joint draw of the true rates of units with these counts.
    func draw(_ units: [Proportion], using random: inout SplitMix64) -> [Double] {
        let prior = node(at: random.unit())
        return units.map { unit in
            random.beta(prior.alpha + Double(unit.x), prior.beta + Double(unit.n - unit.x))
        }
    }
}

extension SplitMix64 {
    /// In (0, 1).
    fileprivate mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    fileprivate mutating func beta(_ a: Double, _ b: Double) -> Double {
        let (one, other) = (gamma(a), gamma(b))
        return one + other > 0 ? one / (one + other) : a / (a + b)
    }

    /// Marsaglia & Tsang (2000), ACM TOMS 26:363.
    private mutating func gamma(_ shape: Double) -> Double {
        guard shape >= 1 else { return gamma(shape + 1) * pow(unit(), 1 / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = (-2 * log(unit())).squareRoot() * cos(2 * Double.pi * unit())
            let v = (1 + c * x) * (1 + c * x) * (1 + c * x)
            if v > 0, log(unit()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
        }
    }
}
