/// One township in one week of a panel: x of n, in a place of both (SPEC §1.11).
public struct PanelCell: Hashable, Sendable {
    /// Any number that names the township.
    public let township: Int
    /// Counted in weeks from any beginning.
    public let week: Int
    public let counts: Proportion

    public init(township: Int, week: Int, counts: Proportion) {
        self.township = township
        self.week = week
        self.counts = counts
    }
}
