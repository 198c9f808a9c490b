public import Outreach

/// One firm's or worker's way through the funnel.
public struct FunnelUnit: Hashable, Sendable {
    /// A meeting, and the unit as that meeting knew it, before merges.
    public struct Contact: Hashable, Sendable {
        public let meeting: FactID
        public let unit: String

        public init(meeting: FactID, unit: String) {
            self.meeting = meeting
            self.unit = unit
        }
    }

    public enum Standing: String, CaseIterable, Sendable { case unorganised, organised, unknown }

    public var unit: String
    public var place: String
    /// The one that place and noted standing are of.
    public var contact: Contact
    /// First day of the week of entry.
    public var week: Day
    /// The day that the window starts on: of the anchor contact, or of the intent.
    public var entry: Day
    public var standing: Standing
    /// Held a live intent before entry; only of unorganised units.
    public var priorIntent: Bool
    /// Days of steps 2, 3 and 4; nil where a step was not reached, and for units not at risk. Where the
    /// second step is the entry, its day is that of entry.
    public var steps: [Day?]
    /// The last word on the second step within the window was not a withdrawal.
    public var netLive: Bool
    public var windowClosed: Bool
    /// nil for units not at risk.
    public var outcome: FunnelOutcome?

    /// Counts in the denominator of every rate.
    public var isAtRisk: Bool { standing == .unorganised && !priorIntent }
    /// SPEC's `lost`: covered or exited.
    public var isLost: Bool { outcome == .covered || outcome == .exited }
}
