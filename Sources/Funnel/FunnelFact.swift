public import Outreach

/// One line of the append-only ledger as the funnel sees it (SPEC §2.1).
public struct FunnelFact: Hashable, Sendable {
    public var id: FactID
    /// The firm or worker, before merges are resolved.
    public var unit: String
    /// The day it happened; nil for a merge, which holds for all time.
    public var day: Day?
    /// When it was recorded, on the same scale as `FunnelQuery.asKnownAt`: days or microseconds.
    public var recorded: Int
    /// When a correction closed it; nil while it stands.
    public var superseded: Int?
    public var event: Event

    public init(
        id: FactID, unit: String, day: Day?, recorded: Int, superseded: Int? = nil, event: Event
    ) {
        self.id = id
        self.unit = unit
        self.day = day
        self.recorded = recorded
        self.superseded = superseded
        self.event = event
    }

    /// What happened. A place is a street's or township's name or code.
    public enum Event: Hashable, Sendable {
        /// A firm met. Where the meeting noted a standing, that standing is frozen; nil leaves it
        /// to the intervals of `organised`.
        case contact(place: String, standing: Standing? = nil)
        case intent, application, established

        /// A worker attended, joined, was verified, was admitted.
        case attended(place: String)
        case joined, verified, admitted

        /// An intent, or a membership application, taken back.
        case withdrawn
        /// Organised from the fact's day until the day before `until`; open where nil.
        case organised(until: Day? = nil)
        /// Joined a joint union, or came under the parent company's union.
        case covered
        case closed, movedOut
        case registered(place: String)
        /// This unit is the same as another one.
        case alias(to: String)
    }

    /// A firm's relation to a union as noted at a meeting.
    public enum Standing: String, CaseIterable, Sendable {
        case unorganised, organised, covered, unknown
    }

    /// Visible at (V, S): recorded by S, not superseded by S, and dated V or earlier.
    public func isVisible(asOf day: Day, asKnownAt moment: Int) -> Bool {
        guard recorded <= moment else { return false }
        if let superseded, superseded <= moment { return false }
        return self.day.map { $0 <= day } ?? true
    }
}

extension FunnelFact.Event {
    /// 1 for the entry up to 4 for the last step of the track; nil for everything else.
    func step(of track: FunnelDefinition.Track) -> Int? {
        switch (track, self) {
        case (.firm, .contact), (.worker, .attended): 1
        case (.firm, .intent), (.worker, .joined): 2
        case (.firm, .application), (.worker, .verified): 3
        case (.firm, .established), (.worker, .admitted): 4
        default: nil
        }
    }

    /// The place of a meeting; nil for everything else.
    var meetingPlace: String? {
        switch self {
        case .contact(let place, _), .attended(let place): place
        default: nil
        }
    }
}

extension FunnelFact.Standing {
    public init(_ status: UnionStatus) {
        switch status {
        case .unorganised, .preparing: self = .unorganised
        case .organised: self = .organised
        case .joint, .coveredByParent: self = .covered
        case .unknown: self = .unknown
        }
    }
}
