/// The smallest choice of up to 64 elements that has one of every set: fewest first, then of the smallest
/// sum of values, then the first in the order of elements.
struct HittingSet {
    private let values: [Int]
    /// Each a set of elements as bits.
    var sets: [UInt64] = []
    /// Looks at a set that are left, over all searches: tables of equal counts have very many equal choices, and each
    /// further cut starts the search anew. About a tenth of a second.
    private var patience = 50_000_000

    init(values: [Int]) { self.values = values }

    private struct Choice {
        var elements: UInt64 = 0
        var count = 0
        var value = 0

        func isBetter(than other: Choice) -> Bool {
            if count != other.count { return count < other.count }
            if value != other.value { return value < other.value }
            // The lowest element that is in one of them only.
            let only = elements ^ other.elements
            return only != 0 && elements & (only & (~only + 1)) != 0
        }
    }

    /// nil where a set is empty, or where the search takes too long.
    mutating func smallest() -> UInt64? {
        guard !sets.contains(0) else { return nil }
        var best: Choice?
        search(Choice(), excluded: 0, &best)
        return patience > 0 ? best?.elements : nil
    }

    private mutating func search(_ choice: Choice, excluded: UInt64, _ best: inout Choice?) {
        patience -= sets.count + 1
        guard patience > 0 else { return }
        var missed: UInt64?
        var smallestSize = Int.max
        var needed = 0
        var covered: UInt64 = 0
        for set in sets where set & choice.elements == 0 {
            let open = set & ~excluded
            // Sets that share nothing need an element each.
            if open & covered == 0 {
                needed += 1
                covered |= open
            }
            if open.nonzeroBitCount < smallestSize {
                smallestSize = open.nonzeroBitCount
                missed = open
            }
        }
        guard let missed else {
            if best.map({ choice.isBetter(than: $0) }) ?? true { best = choice }
            return
        }
        if smallestSize == 0 { return }
        if let best, choice.count + needed > best.count { return }
        if let best, choice.count + needed == best.count, choice.value > best.value { return }
        var excluded = excluded
        for element in values.indices where missed & (1 << UInt64(element)) != 0 {
            var next = choice
            next.elements |= 1 << UInt64(element)
            next.count += 1
            next.value += values[element]
            search(next, excluded: excluded, &best)
            // Choices with this element have all been looked at.
            excluded |= 1 << UInt64(element)
        }
    }
}
