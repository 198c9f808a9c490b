/// Counts of which some sums are published: a table with its totals, a hierarchy, or several that share cells
/// (Cox 1980; SPEC §1.14).
public struct LinearTable: Hashable, Sendable {
    /// None is negative.
    public let cells: [Int]
    /// The cells of each published total, by index. A published sub-total is a cell of its own only where
    /// it may be hidden; then it is to be written as one.
    public let sums: [[Int]]

    /// Programmer error where a count is negative or an index is outside.
    public init(cells: [Int], sums: [[Int]]) {
        precondition(cells.allSatisfy { $0 >= 0 }, "a count is not negative")
        precondition(sums.joined().allSatisfy(cells.indices.contains), "a sum is of the table's cells")
        self.cells = cells
        self.sums = sums
    }

    /// A table with totals of its rows and columns, cells in the order of reading. Of a single row only
    /// its own total is published, and of a single column: the other totals would be the cells.
    public init(rows: [[Int]]) {
        let width = rows.first?.count ?? 0
        precondition(rows.allSatisfy { $0.count == width }, "every row is of one length")
        let across = rows.indices.map { row in (0..<width).map { row * width + $0 } }
        let down = (0..<width).map { column in rows.indices.map { $0 * width + column } }
        self.init(
            cells: rows.flatMap(\.self),
            sums: rows.count == 1 ? across : width == 1 ? down : across + down)
    }

    /// Between what and what someone who knows all but the `hidden` cells, the totals and that no count is
    /// negative can place each of the `targets`, which are among the hidden.
    public func attackerIntervals(
        hidden: [Int], of targets: [Int]
    ) throws(LinearProgramError) -> [ConfidenceInterval] {
        var place: [Int: Int] = [:]
        for cell in hidden { place[cell] = place.count }
        var program = LinearProgram(unknowns: hidden.count)
        for sum in sums {
            let unknown = sum.filter { place[$0] != nil }
            guard !unknown.isEmpty else { continue }
            program.require(
                unknown.compactMap { place[$0] }, addUpTo: Double(unknown.reduce(0) { $0 + cells[$1] }))
        }
        return try program.ranges(of: targets.compactMap { place[$0] })
    }
}
