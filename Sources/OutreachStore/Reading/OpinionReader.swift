public import Outreach
public import PostgresClient

/// Which opinions a list holds.
public struct OpinionFilter: Hashable, Sendable {
    /// Days on which meetings were held.
    public var from: Day?
    public var to: Day?
    /// A street's or township's code (nine digits), or a district's (six).
    public var area: String?
    /// Only what nobody has answered.
    public var isUnanswered = false

    public init(from: Day? = nil, to: Day? = nil, area: String? = nil, isUnanswered: Bool = false) {
        self.from = from
        self.to = to
        self.area = area
        self.isUnanswered = isUnanswered
    }
}

/// One line of `opinion list`: an opinion of a meeting's current revision.
public struct OpinionListing: Hashable, Sendable {
    public let meeting: MeetingID
    public let revision: Int
    /// In its document, from 1.
    public let number: Int
    public let kind: MeetingKind
    public let heldOn: Day
    public let areaCode: String
    public let areaName: String
    public let districtName: String
    public let opinion: Opinion

    public var position: OpinionReader.Position {
        OpinionReader.Position(heldOn: heldOn, meeting: meeting, number: number)
    }
}

/// Reads what was said at meetings, and what was answered.
public struct OpinionReader: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// An opinion's place in the list: the next page begins after it.
    public struct Position: Hashable, Sendable {
        public let heldOn: Day
        public let meeting: MeetingID
        public let number: Int

        public init(heldOn: Day, meeting: MeetingID, number: Int) {
            self.heldOn = heldOn
            self.meeting = meeting
            self.number = number
        }
    }

    /// Of the latest meetings first; those of one meeting in their document's order.
    public func page(
        _ filter: OpinionFilter, after position: Position? = nil, limit: Int,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [OpinionListing] {
        var condition: SQL = """
            o.superseded_at IS NULL
              AND m.held_on >= coalesce(\(filter.from), date '0001-01-01')
              AND m.held_on <= coalesce(\(filter.to), date '9999-12-31')
            """
        if filter.isUnanswered { condition = "\(condition) AND o.answered_on IS NULL" }
        if let area = filter.area {
            condition =
                area.utf8.count == 6
                ? "\(condition) AND a.district_code = \(area)" : "\(condition) AND a.code = \(area)"
        }
        if let position {
            let (day, meeting) = (position.heldOn, position.meeting)
            condition = """
                \(condition) AND (m.held_on, m.meeting_id) <= (\(day), \(meeting))
                  AND ((m.held_on, m.meeting_id) < (\(day), \(meeting)) OR o.position >= \(position.number))
                """
        }
        return try await connection.query(
            """
            SELECT o.meeting_id, o.revision, o.position, m.kind, m.held_on, a.code, a.name, a.district_name,
                o.topic, o.opinion, o.answered_on, o.answer
            FROM goutong.opinion o
            JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
            JOIN goutong.area a USING (area_id)
            WHERE o.federation_id = \(federation.id) AND \(condition)
            ORDER BY m.held_on DESC, m.meeting_id DESC, o.position LIMIT \(limit)
            """
        ).map { row throws(PostgresError) in
            let (
                meeting, revision, position, kind, held, code, area, district, topic, text, answeredOn, answer
            ) = try row.decode(
                (
                    MeetingID, Int, Int, MeetingKind, Day, String, String, String, String?, String, Day?,
                    String?
                ).self)
            return OpinionListing(
                meeting: meeting, revision: revision, number: position + 1, kind: kind, heldOn: held,
                areaCode: code, areaName: area, districtName: district,
                opinion: Opinion(
                    topic: topic, text: text,
                    answer: answeredOn.map { OpinionAnswer(on: $0, text: answer) }))
        }
    }
}
