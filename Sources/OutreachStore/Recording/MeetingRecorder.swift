internal import Foundation
public import Outreach
public import PostgresClient
public import Vault

/// The one function that records a meeting, whoever brings it: form, file, outbox, importer, service.
///
/// One transaction, in as few flights as its questions allow: the ledger's lock in shared mode, the revision
/// that a correction replaces, the firms (matched, or made under a lock on what names them), the stamp, which
/// comes after every lock, then the claim of the revision, then every other row.
public struct MeetingRecorder: Sendable {
    public let federation: Federation
    let vault: Vault
    let areas: AreaTable
    let clock: LedgerClock
    let authority: Authority

    /// - Parameter authority: nil: the operator's.
    public init(
        federation: Federation, vault: Vault, areas: AreaTable, authority: Authority? = nil
    ) {
        self.federation = federation
        self.vault = vault
        self.areas = areas
        self.authority = authority ?? .operator(of: federation)
        clock = LedgerClock(federation: federation)
    }

    /// Records, corrects or voids. `moment` is for the sample of a synthetic federation only: the stamp
    /// that the facts get instead of the clock's.
    public func record(
        _ submission: MeetingSubmission, at moment: PostgresTimestamp? = nil,
        on connection: PostgresConnection
    ) async throws(RecordingError) -> Recorded {
        precondition(moment == nil || federation.synthetic, "only the sample has moments of its own")
        let fingerprint = Fingerprint(submission, vault: vault)
        let content: MeetingRows?
        switch submission {
        case .record(let document): content = try MeetingRows(document, recorder: self)
        case .void: content = nil
        }
        do {
            return try await connection.transactionInPlace { connection in
                try await record(
                    submission, fingerprint: fingerprint, content: content, at: moment,
                    on: connection)
            }
        } catch {
            if case .body(let error as RecordingError, _) = error { throw error }
            if case .body(is AuthorityError, _) = error { throw .notAllowed }
            throw translated(error, submission)
        }
    }

    private func record(
        _ submission: MeetingSubmission, fingerprint: Fingerprint, content: MeetingRows?,
        at moment: PostgresTimestamp?, on connection: PostgresConnection
    ) async throws -> Recorded {
        let id = submission.id
        let replaces = submission.replaces
        let match = content.flatMap { content in
            content.firms.isEmpty
                ? nil : FirmMatch(federation: federation.id, wanted: content.firms.map(\.wanted))
        }
        let opening = try await authority.begin(
            for: .recording,
            then: [
                clock.shareLock,
                // The revision that is replaced, and the one that would replace it.
                """
                SELECT revision, recorded_at FROM goutong.meeting_revision
                WHERE federation_id = \(federation.id) AND meeting_id = \(id)
                  AND revision IN (\(replaces ?? 0), \((replaces ?? 0) + 1))
                """,
            ] + (match.map { [$0.find] } ?? []) + [clock.stamp], on: connection)
        let known = try opening[1].decode((Int, PostgresTimestamp).self)
        let replaced = known.first { $0.0 == replaces }?.1
        if let replaces {
            guard replaced != nil else { throw RecordingError.notFound }
            // Taken already: a replay or a conflict, whatever the ledger holds of its applicants now.
            if known.contains(where: { $0.0 == replaces + 1 }) {
                return try await replay(of: submission, fingerprint: fingerprint, on: connection)
            }
        }

        try await checkUnchangedApplicants(of: submission, on: connection)
        // The stamp is read behind whatever was seen of others' facts, so that it is later than theirs.
        var now = try opening[opening.count - 1].only().decode(PostgresTimestamp.self)
        var firms: [ResolvedFirm] = []
        if let match, let content {
            let found = try await lockedFirms(match, opening[2], now: &now, on: connection)
            firms = try resolved(found, of: content.document)
        }
        if let content, let replaces {
            try await keepContacts(of: &firms, in: content.document, from: replaces, on: connection)
        }
        // A clock that stepped back must not put a correction before what it corrects.
        let earliest = replaced.map {
            PostgresTimestamp(microsecondsSince2000: $0.microsecondsSince2000 + 1)
        }
        let stamp = moment ?? max(now, earliest ?? now)

        let revision = (replaces ?? 0) + 1
        let receipt = Receipt(
            id: id, revision: revision, factsHash: fingerprint.facts,
            recordedAtMicroseconds: stamp.microsecondsSince1970)
        let claimed = try await connection.query(
            """
            INSERT INTO goutong.meeting_revision (federation_id, meeting_id, revision, facts_hash,
                persons_tag, voided_because, recorded_at, area_id, recorded_by)
            VALUES (\(federation.id), \(id), \(revision), \(fingerprint.facts),
                \(fingerprint.persons), \(submission.voidReason), \(stamp), \(place(of: content, id)),
                \(authority.account?.uuid))
            ON CONFLICT DO NOTHING
            RETURNING revision
            """)
        guard !claimed.isEmpty else {
            return try await replay(of: submission, fingerprint: fingerprint, on: connection)
        }

        var statements: [SQL] = []
        if replaces != nil {
            statements += closing(id, before: stamp)
        }
        if let content {
            statements += content.inserts(
                revision: revision, stamp: stamp, firms: firms, federation: federation.id)
        }
        // The sample tells of 2018: nobody did that here.
        if moment == nil { statements.append(authority.audit(event(submission))) }
        if !statements.isEmpty { _ = try await connection.pipeline(statements) }
        return Recorded(outcome: replaces == nil ? .recorded : .corrected, receipt: receipt)
    }

    /// The area of a revision: a void's is that of the meeting it ends.
    private func place(of content: MeetingRows?, _ id: MeetingID) -> SQL {
        guard let content else {
            return """
                (SELECT area_id FROM goutong.meeting_revision
                 WHERE federation_id = \(federation.id) AND meeting_id = \(id)
                 ORDER BY revision DESC LIMIT 1)
                """
        }
        return "\(content.areaID)"
    }

    private func event(_ submission: MeetingSubmission) -> AuditEvent {
        let action: AuditEvent.Action =
            switch submission {
            case .void: .meetingVoid
            case .record: submission.replaces == nil ? .meetingRecord : .meetingCorrect
            }
        return AuditEvent(
            action, object: AuditEvent.Object(kind: "meeting", id: "\(submission.id)"),
            reason: submission.voidReason)
    }

    /// The firms as a first look found them; where one is to be made or to gain its code, looked for again
    /// under the locks that this takes, with a stamp after them.
    private func lockedFirms(
        _ match: FirmMatch, _ first: PostgresRows, now: inout PostgresTimestamp,
        on connection: PostgresConnection
    ) async throws -> [FirmMatch.Found] {
        let known = try FirmMatch.decode(first)
        guard known.contains(where: { $0.firm == nil || $0.gainsCode }) else { return known }
        let again = try await connection.pipeline([match.lockKeys, match.find, clock.stamp])
        let found = try FirmMatch.decode(again[1])
        now = try again[2].only().decode(PostgresTimestamp.self)
        // A firm that gains its code is closed and opened again: in id order, before children.
        let gaining = found.filter(\.gainsCode).compactMap(\.firm).sorted().map(\.uuid)
        if !gaining.isEmpty {
            let locked = try await connection.pipeline([
                """
                SELECT firm_id FROM goutong.firm
                WHERE federation_id = \(federation.id) AND firm_id = ANY (\(gaining))
                ORDER BY firm_id FOR NO KEY UPDATE
                """,
                clock.stamp,
            ])
            now = try locked[1].only().decode(PostgresTimestamp.self)
        }
        return found
    }

    /// The firms of a document: those found, or to be made with a new id.
    private func resolved(
        _ found: [FirmMatch.Found], of document: MeetingDocument
    ) throws -> [ResolvedFirm] {
        // A firm that a correction brings is not the one that stood at its place before.
        let id = document.id
        let origin = document.replaces.map { "\(id)/\($0)" } ?? "\(id)"
        var seen: [FirmID: Int] = [:]
        var resolved: [ResolvedFirm] = []
        for (index, found) in found.enumerated() {
            let firm = ResolvedFirm(
                id: found.firm
                    ?? FirmID.derived(from: "firm", origin, "\(index)"),
                isNew: found.firm == nil, gainsCode: found.gainsCode)
            if let first = seen.updateValue(index, forKey: firm.id) {
                throw RecordingError.refused(.firmListedTwice(at: index, first: first))
            }
            resolved.append(firm)
        }
        return resolved
    }

    /// A correction that leaves a firm's contact out does not lose it: a reader who sees contacts masked or
    /// not at all can correct the rest. It is sealed anew, since a seal names the firm's position.
    private func keepContacts(
        of firms: inout [ResolvedFirm], in document: MeetingDocument, from revision: Int,
        on connection: PostgresConnection
    ) async throws {
        guard document.firms.contains(where: { $0.contact == nil }) else { return }
        let kept = try await connection.query(
            """
            SELECT c.firm_id, t.position, c.sealed
            FROM goutong.firm_contact c
            JOIN goutong.attendance t USING (federation_id, meeting_id, revision, firm_id)
            WHERE c.federation_id = \(federation.id) AND c.meeting_id = \(document.id)
              AND c.revision = \(revision)
            """
        ).map { row in try row.decode((FirmID, Int, [UInt8]).self) }
        for (index, met) in document.firms.enumerated() where met.contact == nil {
            guard let (_, position, sealed) = kept.first(where: { $0.0 == firms[index].id }) else { continue }
            do throws(VaultError) {
                let contact = try FirmContact(
                    opening: sealed, meeting: document.id, position: position, vault: vault)
                firms[index].keptContact = try ClearContact(contact).sealed(
                    meeting: document.id, position: index, vault: vault)
            } catch {
                throw RecordingError.vault(error)
            }
        }
    }

    /// An applicant given by id alone must be one of this meeting's: otherwise the person would be lost.
    private func checkUnchangedApplicants(
        of submission: MeetingSubmission, on connection: PostgresConnection
    ) async throws {
        guard case .record(let document) = submission else { return }
        let ids = document.applicants.compactMap { entry -> UUID? in
            if case .unchanged(let id) = entry { id.uuid } else { nil }
        }
        guard !ids.isEmpty else { return }
        let known = try await connection.query(
            """
            SELECT applicant_id FROM goutong.applicant
            WHERE federation_id = \(federation.id) AND meeting_id = \(document.id)
              AND applicant_id = ANY (\(ids)) AND superseded_at IS NULL
            """
        ).map { row in try row.decode(UUID.self) }
        let unknown = document.applicants.firstIndex { entry in
            if case .unchanged(let id) = entry { !known.contains(id.uuid) } else { false }
        }
        if let unknown { throw RecordingError.refused(.unknownApplicant(at: unknown)) }
    }

    /// Closes the rows of the current revision, and queues the firms they touched.
    private func closing(_ id: MeetingID, before stamp: PostgresTimestamp) -> [SQL] {
        let touched: SQL = """
            INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
            SELECT DISTINCT federation_id, firm_id, \(stamp)
            FROM goutong.attendance
            WHERE federation_id = \(federation.id) AND meeting_id = \(id) AND superseded_at IS NULL
            """
        let closures = ["meeting", "attendance", "applicant", "opinion"].map { table in
            SQL(
                """
                UPDATE goutong.\(identifier: table) SET superseded_at = \(stamp)
                WHERE federation_id = \(federation.id) AND meeting_id = \(id)
                  AND superseded_at IS NULL
                """)
        }
        let intents: SQL = """
            UPDATE goutong.milestone SET superseded_at = \(stamp)
            WHERE federation_id = \(federation.id) AND meeting_id = \(id) AND of_document
              AND superseded_at IS NULL
            """
        return [touched, intents] + closures
    }

    /// The id or revision is taken: the first receipt where the content is the same, else a conflict.
    private func replay(
        of submission: MeetingSubmission, fingerprint: Fingerprint, on connection: PostgresConnection
    ) async throws -> Recorded {
        let revisions = try await connection.query(
            """
            SELECT revision, facts_hash, persons_tag, recorded_at
            FROM goutong.meeting_revision
            WHERE federation_id = \(federation.id) AND meeting_id = \(submission.id)
            ORDER BY revision
            """
        ).map { row in
            try row.decode((Int, [UInt8], [UInt8]?, PostgresTimestamp).self)
        }
        func receipt(_ revision: (Int, [UInt8], [UInt8]?, PostgresTimestamp)) -> Receipt {
            Receipt(
                id: submission.id, revision: revision.0, factsHash: revision.1,
                recordedAtMicroseconds: revision.3.microsecondsSince1970)
        }
        // After an erasure there is no tag to compare: the facts alone decide, and nobody comes back.
        let same = revisions.first { revision in
            revision.1 == fingerprint.facts
                && (revision.2.map(fingerprint.personsUnderAnyKey.contains) ?? true)
        }
        if let same { return Recorded(outcome: .replayed, receipt: receipt(same)) }
        guard let current = revisions.last else { throw RecordingError.notFound }
        throw RecordingError.conflict(current: receipt(current), sentHash: fingerprint.facts)
    }

    private func translated(
        _ error: TransactionError, _ submission: MeetingSubmission
    ) -> RecordingError {
        guard let database = error.postgresError else { return .transaction(error) }
        switch database.sqlState {
        case .insufficientPrivilege: return .notAllowed
        case .uniqueViolation
        where database.constraint == "applicant_current" || database.constraint == "applicant_pkey":
            return .refused(.applicantElsewhere)
        default: return .transaction(error)
        }
    }
}
