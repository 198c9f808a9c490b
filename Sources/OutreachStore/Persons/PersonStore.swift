internal import Foundation
public import Outreach
public import PostgresClient
public import Vault

/// What the law gives persons (PIPL articles 15, 23, 44 to 50): looks with a reason, copies, corrections,
/// withdrawal, erasure, hand-over by consent. Each is in the audit.
public struct PersonStore: Sendable {
    let federation: Federation
    let vault: Vault
    let work: PersonTransaction

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, vault: Vault, authority: Authority? = nil) {
        self.federation = federation
        self.vault = vault
        work = PersonTransaction(
            federation: federation, authority: authority ?? .operator(of: federation))
    }

    // MARK: Looking

    /// A look: what comes back is to be shown masked (`PersonRecord.masked`).
    public func look(
        at applicant: ApplicantID, why: String, on connection: PostgresConnection
    ) async throws(PersonError) -> PersonRecord {
        let why = try PersonReason.line(why)
        return try await looking(.personLook, at: applicant, why, needsReview: false, on: connection)
    }

    /// A look in clear: for reviewers. A refusal is in the audit too.
    public func unmask(
        _ applicant: ApplicantID, why: String, on connection: PostgresConnection
    ) async throws(PersonError) -> PersonRecord {
        let why = try PersonReason.line(why)
        return try await looking(.personUnmask, at: applicant, why, needsReview: true, on: connection)
    }

    private func looking(
        _ action: AuditEvent.Action, at applicant: ApplicantID, _ why: String, needsReview: Bool,
        on connection: PostgresConnection
    ) async throws(PersonError) -> PersonRecord {
        // A refusal is committed with its entry, so it is a value inside and an error outside.
        let outcome: Result<PersonRecord, PersonError> = try await work.reading(on: connection) {
            connection in
            guard let record = try await record(of: applicant, on: connection) else {
                try await work.audit(action, applicant, reason: why, result: .refused, on: connection)
                return .failure(.notFound)
            }
            if needsReview, try await !work.mayReview(applicant, on: connection) {
                try await work.audit(action, applicant, reason: why, result: .refused, on: connection)
                return .failure(.notAllowed)
            }
            try await work.audit(action, applicant, reason: why, on: connection)
            return .success(record)
        }
        return try outcome.get()
    }

    /// Everything that is held on this person and who looked at it, as the person may ask for it.
    public func copy(
        of applicant: ApplicantID, why: String, on connection: PostgresConnection
    ) async throws(PersonError) -> PersonCopy {
        let why = try PersonReason.line(why)
        return try await work.reading(on: connection) { connection in
            guard let record = try await record(of: applicant, on: connection) else {
                throw PersonError.notFound
            }
            guard try await work.mayReview(applicant, on: connection) else { throw PersonError.notAllowed }
            try await work.audit(.personCopy, applicant, reason: why, on: connection)
            return PersonCopy(
                record: record, earlier: try await earlier(of: applicant, on: connection),
                steps: try await ApplicationStore.steps(of: applicant, in: federation, on: connection),
                requests: try await PersonRequestStore.requests(
                    of: applicant, in: federation, on: connection),
                handOvers: try await handOvers(of: applicant, on: connection),
                deeds: try await deeds(about: applicant, on: connection))
        }
    }

    // MARK: Changing

    /// Puts name, mobile and document right, in place: what was wrong is not kept. The application, its day
    /// and its count stay; old documents of the meeting replay by their facts.
    public func correct(
        _ applicant: ApplicantID, to document: JSONValue, why: String, on connection: PostgresConnection
    ) async throws(PersonError) {
        let why = try PersonReason.line(why)
        try await work.writing(about: applicant, on: connection) { connection in
            guard let record = try await record(of: applicant, on: connection) else {
                throw PersonError.notFound
            }
            guard try await work.mayReview(applicant, on: connection) else { throw PersonError.notAllowed }
            guard record.person != nil else { throw PersonError.erased }
            let person = try PersonCorrection.decode(document, on: record.standing.appliedOn)
            let sealed = try SealedPerson(person, of: applicant, vault: vault)
            _ = try await work.stamp(on: connection)
            let done = try await connection.query(
                """
                SELECT goutong.correct_person(\(federation.id)::integer, \(applicant), \(sealed.sealed),
                    \(sealed.mobileTag), \(sealed.documentTag))
                """
            ).only().decode(Bool.self)
            guard done else { throw PersonError.notFound }
            try await work.audit(.personCorrect, applicant, reason: why, on: connection)
        }
    }

    /// Takes a person out of the database. The application stays counted; nothing brings the person back.
    /// Doing it twice is the same.
    public func erase(
        _ applicant: ApplicantID, why: String, on connection: PostgresConnection
    ) async throws(PersonError) {
        let why = try PersonReason.line(why)
        try await work.writing(about: applicant, alone: true, on: connection) { connection in
            guard try await exists(applicant, on: connection) else { throw PersonError.notFound }
            guard try await work.mayReview(applicant, on: connection) else { throw PersonError.notAllowed }
            _ = try await work.stamp(on: connection)
            let done = try await connection.query(
                "SELECT goutong.erase_person(\(federation.id)::integer, \(applicant))"
            ).only().decode(Bool.self)
            guard done else { throw PersonError.notFound }
            try await work.audit(.personErase, applicant, reason: why, on: connection)
        }
    }

    // MARK: Reading rows

    /// Also of a voided meeting, for the operator: the person is still there.
    func exists(_ applicant: ApplicantID, on connection: PostgresConnection) async throws -> Bool {
        try await !connection.query(
            """
            SELECT 1 FROM goutong.applicant
            WHERE federation_id = \(federation.id) AND applicant_id = \(applicant) LIMIT 1
            """
        ).isEmpty
    }

    func record(
        of applicant: ApplicantID, on connection: PostgresConnection
    ) async throws -> PersonRecord? {
        let results = try await connection.pipeline([
            """
            SELECT p.meeting_id, m.held_on, e.kind, e.happened_on, a.code, a.name, p.channel,
                   p.employer_uscc, p.employer_name, p.categories
            FROM goutong.applicant p
            JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
            JOIN goutong.area a ON a.area_id = m.area_id
            \(ApplicationQuery.lastStep)
            WHERE p.federation_id = \(federation.id) AND p.applicant_id = \(applicant)
            ORDER BY p.revision DESC LIMIT 1
            """,
            """
            SELECT x.sealed, x.consent_notice, x.consent_on, x.consent_method,
                   x.share_with_employer_union, x.card_bank, x.corrected_at IS NOT NULL
            FROM goutong.applicant_person x
            WHERE x.federation_id = \(federation.id) AND x.applicant_id = \(applicant)
            ORDER BY x.revision DESC LIMIT 1
            """,
            """
            SELECT (SELECT withdrawn_on FROM goutong.consent_withdrawal
                    WHERE federation_id = \(federation.id) AND applicant_id = \(applicant)),
                   EXISTS (SELECT FROM goutong.applicant_erasure
                    WHERE federation_id = \(federation.id) AND applicant_id = \(applicant))
            """,
        ])
        guard let row = results[0].first else { return nil }
        let (meeting, held, kind, since, code, area, channel, uscc, employer, categories) = try row.decode(
            (
                MeetingID, Day, String?, Day?, String, String, JoinChannel?, String?, String?, [String]
            ).self)
        let held2 = try results[1].first.map { row throws in
            let (sealed, notice, on, method, share, bank, corrected) = try row.decode(
                ([UInt8], String, Day, ConsentMethod, Bool, Bool, Bool).self)
            return (
                person: try Person(opening: sealed, of: applicant, vault: vault),
                consent: Consent(
                    notice: notice, on: on, method: method, shareWithEmployerUnion: share, cardBank: bank),
                corrected: corrected
            )
        }
        let (withdrawn, erased) = try results[2].only().decode((Day?, Bool).self)
        return PersonRecord(
            applicant: applicant, meeting: meeting,
            standing: ApplicationStanding(
                appliedOn: held, state: kind.flatMap(ApplicationState.init(rawValue:)) ?? .submitted,
                since: since), areaCode: code, areaName: area, channel: channel,
            employer: uscc == nil && employer == nil
                ? nil : Employer(uscc: try uscc.map(CreditCode.init(validating:)), name: employer),
            categories: categories.compactMap(WorkerCategory.init(rawValue:)), person: held2?.person,
            consent: held2?.consent, consentWithdrawnOn: withdrawn, erased: erased,
            corrected: held2?.corrected ?? false)
    }

    private func earlier(
        of applicant: ApplicantID, on connection: PostgresConnection
    ) async throws -> [Person] {
        try await connection.query(
            """
            SELECT sealed FROM goutong.applicant_person
            WHERE federation_id = \(federation.id) AND applicant_id = \(applicant) ORDER BY revision
            """
        ).map { row throws in
            try Person(opening: try row.decode([UInt8].self), of: applicant, vault: vault)
        }.dropLast()
    }

    private func deeds(
        about applicant: ApplicantID, on connection: PostgresConnection
    ) async throws -> [PersonDeed] {
        try await connection.query(
            """
            SELECT at, actor, action, reason, result
            FROM goutong.person_audit(\(federation.id)::integer, \(applicant))
            """
        ).map { row throws in
            let (at, actor, action, reason, result) = try row.decode(
                (PostgresTimestamp, String, String, String?, String).self)
            return PersonDeed(at: at, actor: actor, action: action, reason: reason, result: result)
        }
    }
}
