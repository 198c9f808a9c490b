internal import Funnel
public import Outreach
public import PostgresClient

/// What stating a list would come to.
public struct StatedPlan: Sendable {
    /// What is there, and what was sent under the same unit, figure and period.
    public struct Conflict: Sendable {
        /// Index in the list.
        public let index: Int
        public let standing: StatedRevision
        public let sent: Statement
    }

    /// Indices of what is new, or stated again after it was taken back.
    public private(set) var added: [Int] = []
    /// Indices of what takes the place of other content.
    public private(set) var revised: [Conflict] = []
    /// How many are there already, word for word.
    public private(set) var present = 0
    /// The next revision of each statement that is written.
    private(set) var next: [Int: Int] = [:]

    /// - Parameter last: the last revision of each statement in the ledger.
    init(_ statements: [Statement], last: [StatementID: StatedRevision]) {
        for (index, statement) in statements.enumerated() {
            guard let standing = last[statement.id] else {
                added.append(index)
                next[index] = 1
                continue
            }
            if standing.voidedBecause != nil {
                added.append(index)
            } else if standing.statement == statement {
                present += 1
                continue
            } else {
                revised.append(Conflict(index: index, standing: standing, sent: statement))
            }
            next[index] = standing.revision + 1
        }
    }
}

extension FactRecorder {
    /// What stating these would come to; nothing is written.
    public func plan(
        _ statements: [Statement], kind: StatedKind, on connection: PostgresConnection
    ) async throws(PostgresError) -> StatedPlan {
        var last: [StatementID: StatedRevision] = [:]
        for revision in try await StatedReader(federation: federation).statements(
            kind, withHistory: true, on: connection)
        where revision.revision > last[revision.id]?.revision ?? 0 {
            last[revision.id] = revision
        }
        return StatedPlan(statements, last: last)
    }

    /// Records what an office stated: all of it or nothing. What is there word for word stays as it is.
    /// - Parameters:
    ///   - statements: of one kind, no two of the same unit, figure and period.
    ///   - replacing: whether other content takes the place of what stands; that is kept as an earlier revision.
    ///   - file: what the audit names: the file's SHA-256.
    /// - Throws: `conflicting` where other content stands and is not to be replaced.
    @discardableResult
    public func state(
        _ statements: [Statement], kind: StatedKind, replacing: Bool, file: String,
        on connection: PostgresConnection
    ) async throws(RecordingError) -> StatedPlan {
        let lock: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('goutong.stated', \(federation.id)))"
        return try await writing(
            .on(kind.importing, "file", file), at: nil, after: lock, on: connection
        ) { connection, stamp in
            let plan = try await plan(statements, kind: kind, on: connection)
            if !replacing, let conflict = plan.revised.first {
                throw RecordingError.conflicting(conflict.issue)
            }
            for (index, revision) in plan.next.sorted(by: { $0.key < $1.key }) {
                let stated = statements[index]
                try await connection.execute(
                    """
                    INSERT INTO goutong.\(identifier: kind.rawValue) (federation_id, statement_id, revision, area_id,
                        unit_code, figure, period_from, period_to, value, document, office, stated_on, recorded_by,
                        recorded_at)
                    VALUES (\(federation.id), \(stated.id), \(revision), \(stated.unit.areaID),
                        \(stated.unit.orgUnit), \(stated.figure.rawValue), \(stated.from), \(stated.to),
                        \(stated.value), \(stated.source), \(stated.office), \(stated.statedOn),
                        \(authority.account?.uuid), \(stamp))
                    """)
            }
            return plan
        }
    }

    /// Takes a statement back, by a further revision that says why.
    /// - Throws: `notFound` where there is none, or it is taken back already.
    public func void(
        _ id: StatementID, kind: StatedKind, why: String, on connection: PostgresConnection
    ) async throws(RecordingError) {
        let lock: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('goutong.stated', \(federation.id)))"
        let event = AuditEvent(
            kind.voiding, object: AuditEvent.Object(kind: kind.rawValue, id: "\(id)"), reason: why)
        try await writing(event, at: nil, after: lock, on: connection) { connection, stamp in
            let written = try await connection.query(
                """
                INSERT INTO goutong.\(identifier: kind.rawValue) (federation_id, statement_id, revision, area_id,
                    unit_code, figure, period_from, period_to, document, office, stated_on, voided_because,
                    recorded_by, recorded_at)
                SELECT t.federation_id, t.statement_id, t.revision + 1, t.area_id, t.unit_code, t.figure,
                    t.period_from, t.period_to, t.document, t.office, t.stated_on, \(why),
                    \(authority.account?.uuid), \(stamp)
                FROM goutong.\(identifier: kind.rawValue) t
                WHERE t.federation_id = \(federation.id) AND t.statement_id = \(id) AND t.value IS NOT NULL
                  AND t.revision = (
                      SELECT max(n.revision) FROM goutong.\(identifier: kind.rawValue) n
                      WHERE n.federation_id = t.federation_id AND n.statement_id = t.statement_id)
                RETURNING revision
                """)
            guard !written.isEmpty else { throw RecordingError.notFound }
        }
    }
}

extension StatedPlan.Conflict {
    /// Both contents by number and source: neither is a person's.
    public var issue: DocumentIssue {
        let (old, new) = (standing.statement, sent)
        return DocumentIssue(
            code: "declared.conflict", pointer: "/\(index)",
            rule: Bilingual(
                zh: "同一单位、指标和期间已登记 \(old.value)（\(old.source)），这里是 \(new.value)（\(new.source)）",
                en: "of this unit, figure and period \(old.value) (\(old.source)) is recorded, here is "
                    + "\(new.value) (\(new.source))"),
            mend: Bilingual(
                zh: "核对；确为更新的申报，加 --replace（原数保留为旧版本）",
                en:
                    "check it; if it is a later statement use --replace (the earlier one is kept as a revision)"
            ))
    }
}
