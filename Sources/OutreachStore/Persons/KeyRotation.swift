internal import Outreach
public import PostgresClient
public import Vault

/// Seals anew, under the current generation of the key, what an older one sealed, and tags anew with it.
///
/// In batches in the order of the rows' keys, each its own transaction; a value says its generation, so
/// that a run may stop anywhere and another goes on. Readers and writers go on meanwhile: old values open,
/// and duplicates are looked up under every generation. A meeting's persons_tag stays as it was recorded:
/// it is compared under every generation too.
public struct KeyRotation: Sendable {
    public struct Outcome: Hashable, Sendable {
        public var persons = 0
        public var contacts = 0
    }

    /// How many values stand under another generation than the current one.
    public struct Standing: Hashable, Sendable {
        public let persons: Int
        public let contacts: Int
        public var isDone: Bool { persons == 0 && contacts == 0 }
    }

    let federation: Federation
    let vault: Vault
    let batch: Int

    public init(federation: Federation, vault: Vault, batch: Int = 500) {
        self.federation = federation
        self.vault = vault
        self.batch = batch
    }

    public func standing(on connection: PostgresConnection) async throws(PostgresError) -> Standing {
        let (persons, contacts) = try await connection.query(
            """
            SELECT (SELECT count(*) FROM goutong.applicant_person
                    WHERE federation_id = \(federation.id) AND \(isOld)),
                   (SELECT count(*) FROM goutong.firm_contact
                    WHERE federation_id = \(federation.id) AND \(isOld))
            """
        ).only().decode((Int, Int).self)
        return Standing(persons: persons, contacts: contacts)
    }

    /// Does all there is to do; `progress` is told after each batch.
    public func run(
        on connection: PostgresConnection, progress: @Sendable (Outcome) -> Void = { _ in }
    ) async throws(PersonError) -> Outcome {
        var outcome = Outcome()
        do {
            try await federation.checkKey(vault, on: connection)
            while true {
                let some = try await connection.transaction { connection in
                    try await persons(on: connection)
                }
                if some == 0 { break }
                outcome.persons += some
                progress(outcome)
            }
            while true {
                let some = try await connection.transaction { connection in
                    try await contacts(on: connection)
                }
                if some == 0 { break }
                outcome.contacts += some
                progress(outcome)
            }
            let said = outcome
            try await connection.transaction { connection in
                let event = AuditEvent(
                    .keyRotate, object: AuditEvent.Object(kind: "key", id: "\(vault.generation)"),
                    reason: "\(said.persons) persons, \(said.contacts) contacts")
                _ = try await connection.query(Authority.operator(of: federation).audit(event))
            }
        } catch let error as TransactionError {
            throw PersonError(error)
        } catch let error as PersonError {
            throw error
        } catch {
            throw PersonError(.body(error, rollback: nil))
        }
        return outcome
    }

    /// Of the first generation, nothing marks a value: then what is marked is another's.
    private var isOld: SQL {
        let prefix = vault.sealedPrefix
        return prefix.isEmpty
            ? "substr(sealed, 1, 6) = 'goutng'::bytea"
            : "substr(sealed, 1, 8) <> \(prefix)"
    }

    private func persons(on connection: PostgresConnection) async throws -> Int {
        // Rows are locked in the order of their keys; an erasure in between waits, or is gone already.
        let rows = try await connection.query(
            """
            SELECT applicant_id, revision, sealed FROM goutong.applicant_person
            WHERE federation_id = \(federation.id) AND \(isOld)
            ORDER BY applicant_id, revision LIMIT \(batch) FOR NO KEY UPDATE
            """
        ).decode((ApplicantID, Int, [UInt8]).self)
        let statements = try rows.map { applicant, revision, old throws -> SQL in
            let person = try Person(opening: old, of: applicant, vault: vault)
            let new = try SealedPerson(person, of: applicant, vault: vault)
            return """
                UPDATE goutong.applicant_person
                SET sealed = \(new.sealed), mobile_tag = \(new.mobileTag), document_tag = \(new.documentTag)
                WHERE federation_id = \(federation.id) AND applicant_id = \(applicant)
                  AND revision = \(revision)
                """
        }
        if !statements.isEmpty { _ = try await connection.pipeline(statements) }
        return rows.count
    }

    private func contacts(on connection: PostgresConnection) async throws -> Int {
        let rows = try await connection.query(
            """
            SELECT c.meeting_id, c.revision, c.firm_id, t.position, c.sealed
            FROM goutong.firm_contact c
            JOIN goutong.attendance t USING (federation_id, meeting_id, revision, firm_id)
            WHERE c.federation_id = \(federation.id) AND \(isOld)
            ORDER BY c.meeting_id, c.revision, c.firm_id LIMIT \(batch) FOR NO KEY UPDATE OF c
            """
        ).decode((MeetingID, Int, FirmID, Int, [UInt8]).self)
        let statements = try rows.map { meeting, revision, firm, position, old throws -> SQL in
            let context = "contact/\(meeting)/\(position)"
            let new = try vault.seal(try vault.open(old, context: context), context: context)
            return """
                UPDATE goutong.firm_contact SET sealed = \(new)
                WHERE federation_id = \(federation.id) AND meeting_id = \(meeting)
                  AND revision = \(revision) AND firm_id = \(firm)
                """
        }
        if !statements.isEmpty { _ = try await connection.pipeline(statements) }
        return rows.count
    }
}
