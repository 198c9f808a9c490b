public import Outreach
public import PostgresClient

/// One line of `meeting list`.
public struct MeetingListing: Hashable, Sendable {
    public let id: MeetingID
    public let revision: Int
    public let kind: MeetingKind
    public let heldOn: Day
    public let areaCode: String
    public let areaName: String
    public let districtName: String
    public let venue: String?
    public let firms: Int
    public let intents: Int
    public let applications: Int
}

/// Reads recorded meetings back, without persons.
public struct MeetingReader: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// Current meetings, the latest first.
    public func latest(
        from: Day? = nil, to: Day? = nil, limit: Int = 50, on connection: PostgresConnection
    ) async throws(PostgresError) -> [MeetingListing] {
        try await listing(
            """
            m.superseded_at IS NULL
              AND m.held_on >= coalesce(\(from), date '0001-01-01')
              AND m.held_on <= coalesce(\(to), date '9999-12-31')
            ORDER BY m.held_on DESC, m.meeting_id DESC LIMIT \(limit)
            """, on: connection)
    }

    public func meeting(
        _ id: MeetingID, on connection: PostgresConnection
    ) async throws(PostgresError) -> MeetingListing? {
        try await listing("m.superseded_at IS NULL AND m.meeting_id = \(id)", on: connection).first
    }

    /// Every revision with its receipt, the first first; a void's reason beside it.
    public func revisions(
        of id: MeetingID, on connection: PostgresConnection
    ) async throws(PostgresError) -> [(receipt: Receipt, voidedBecause: String?)] {
        try await connection.query(
            """
            SELECT revision, facts_hash, recorded_at, voided_because
            FROM goutong.meeting_revision
            WHERE federation_id = \(federation.id) AND meeting_id = \(id) ORDER BY revision
            """
        ).map { row throws(PostgresError) in
            let (revision, hash, recorded, reason) = try row.decode(
                (Int, [UInt8], PostgresTimestamp, String?).self)
            return (
                Receipt(
                    id: id, revision: revision, factsHash: hash,
                    recordedAtMicroseconds: recorded.microsecondsSince1970), reason
            )
        }
    }

    /// Where the meeting of a kind that was recorded last was held.
    public struct LastVenue: Hashable, Sendable {
        public let areaCode: String
        public let venueKind: VenueKind
        public let venue: String?
        public let format: MeetingFormat?
    }

    /// nil before the first meeting of the kind.
    public func latestVenue(
        of kind: MeetingKind, on connection: PostgresConnection
    ) async throws(PostgresError) -> LastVenue? {
        try await connection.query(
            """
            SELECT a.code, m.venue_kind, m.venue_name, m.format
            FROM goutong.meeting m JOIN goutong.area a USING (area_id)
            WHERE m.federation_id = \(federation.id) AND m.kind = \(kind)
              AND m.superseded_at IS NULL
            ORDER BY m.recorded_at DESC LIMIT 1
            """
        ).first.map { row throws(PostgresError) in
            let (code, venueKind, venue, format) = try row.decode(
                (String, VenueKind, String?, MeetingFormat?).self)
            return LastVenue(areaCode: code, venueKind: venueKind, venue: venue, format: format)
        }
    }

    func listing(
        _ condition: SQL, on connection: PostgresConnection
    ) async throws(PostgresError) -> [MeetingListing] {
        try await connection.query(
            """
            SELECT m.meeting_id, m.revision, m.kind, m.held_on, a.code, a.name, a.district_name,
                m.venue_name, m.applications,
                (SELECT count(*) FROM goutong.attendance t
                 WHERE t.federation_id = \(federation.id) AND t.meeting_id = m.meeting_id
                   AND t.revision = m.revision),
                (SELECT count(*) FROM goutong.milestone s
                 WHERE s.federation_id = \(federation.id) AND s.meeting_id = m.meeting_id
                   AND s.of_document AND s.superseded_at IS NULL)
            FROM goutong.meeting m JOIN goutong.area a USING (area_id)
            WHERE m.federation_id = \(federation.id) AND \(condition)
            """
        ).map { row throws(PostgresError) in
            let (id, revision, kind, held, code, area, district, venue, applications, firms, intents) =
                try row.decode(
                    (
                        MeetingID, Int, MeetingKind, Day, String, String, String, String?, Int, Int,
                        Int
                    ).self)
            return MeetingListing(
                id: id, revision: revision, kind: kind, heldOn: held, areaCode: code,
                areaName: area, districtName: district, venue: venue, firms: firms,
                intents: intents, applications: applications)
        }
    }
}
