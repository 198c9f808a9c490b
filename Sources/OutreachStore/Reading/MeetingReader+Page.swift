public import Outreach
public import PostgresClient

/// Which meetings a list holds.
public struct MeetingFilter: Hashable, Sendable {
    public var from: Day?
    public var to: Day?
    /// A street's or township's code (nine digits), or a district's (six).
    public var area: String?
    public var kind: MeetingKind?

    public init(from: Day? = nil, to: Day? = nil, area: String? = nil, kind: MeetingKind? = nil) {
        self.from = from
        self.to = to
        self.area = area
        self.kind = kind
    }
}

extension MeetingReader {
    /// A meeting's place in the list: the next page begins after it.
    public struct Position: Hashable, Sendable {
        public let heldOn: Day
        public let id: MeetingID

        public init(heldOn: Day, id: MeetingID) {
            self.heldOn = heldOn
            self.id = id
        }
    }

    /// Current meetings that the filter holds, the latest first, after a position. A meeting that is recorded
    /// while somebody turns pages moves no other.
    public func page(
        _ filter: MeetingFilter, after position: Position? = nil, limit: Int,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [MeetingListing] {
        var condition: SQL = """
            m.superseded_at IS NULL
              AND m.held_on >= coalesce(\(filter.from), date '0001-01-01')
              AND m.held_on <= coalesce(\(filter.to), date '9999-12-31')
            """
        if let kind = filter.kind { condition = "\(condition) AND m.kind = \(kind)" }
        if let area = filter.area {
            condition =
                area.utf8.count == 6
                ? "\(condition) AND a.district_code = \(area)" : "\(condition) AND a.code = \(area)"
        }
        if let position {
            condition = "\(condition) AND (m.held_on, m.meeting_id) < (\(position.heldOn), \(position.id))"
        }
        return try await listing(
            "\(condition) ORDER BY m.held_on DESC, m.meeting_id DESC LIMIT \(limit)", on: connection)
    }
}
