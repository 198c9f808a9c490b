/// Looks for the secondary cells of a suppression.
///
/// Hiding more never narrows an attacker's interval. So where a pattern fails, it is widened as far as it
/// still fails, and at least one cell beyond must be in every pattern that protects: a cut. The smallest
/// set that meets all cuts is audited next, until one passes, which no smaller one can do (implicit
/// hitting sets: Moreno-Centeno & Karp 2013, Operations Research 61:453).
struct SuppressionSearch {
    typealias Pattern = (cells: [Int], isSmallest: Bool)

    private let audit: SuppressionAudit
    private let candidates: [Int]

    /// Larger tables get a good pattern, not the smallest.
    private static let exactLimit = 64
    private static let cutLimit = 500
    private static let pruningLimit = 500

    init(audit: SuppressionAudit, candidates: [Int]) {
        self.audit = audit
        self.candidates = candidates
    }

    /// nil where the table is too large or the cuts too many. All candidates together protect.
    mutating func smallest() throws(LinearProgramError) -> Pattern? {
        guard candidates.count <= Self.exactLimit else { return nil }
        var hitting = HittingSet(values: candidates.map { audit.table.cells[$0] })
        while hitting.sets.count < Self.cutLimit {
            guard let chosen = hitting.smallest() else { return nil }
            let secondary = cells(chosen)
            guard let exposed = try audit.firstExposed(secondary) else { return (secondary, true) }
            hitting.sets.append(try cut(chosen, exposing: exposed))
        }
        return nil
    }

    private func cells(_ chosen: UInt64) -> [Int] {
        candidates.indices.filter { chosen & (1 << $0) != 0 }.map { candidates[$0] }
    }

    /// The candidates outside a largest pattern that includes `chosen` and still exposes the cell.
    private func cut(_ chosen: UInt64, exposing cell: Int) throws(LinearProgramError) -> UInt64 {
        var widened = chosen
        // Dear cells first, so that the cheap ones are left for the cut.
        let order = candidates.indices.sorted {
            audit.table.cells[candidates[$0]] > audit.table.cells[candidates[$1]]
        }
        for index in order where widened & (1 << index) == 0 {
            if try audit.isExposed(cell, cells(widened | 1 << index)) { widened |= 1 << index }
        }
        let all: UInt64 = candidates.count == 64 ? .max : (1 << UInt64(candidates.count)) - 1
        return all & ~widened
    }

    // MARK: - Large tables

    /// Hides, in every sum that has hidden cells, the smallest others until they could stand for each
    /// other; then what the audit still finds exposed gets more; then whatever proves needless is shown
    /// again.
    mutating func good() throws(LinearProgramError) -> Pattern {
        var hidden = Set(audit.primary)
        settle(&hidden)
        while let exposed = try audit.firstExposed(secondary(hidden)) {
            let near = audit.table.sums.filter { $0.contains(exposed) }
                .compactMap { smallestVisible($0, hidden) }
            let more = near.isEmpty ? smallestVisible(candidates, hidden).map { [$0] } ?? [] : near
            hidden.formUnion(more)
            settle(&hidden)
        }
        let dear = secondary(hidden).sorted { audit.table.cells[$0] > audit.table.cells[$1] }
        for cell in dear.prefix(Self.pruningLimit) {
            hidden.remove(cell)
            if try !audit.passes(secondary(hidden)) { hidden.insert(cell) }
        }
        return (secondary(hidden), false)
    }

    private func secondary(_ hidden: Set<Int>) -> [Int] {
        hidden.subtracting(audit.primary).sorted()
    }

    private func settle(_ hidden: inout Set<Int>) {
        var isSettled = false
        while !isSettled {
            isSettled = true
            for sum in audit.table.sums {
                let within = sum.filter(hidden.contains)
                guard !within.isEmpty else { continue }
                let total = within.reduce(0) { $0 + audit.table.cells[$1] }
                if within.count < 2 || Double(total) < audit.width,
                    let next = smallestVisible(sum, hidden)
                {
                    hidden.insert(next)
                    isSettled = false
                }
            }
        }
    }

    /// Zeros only where nothing else is left.
    private func smallestVisible(_ cells: [Int], _ hidden: Set<Int>) -> Int? {
        let visible = cells.filter { !hidden.contains($0) }
        let counts = audit.table.cells
        return visible.filter { counts[$0] > 0 }.min { counts[$0] < counts[$1] } ?? visible.first
    }
}
