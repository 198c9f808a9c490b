internal import Outreach

/// An arm's townships to draw from with replacement, laid out for tens of millions of draws.
struct TownshipUrn {
    /// n in the upper half and x in the lower, so that one look-up and one addition do for both.
    private let packed: [UInt64]
    private let townships: [Proportion]
    private let size: UInt64
    /// ⌊2⁶⁴ ÷ size⌋.
    private let reciprocal: UInt64
    /// The last word that is not drawn again.
    private let last: UInt64

    /// There is a township, and each has somebody to count.
    init(_ townships: [Proportion]) {
        self.townships = townships
        size = UInt64(townships.count)
        let surplus = (UInt64.max % size + 1) % size
        reciprocal = size == 1 ? .max : (UInt64.max - surplus) / size + 1
        last = UInt64.max - surplus
        let largest = townships.map(\.n).max() ?? 0
        // Any sum of as many draws must fit its half.
        let fits = largest.multipliedReportingOverflow(by: townships.count)
        packed =
            !fits.overflow && fits.partialValue <= Int(UInt32.max)
            ? townships.map { UInt64($0.n) << 32 | UInt64($0.x) } : []
    }

    /// The pooled rate of as many draws as there are townships.
    func resampledRate(_ random: inout SplitMix64) -> Double {
        guard !packed.isEmpty else { return plainRate(&random) }
        var sum: UInt64 = 0
        for _ in 0..<packed.count { sum &+= packed[position(&random)] }
        return Double(sum & 0xFFFF_FFFF) / Double(sum >> 32)
    }

    private func plainRate(_ random: inout SplitMix64) -> Double {
        var (x, n) = (0, 0)
        for _ in townships {
            let drawn = townships[position(&random)]
            x += drawn.x
            n += drawn.n
        }
        return Double(x) / Double(n)
    }

    /// What `random.below` gives, without its division.
    private func position(_ random: inout SplitMix64) -> Int {
        var word = random.next()
        while word > last { word = random.next() }
        // The quotient by the reciprocal is the true one or one less.
        let quotient = word.multipliedFullWidth(by: reciprocal).high
        let remainder = word &- quotient &* size
        return Int(truncatingIfNeeded: remainder >= size ? remainder &- size : remainder)
    }
}
