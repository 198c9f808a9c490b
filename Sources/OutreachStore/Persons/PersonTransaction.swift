internal import Outreach
internal import PostgresClient
internal import Vault

/// What applications and persons' rights share: a transaction that reads as far as the account may see,
/// then records under one stamp, with its audit; two who decide on one application wait for each other.
struct PersonTransaction: Sendable {
    let federation: Federation
    let authority: Authority
    let clock: LedgerClock

    init(federation: Federation, authority: Authority) {
        self.federation = federation
        self.authority = authority
        clock = LedgerClock(federation: federation)
    }

    /// Reads, and adds to the audit.
    func reading<Value: Sendable>(
        on connection: PostgresConnection,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws(PersonError) -> Value {
        do {
            return try await authority.transaction(for: .reading, on: connection, body)
        } catch {
            throw PersonError(error)
        }
    }

    /// Reads with the ledger's lock and the applicant's; `stamp` then begins the recording.
    /// - Parameter alone: the ledger's lock is taken alone, so that no recording under way, which asked
    ///   before whether somebody is erased, adds the person afterwards.
    func writing<Value: Sendable>(
        about applicant: ApplicantID, alone: Bool = false, on connection: PostgresConnection,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws(PersonError) -> Value {
        do {
            return try await connection.transaction { connection in
                _ = try await authority.begin(
                    for: .reading,
                    then: [
                        alone ? clock.soleLock : clock.shareLock,
                        """
                        SELECT pg_advisory_xact_lock(
                            hashtextextended('goutong.applicant/' || \(applicant)::text, \(federation.id)))
                        """,
                    ], on: connection)
                return try await body(connection)
            }
        } catch {
            throw PersonError(error)
        }
    }

    /// Takes the recorder's rights for the rest of the transaction, and the stamp after every lock.
    func stamp(on connection: PostgresConnection) async throws -> PostgresTimestamp {
        if authority.account != nil {
            try await connection.execute("SET LOCAL ROLE goutong_recorder")
        }
        return try await connection.query(clock.stamp).only().decode(PostgresTimestamp.self)
    }

    /// Whether the account may decide on this application and deal with its person.
    func mayReview(_ applicant: ApplicantID, on connection: PostgresConnection) async throws -> Bool {
        try await connection.query(
            "SELECT coalesce(goutong.may_review(\(federation.id)::integer, \(applicant)), false)"
        ).only().decode(Bool.self)
    }

    func audit(
        _ action: AuditEvent.Action, _ applicant: ApplicantID, reason: String? = nil,
        result: AuditEvent.Result = .done, on connection: PostgresConnection
    ) async throws {
        _ = try await connection.query(
            authority.audit(
                AuditEvent(
                    action, object: AuditEvent.Object(kind: "applicant", id: "\(applicant)"), reason: reason,
                    result: result)))
    }
}

/// A reason as people write it: one line, without numbers that name a person.
enum PersonReason {
    static func line(_ text: String) throws(PersonError) -> String {
        guard !text.allSatisfy(\.isWhitespace) else { throw .refused(DocumentRefused(first: .reasonMissing)) }
        do throws(CodeError) {
            return try NormalisedText.line(text)
        } catch {
            throw .refused(
                DocumentRefused(
                    first: DocumentIssue(
                        code: error.code, pointer: "/reason", rule: error.rule, mend: error.mend)))
        }
    }
}
