public import Outreach

/// Firms by the week of their first meeting: one point of the chart over weeks.
public struct EntryWeek: Hashable, Sendable {
    /// Its first day.
    public let start: Day
    public let atRisk: Int
    /// In the window so far.
    public let intent: Int
    /// Neither in the window nor past it.
    public let open: Int
    /// Whether every window has ended: only then is there a rate.
    public let isMature: Bool

    public init(start: Day, atRisk: Int, intent: Int, open: Int, isMature: Bool) {
        self.start = start
        self.atRisk = atRisk
        self.intent = intent
        self.open = open
        self.isMature = isMature
    }

    /// nil while any window is open.
    public var matured: Proportion? { isMature ? Proportion(x: intent, n: atRisk) : nil }
}

/// The two latest weeks of entry whose windows have all ended, township by township in one order.
public struct MaturedWeeks: Hashable, Sendable {
    /// First days.
    public let week: Day
    public let previous: Day
    public let counts: [Proportion]
    public let previousCounts: [Proportion]

    public init(week: Day, previous: Day, counts: [Proportion], previousCounts: [Proportion]) {
        self.week = week
        self.previous = previous
        self.counts = counts
        self.previousCounts = previousCounts
    }

    /// Townships are in both weeks, so they are the clusters (SPEC §1.4b).
    public var change: ClusteredChange { ClusteredChange(counts, since: previousCounts) }
}
