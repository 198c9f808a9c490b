public import Outreach
public import PostgresClient
internal import Vault

/// Dated facts about firms and applicants apart from meetings, and weeks declared without one.
///
/// Each is one transaction with the locks and stamp of a meeting's recording.
public struct FactRecorder: Sendable {
    public let federation: Federation
    let clock: LedgerClock
    let authority: Authority

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, authority: Authority? = nil) {
        self.federation = federation
        self.authority = authority ?? .operator(of: federation)
        clock = LedgerClock(federation: federation)
    }

    /// How a person or a file names a firm.
    public enum FirmReference: Hashable, Sendable {
        case id(FirmID)
        case uscc(CreditCode)
    }

    /// Adds a milestone. The same id with the same content is a replay; with other content a conflict.
    /// Returns true where it is new.
    public func add(
        _ milestone: Milestone, to reference: FirmReference, at moment: PostgresTimestamp? = nil,
        on connection: PostgresConnection
    ) async throws(RecordingError) -> Bool {
        try await writing(
            .on(.milestoneAdd, "milestone", "\(milestone.id)"), at: moment, on: connection
        ) { connection, stamp in
            guard let firm = try await firm(reference, on: connection) else {
                throw RecordingError.refused(.unknownFirm(at: "/firm"))
            }
            let hash = milestone.factsHash(firm: firm)
            let added = try await connection.query(
                """
                INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind,
                    happened_on, meeting_id, of_document, intent_form, reference, union_name,
                    union_form, members, facts_hash, recorded_at)
                VALUES (\(federation.id), \(milestone.id), 1, \(firm), \(milestone.kind),
                    \(milestone.on), \(milestone.meeting), false, \(milestone.intentForm),
                    \(milestone.reference), \(milestone.unionName), \(milestone.form),
                    \(milestone.members), \(hash), \(stamp))
                ON CONFLICT DO NOTHING RETURNING revision
                """)
            guard !added.isEmpty else {
                let known = try await connection.query(
                    """
                    SELECT facts_hash FROM goutong.milestone
                    WHERE federation_id = \(federation.id) AND milestone_id = \(milestone.id)
                      AND revision = 1
                    """
                ).first?.decode([UInt8].self)
                guard known == hash else { throw RecordingError.milestoneConflict }
                return false
            }
            try await touch([firm], stamp, on: connection)
            return true
        }
    }

    /// Takes a milestone back: closes its row. One that a meeting's document voiced goes with its meeting.
    public func void(
        _ id: MilestoneID, on connection: PostgresConnection
    ) async throws(RecordingError) {
        try await writing(
            .on(.milestoneVoid, "milestone", "\(id)"), at: nil, on: connection
        ) { connection, stamp in
            let firms = try await connection.query(
                """
                UPDATE goutong.milestone SET superseded_at = \(stamp)
                WHERE federation_id = \(federation.id) AND milestone_id = \(id)
                  AND superseded_at IS NULL AND NOT of_document AND recorded_at < \(stamp)
                RETURNING firm_id
                """
            ).map { row in try row.decode(FirmID.self) }
            guard !firms.isEmpty else { throw RecordingError.notFound }
            try await touch(firms, stamp, on: connection)
        }
    }

    /// Current milestones of a firm, in order of their days.
    public func milestones(
        of firm: FirmID, on connection: PostgresConnection
    ) async throws(PostgresError) -> [(id: MilestoneID, kind: MilestoneKind, on: Day, ofDocument: Bool)] {
        try await connection.query(
            """
            SELECT milestone_id, kind, happened_on, of_document FROM goutong.milestone
            WHERE federation_id = \(federation.id) AND firm_id = \(firm) AND superseded_at IS NULL
            ORDER BY happened_on, milestone_id
            """
        ).map { row throws(PostgresError) in
            try row.decode((MilestoneID, MilestoneKind, Day, Bool).self)
        }
    }

    /// Current foundings without an election on or before their day, of a firm and all that count as one
    /// with it. A later election, recorded with its day, takes a founding out.
    public func foundingsWithoutElection(
        of firm: FirmID, on connection: PostgresConnection
    ) async throws(PostgresError) -> Set<MilestoneID> {
        let found = try await connection.query(
            """
            WITH root AS (
                SELECT firm_id, root_id FROM goutong.firm_root_at(\(federation.id)::integer, 'infinity')
            ), own AS (
                SELECT coalesce((SELECT root_id FROM root WHERE firm_id = \(firm)), \(firm)) AS firm_id
            ), step AS (
                SELECT s.milestone_id, s.kind, s.happened_on
                FROM goutong.milestone s
                WHERE s.federation_id = \(federation.id) AND s.superseded_at IS NULL
                  AND s.kind IN ('elected', 'established')
                  AND s.firm_id IN (
                      SELECT firm_id FROM own UNION ALL SELECT root.firm_id FROM root JOIN own
                      ON root.root_id = own.firm_id)
            )
            SELECT f.milestone_id FROM step f
            WHERE f.kind = 'established' AND NOT EXISTS (
                SELECT FROM step e WHERE e.kind = 'elected' AND e.happened_on <= f.happened_on)
            """
        ).map { row throws(PostgresError) in try row.decode(MilestoneID.self) }
        return Set(found)
    }

    func touch(
        _ firms: [FirmID], _ stamp: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) {
        try await connection.execute(
            """
            INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
            SELECT \(federation.id), firm_id, \(stamp) FROM unnest(\(firms.map(\.uuid))) AS f (firm_id)
            """)
    }

    /// Adds an event in an application's life: verified, admitted, rejected, withdrawn.
    public func add(
        _ event: ApplicationEvent, at moment: PostgresTimestamp? = nil,
        on connection: PostgresConnection
    ) async throws(RecordingError) {
        try await writing(
            .on(.applicationReview, "applicant", "\(event.applicant)"), at: moment, on: connection
        ) { connection, stamp in
            try await connection.execute(
                """
                INSERT INTO goutong.applicant_event (federation_id, event_id, applicant_id, kind,
                    happened_on, recorded_at)
                VALUES (\(federation.id), \(event.id), \(event.applicant), \(event.kind.rawValue),
                    \(event.on), \(stamp))
                ON CONFLICT DO NOTHING
                """)
        }
    }

    func firm(
        _ reference: FirmReference, on connection: PostgresConnection
    ) async throws(PostgresError) -> FirmID? {
        let query: SQL =
            switch reference {
            case .id(let id):
                """
                SELECT firm_id FROM goutong.firm
                WHERE federation_id = \(federation.id) AND firm_id = \(id)
                """
            case .uscc(let uscc):
                """
                SELECT firm_id FROM goutong.firm_identity
                WHERE federation_id = \(federation.id) AND uscc = \(uscc.text)
                  AND superseded_at IS NULL
                """
            }
        return try await connection.query(query).first?.decode(FirmID.self)
    }

    @discardableResult
    func writing<Value: Sendable>(
        _ event: AuditEvent, at moment: PostgresTimestamp?, after lock: SQL? = nil,
        on connection: PostgresConnection,
        _ body: @Sendable (PostgresConnection, PostgresTimestamp) async throws -> Value
    ) async throws(RecordingError) -> Value {
        precondition(moment == nil || federation.synthetic, "only the sample has moments of its own")
        do {
            return try await connection.transaction { connection in
                // The stamp comes after every lock, so that stamps follow commits.
                let opening = try await authority.begin(
                    for: .recording, then: [clock.shareLock] + (lock.map { [$0] } ?? []) + [clock.stamp],
                    on: connection)
                let now = try opening[opening.count - 1].only().decode(PostgresTimestamp.self)
                let stamp = moment ?? now
                let value = try await body(connection, stamp)
                // The sample tells of 2018: nobody did that here.
                if moment == nil { _ = try await connection.query(authority.audit(event)) }
                return value
            }
        } catch {
            if case .body(let error as RecordingError, _) = error { throw error }
            if case .body(is AuthorityError, _) = error { throw .notAllowed }
            if error.postgresError?.sqlState == .insufficientPrivilege { throw .notAllowed }
            throw .transaction(error)
        }
    }
}

extension Milestone {
    /// SHA-256 of everything the milestone states, for telling a replay from a conflict.
    func factsHash(firm: FirmID) -> [UInt8] {
        let parts = [
            "goutong.milestone/1", "\(id)", "\(firm)", kind.rawValue, on.iso,
            meeting.map { "\($0)" } ?? "", reference ?? "", unionName ?? "", form?.rawValue ?? "",
            members.map(String.init) ?? "", intentForm?.rawValue ?? "",
        ]
        return sha256(Array(parts.joined(separator: "\u{1F}").utf8))
    }
}
