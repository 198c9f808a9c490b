public import Outreach
public import PostgresClient

/// What the sample needs of the ledger, and nothing else may use: moments of its own, set-wise.
///
/// Every statement is limited to a federation that is marked synthetic.
public struct SampleStore: Sendable {
    let federation: Federation

    /// nil for a federation that is not synthetic.
    public init?(federation: Federation) {
        guard federation.synthetic else { return nil }
        self.federation = federation
    }

    /// How many revisions of these meetings are recorded.
    public func revisions(
        of meetings: [MeetingID], on connection: PostgresConnection
    ) async throws(PostgresError) -> Int {
        try await connection.query(
            """
            SELECT count(*) FROM goutong.meeting_revision
            WHERE federation_id = \(federation.id) AND meeting_id = ANY (\(meetings.map(\.uuid)))
            """
        ).only().decode(Int.self)
    }

    /// How many weeks are declared without meetings: the last thing that loading the sample writes.
    public func declaredWeeks(on connection: PostgresConnection) async throws(PostgresError) -> Int {
        try await connection.query(
            "SELECT count(*) FROM goutong.week_declaration WHERE federation_id = \(federation.id)"
        ).only().decode(Int.self)
    }

    public struct Unit: Sendable {
        public let code: String
        public let name: String
        /// The district-level union's area code, or its own code where it has no area.
        public let unionCode: String
        public let unionName: String
        public let arm: String
        public let startOn: Day
    }

    /// The programme's units with the district-level union that each belongs to.
    public func units(
        programme: String, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Unit] {
        try await connection.query(
            """
            SELECT a.code, a.name, coalesce(p.area_code, p.code), p.name, u.arm, u.start_on
            FROM goutong.programme_unit u
            JOIN goutong.area a USING (area_id)
            JOIN goutong.org_unit o ON o.federation_id = u.federation_id AND o.area_code = a.code
                AND o.parent_code IS NOT NULL AND o.kind NOT LIKE '%district%'
            JOIN goutong.org_unit p ON p.federation_id = o.federation_id AND p.code = o.parent_code
            WHERE u.federation_id = \(federation.id) AND u.programme_code = \(programme)
            ORDER BY a.code
            """
        ).map { row throws(PostgresError) in
            let (code, name, unionCode, unionName, arm, start) = try row.decode(
                (String, String, String, String, String, Day).self)
            return Unit(
                code: code, name: name, unionCode: unionCode, unionName: unionName, arm: arm,
                startOn: start)
        }
    }

    /// Events of applications, each with its own moment, in one statement.
    public func add(
        _ events: [(event: ApplicationEvent, at: PostgresTimestamp)],
        on connection: PostgresConnection
    ) async throws(PostgresError) {
        try await connection.execute(
            """
            INSERT INTO goutong.applicant_event (federation_id, event_id, applicant_id, kind,
                happened_on, recorded_at)
            SELECT \(federation.id), e.* FROM unnest(\(events.map(\.event.id.uuid)),
                \(events.map(\.event.applicant.uuid)), \(events.map(\.event.kind.rawValue)),
                \(events.map(\.event.on.postgresValue)), \(events.map(\.at))) AS e
            ON CONFLICT DO NOTHING
            """)
    }

    /// Weeks declared without meetings, each with its own moment, in one statement.
    public func declareNoMeetings(
        _ weeks: [(area: Int, week: Week, at: PostgresTimestamp)],
        on connection: PostgresConnection
    ) async throws(PostgresError) {
        try await connection.execute(
            """
            INSERT INTO goutong.week_declaration (federation_id, area_id, week_start, recorded_at, declaration)
            SELECT \(federation.id), n.*, 'none' FROM unnest(\(weeks.map(\.area)),
                \(weeks.map(\.week.start.postgresValue)), \(weeks.map(\.at))) AS n
            ON CONFLICT DO NOTHING
            """)
    }

    /// Takes a synthetic federation away, with every fact of it, its accounts and what was noted of it.
    public func remove(on connection: PostgresConnection) async throws(TransactionError) {
        try await connection.transaction { connection in
            for table in [
                "audit_link", "audit_unsealed", "audit_entry", "web_session", "api_token",
                "person_request", "person_hand_over", "consent_withdrawal", "applicant_erasure",
                "declared_total", "target", "issued_rendering", "issued_report", "journey_queue", "journey",
                "cell", "week_declaration",
                "opinion", "firm_contact",
                "applicant_person", "applicant_event", "applicant", "milestone", "attendance",
                "union_coverage", "firm_merge", "firm_profile", "firm_registration", "firm_identity",
                "firm", "meeting", "meeting_revision", "import_run", "fixed_moment", "programme_unit",
                "programme", "account", "org_unit", "federation",
            ] {
                try await connection.execute(
                    """
                    DELETE FROM goutong.\(identifier: table) WHERE federation_id = \(federation.id)
                    AND EXISTS (SELECT FROM goutong.federation f
                                WHERE f.federation_id = \(federation.id) AND f.synthetic)
                    """)
            }
        }
    }
}
