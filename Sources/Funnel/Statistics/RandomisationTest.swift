import Outreach

/// Fisher's randomisation test of equal township means (SPEC §1.10): how often would chance alone, in
/// choosing which townships are the pilots, give a difference at least as large?
///
/// Every assignment is looked at up to `enumerationLimit` of them; beyond that 99,999 are drawn.
public struct RandomisationTest: Hashable, Sendable {
    public static let enumerationLimit = 1_000_000
    public static let draws = 99_999

    /// Mean of the pilot townships minus mean of the others.
    public let difference: Double
    /// Assignments looked at, the real one included.
    public let assignments: Int
    public let isExact: Bool
    /// Two-sided: the share of assignments whose difference is at least as large either way.
    public let pValue: Double

    /// One number a township: a rate, or a change. nil where an arm is empty. `seed` is used only
    /// where the assignments are too many to enumerate.
    public init?(pilot: [Double], comparison: [Double], seed: UInt64 = 0) {
        guard !pilot.isEmpty, !comparison.isEmpty else { return nil }
        let scale = Self.scale(of: pilot + comparison)
        let (pilot, comparison) = (pilot.map { $0 * scale }, comparison.map { $0 * scale })
        let values = pilot + comparison
        let total = values.reduce(0, +)
        // The difference times both arms' sizes: sums of whole numbers stay whole, so that equal distances either way
        // are equal.
        let sizes = Double(pilot.count) * Double(comparison.count)
        func distance(_ sum: Double) -> Double {
            abs(sum * Double(values.count) - total * Double(pilot.count))
        }
        let observed = distance(pilot.reduce(0, +))
        func isExtreme(_ sum: Double) -> Bool { distance(sum) >= observed - 1e-12 * scale * sizes }
        difference =
            (pilot.reduce(0, +) / Double(pilot.count)
                - comparison.reduce(0, +) / Double(comparison.count)) / scale

        if let count = Self.combinations(of: values.count, taking: pilot.count) {
            var extreme = 0
            // Choosing the pilots is choosing the others, whichever are fewer.
            if pilot.count <= comparison.count {
                Self.forEachSum(of: values, taking: pilot.count) { if isExtreme($0) { extreme += 1 } }
            } else {
                Self.forEachSum(of: values, taking: comparison.count) {
                    if isExtreme(total - $0) { extreme += 1 }
                }
            }
            isExact = true
            assignments = count
            pValue = Double(extreme) / Double(count)
        } else {
            var random = SplitMix64(seed: seed)
            var shuffled = values
            var extreme = 1
            for _ in 0..<Self.draws {
                var sum = 0.0
                for position in pilot.indices {
                    shuffled.swapAt(position, position + random.below(values.count - position))
                    sum += shuffled[position]
                }
                if isExtreme(sum) { extreme += 1 }
            }
            isExact = false
            assignments = Self.draws + 1
            pValue = Double(extreme) / Double(assignments)
        }
    }

    /// What numbers are multiplied by so that no sum of them overflows: a power of two, so that nothing else changes,
    /// and 1 up to 2^500.
    private static func scale(of values: [Double]) -> Double {
        let exponent = values.reduce(0) { max($0, abs($1)) }.exponent
        return exponent > 500 ? Double(sign: .plus, exponent: 500 - Int(exponent), significand: 1) : 1
    }

    /// nil where there are more than the limit.
    private static func combinations(of n: Int, taking k: Int) -> Int? {
        var count = 1
        for step in 0..<min(k, n - k) {
            count = count * (n - step) / (step + 1)
            if count > enumerationLimit { return nil }
        }
        return count
    }

    /// Calls `body` with the sum of every choice of `k` values, in lexicographic order of positions.
    private static func forEachSum(of values: [Double], taking k: Int, _ body: (Double) -> Void) {
        var chosen = Array(0..<k)
        while true {
            body(chosen.reduce(0) { $0 + values[$1] })
            guard let move = chosen.indices.last(where: { chosen[$0] < values.count - k + $0 }) else {
                return
            }
            chosen[move] += 1
            for position in chosen.indices.dropFirst(move + 1) {
                chosen[position] = chosen[position - 1] + 1
            }
        }
    }
}
