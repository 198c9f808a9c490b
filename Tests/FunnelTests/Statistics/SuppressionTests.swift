import Funnel
import Outreach
import Testing

@Suite struct SuppressionTests {
    /// Every pattern in turn, by number of cells and then sum, each audited by the table's own intervals.
    private func smallest(_ table: LinearTable, _ rule: SuppressionRule) throws -> (Int, Int)? {
        let primary = table.cells.indices.filter { rule.isDisclosive(table.cells[$0]) }
        let others = table.cells.indices.filter { !primary.contains($0) }
        var best: (Int, Int)?
        for bits in 0..<(1 << others.count) {
            let hidden = others.indices.filter { bits & (1 << $0) != 0 }.map { others[$0] }
            let cost = (hidden.count, hidden.reduce(0) { $0 + table.cells[$1] })
            if let best, best <= cost { continue }
            let intervals = try table.attackerIntervals(hidden: primary + hidden, of: primary)
            if intervals.allSatisfy({ $0.upper - $0.lower >= Double(rule.threshold) - 1e-6 }) { best = cost }
        }
        return best
    }

    @Test("no smaller pattern protects", arguments: 0..<25 as Range<UInt64>)
    func exact(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let (height, width) = (1 + random.below(3), 1 + random.below(4))
        let table = LinearTable(
            rows: (0..<height).map { _ in
                (0..<width).map { _ in [0, 1 + random.below(6), random.below(60)][random.below(3)] }
            })
        let rule = SuppressionRule(threshold: [3, 5, 8][random.below(3)])
        let found = try Suppression(table, rule: rule)
        let best = try smallest(table, rule)
        #expect((found == nil) == (best == nil))
        guard let found, let best else { return }
        #expect(found.isSmallest)
        #expect(found.secondary.count == best.0)
        #expect(found.secondary.reduce(0) { $0 + table.cells[$1] } == best.1)
    }

    @Test("a large table's pattern protects every small count", arguments: [3, 17] as [UInt64])
    func large(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let table = LinearTable(
            rows: (0..<60).map { _ in
                (0..<8).map { _ in [0, 1 + random.below(30), 10 + random.below(500)][random.below(3)] }
            })
        let suppression = try #require(try Suppression(table))
        #expect(!suppression.isSmallest)
        #expect(!suppression.primary.isEmpty)
        let hidden = suppression.primary + suppression.secondary
        let intervals = try table.attackerIntervals(hidden: hidden, of: suppression.primary)
        for (cell, interval) in zip(suppression.primary, intervals) {
            #expect(interval.upper - interval.lower >= 5 - 1e-6)
            #expect(interval.lower <= Double(table.cells[cell]) + 1e-6)
            #expect(Double(table.cells[cell]) <= interval.upper + 1e-6)
        }
        #expect(hidden.count < table.cells.count / 2)
    }

    @Test("tables that cannot be protected are withheld") func withheld() throws {
        #expect(try Suppression(LinearTable(rows: [[3]])) == nil)
        #expect(try Suppression(LinearTable(rows: [[2, 2, 1]]), rule: SuppressionRule(threshold: 10)) == nil)
        #expect(try Suppression(LinearTable(rows: [[0, 0, 4], [0, 10, 20]])) == nil)
    }

    @Test("nothing small, nothing hidden; one column is one row on its side") func plain() throws {
        #expect(try Suppression(LinearTable(rows: []))?.primary == [])
        #expect(try Suppression(LinearTable(rows: [[0, 5], [90, 0]]))?.secondary == [])
        let row = try Suppression(LinearTable(rows: [[1, 8, 12, 30]]))
        let column = try Suppression(LinearTable(rows: [[1], [8], [12], [30]]))
        #expect(row?.secondary == [1] && column?.secondary == [1])
    }

    @Test("two tables that share cells are audited together") func linked() throws {
        // Two weeks' totals of the same three cells and one more: apart each hides, together they tell
        // cell 3.
        let table = LinearTable(cells: [20, 3, 40, 6], sums: [[0, 1, 2], [0, 1, 2, 3]])
        let intervals = try table.attackerIntervals(hidden: [0, 1, 3], of: [1, 3])
        #expect(intervals[1] == ConfidenceInterval(lower: 6, upper: 6))
        #expect(intervals[0] == ConfidenceInterval(lower: 0, upper: 23))
    }

    @Test("no known sum: nothing can be told from above") func unbounded() throws {
        let table = LinearTable(cells: [3, 9], sums: [])
        #expect(
            try table.attackerIntervals(hidden: [0, 1], of: [0])
                == [ConfidenceInterval(lower: 0, upper: .infinity)])
    }

    @Test("pairs: any part below the threshold, and all of them where that is sensitive")
    func pairs() {
        let rule = SuppressionRule()
        for (x, n, plain, sensitive) in [
            (0, 0, false, false), (0, 9, false, false), (0, 3, true, true), (4, 20, true, true),
            (17, 20, true, true), (20, 20, false, true), (5, 10, false, false), (10, 12, true, true),
        ] {
            let pair = Proportion(x: x, n: n)
            #expect(rule.isDisclosive(pair, isSensitive: false) == plain)
            #expect(rule.isDisclosive(pair, isSensitive: true) == sensitive)
        }
    }

    @Test("a table of very many equal choices is given up in time, and protected all the same") func equal()
        throws
    {
        let table = LinearTable(rows: (0..<8).map { row in (0..<8).map { $0 == row ? 1 : 10 } })
        let suppression = try #require(try Suppression(table))
        let hidden = suppression.primary + suppression.secondary
        let intervals = try table.attackerIntervals(hidden: hidden, of: suppression.primary)
        #expect(intervals.allSatisfy { $0.upper - $0.lower >= 5 - 1e-6 })
        #expect(suppression.secondary.count < 20)
    }
}
