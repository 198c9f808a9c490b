/// What a funnel is broken down by. Raw values are the words of `goutong funnel --by`.
public enum FunnelGrouping: String, CaseIterable, Sendable {
    case none, area, district, week, venue, headcount
}

/// A funnel by group. The groups in order, what has no group last, and all units counted anew. Every unit
/// stands in one group, so that every count but the median adds up to the total.
public struct FunnelBreakdown: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// A code, a week's name, a venue kind or a band; empty where the group is not known.
        public let unit: String
        public let counts: FunnelCounts

        public init(unit: String, counts: FunnelCounts) {
            self.unit = unit
            self.counts = counts
        }
    }

    public var groups: [Row]
    /// nil where not every group is told, so that the whole is not either.
    public var total: FunnelCounts?

    public init(groups: [Row], total: FunnelCounts?) {
        self.groups = groups
        self.total = total
    }

    /// The groups of some units alone, without a total.
    public func limited(to units: Set<String>) -> FunnelBreakdown {
        FunnelBreakdown(groups: groups.filter { units.contains($0.unit) }, total: nil)
    }
}
