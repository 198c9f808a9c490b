/// The cells of a table to hide so that no small count can be worked out (SPEC §1.14): the small ones, and
/// the fewest others, of the smallest sum, that leave an attacker of each small one an interval at least
/// as wide as the threshold (Fischetti & Salazar 2001). Every pattern is audited by linear programming.
public struct Suppression: Hashable, Sendable {
    /// Counts below the threshold, by index.
    public let primary: [Int]
    /// Hidden with them, by index.
    public let secondary: [Int]
    /// What an attacker can tell of each primary cell.
    public let intervals: [ConfidenceInterval]
    /// Whether no smaller pattern exists; large tables get a good one.
    public let isSmallest: Bool

    /// nil where even hiding everything protects too little: then the table is withheld.
    public init?(
        _ table: LinearTable, rule: SuppressionRule = SuppressionRule()
    ) throws(LinearProgramError) {
        try self.init(
            table, primary: table.cells.indices.filter { rule.isDisclosive(table.cells[$0]) }, rule: rule)
    }

    /// With primary cells that a rule of its own has found, such as that of pairs.
    public init?(
        _ table: LinearTable, primary: [Int], rule: SuppressionRule
    ) throws(LinearProgramError) {
        let audit = SuppressionAudit(table: table, primary: primary, width: Double(rule.threshold))
        let candidates = table.cells.indices.filter { !primary.contains($0) }
        guard try audit.passes(candidates) else { return nil }
        var search = SuppressionSearch(audit: audit, candidates: candidates)
        var pattern = try search.smallest()
        if pattern == nil { pattern = try search.good() }
        guard let pattern else { return nil }
        self.primary = primary
        secondary = pattern.cells
        isSmallest = pattern.isSmallest
        intervals = try audit.intervals(pattern.cells)
    }
}

/// Whether a pattern protects every primary cell.
struct SuppressionAudit {
    let table: LinearTable
    let primary: [Int]
    /// What an attacker's interval must reach.
    let width: Double

    /// The solver's answers are whole numbers but for rounding.
    private static let tolerance = 1e-6

    func intervals(_ secondary: [Int]) throws(LinearProgramError) -> [ConfidenceInterval] {
        try table.attackerIntervals(hidden: primary + secondary, of: primary)
    }

    func passes(_ secondary: [Int]) throws(LinearProgramError) -> Bool {
        try firstExposed(secondary) == nil
    }

    /// A primary cell that is not protected.
    func firstExposed(_ secondary: [Int]) throws(LinearProgramError) -> Int? {
        let intervals = try intervals(secondary)
        return zip(primary, intervals).first { !isWide($0.1) }?.0
    }

    func isExposed(_ cell: Int, _ secondary: [Int]) throws(LinearProgramError) -> Bool {
        try !table.attackerIntervals(hidden: primary + secondary, of: [cell]).allSatisfy(isWide)
    }

    private func isWide(_ interval: ConfidenceInterval) -> Bool {
        interval.upper - interval.lower >= width - Self.tolerance
    }
}
