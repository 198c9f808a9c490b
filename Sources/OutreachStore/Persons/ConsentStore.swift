public import Outreach
public import PostgresClient

extension PersonStore {
    /// Consent taken back: the proof of both is kept, processing stops. An application that is open becomes
    /// withdrawn; a member stays one, whose data is handed to nobody any more. Doing it twice is the same.
    public func withdrawConsent(
        of applicant: ApplicantID, on day: Day, today: Day, on connection: PostgresConnection
    ) async throws(PersonError) -> ApplicationState {
        let applications = ApplicationStore(federation: federation, vault: vault, authority: work.authority)
        return try await work.writing(about: applicant, on: connection) { connection in
            let (standing, _) = try await applications.standing(applicant, on: connection)
            guard try await work.mayReview(applicant, on: connection) else { throw PersonError.notAllowed }
            let closes = standing.state.isOpen
            // Of a member or of one rejected only the day is looked at: the application's steps are over.
            let open = closes ? standing : ApplicationStanding(appliedOn: standing.appliedOn)
            _ = try open.after(.withdrawn, on: day, today: today)
            let stamp = try await work.stamp(on: connection)
            let added = try await connection.execute(
                """
                INSERT INTO goutong.consent_withdrawal (federation_id, applicant_id, withdrawn_on,
                    recorded_at)
                VALUES (\(federation.id), \(applicant), \(day), \(stamp)) ON CONFLICT DO NOTHING
                """)
            if closes {
                let event = ApplicationEvent(
                    id: Identifier(AuditEvent.newID()), applicant: applicant, kind: .withdrawn, on: day)
                try await applications.insert(event, nil, nil, stamp, on: connection)
            }
            if added > 0 { try await work.audit(.consentWithdraw, applicant, on: connection) }
            return closes ? .withdrawn : standing.state
        }
    }

    /// Data for another processor, where the person has ticked that recipient and not withdrawn. What is
    /// given, to whom and why is on record before it leaves.
    /// - Parameter name: of the recipient: the bank's, the union's.
    /// - Returns: the fields that the recipient needs. Personal data.
    public func handOver(
        _ applicant: ApplicantID, to recipient: PersonHandOver.Recipient, named name: String, why: String,
        on connection: PostgresConnection
    ) async throws(PersonError) -> JSONValue {
        let why = try PersonReason.line(why)
        let name = try PersonReason.line(name)
        let outcome: Result<JSONValue, PersonError> = try await work.writing(
            about: applicant, on: connection
        ) { connection in
            guard let record = try await record(of: applicant, on: connection) else {
                return .failure(.notFound)
            }
            guard try await work.mayReview(applicant, on: connection) else {
                return .failure(.notAllowed)
            }
            guard let person = record.person, let consent = record.consent else { return .failure(.erased) }
            let ticked =
                recipient == .employerUnion ? consent.shareWithEmployerUnion : consent.cardBank
            guard ticked, record.consentWithdrawnOn == nil else {
                try await work.audit(
                    .personHandOver, applicant, reason: why, result: .refused, on: connection)
                return .failure(.conflict(ticked ? .consentWithdrawn : .consentMissing))
            }
            let given = Self.fields(of: person, record.standing.state, for: recipient)
            let stamp = try await work.stamp(on: connection)
            try await connection.execute(
                """
                INSERT INTO goutong.person_hand_over (federation_id, hand_over_id, applicant_id,
                    recipient_kind, recipient, fields, reason, recorded_at, recorded_by)
                VALUES (\(federation.id), \(AuditEvent.newID()), \(applicant), \(recipient), \(name),
                    \(given.map(\.key)), \(why), \(stamp), \(work.authority.account?.uuid))
                """)
            try await work.audit(
                .personHandOver, applicant, reason: "\(recipient.rawValue): \(why)", on: connection)
            return .success(.object([.init("applicant", .string("\(applicant)"))] + given))
        }
        return try outcome.get()
    }

    private static func fields(
        of person: Person, _ state: ApplicationState, for recipient: PersonHandOver.Recipient
    ) -> [JSONValue.Member] {
        guard case .object(var members) = person.json else { return [] }
        members.append(.init("state", .string(state.rawValue)))
        return members.filter { recipient.fields.contains($0.key) }
    }

    func handOvers(
        of applicant: ApplicantID, on connection: PostgresConnection
    ) async throws -> [PersonHandOver] {
        try await connection.query(
            """
            SELECT recipient_kind, recipient, fields, reason, recorded_at FROM goutong.person_hand_over
            WHERE federation_id = \(federation.id) AND applicant_id = \(applicant) ORDER BY recorded_at
            """
        ).map { row throws in
            let (kind, name, fields, reason, at) = try row.decode(
                (PersonHandOver.Recipient, String, [String], String, PostgresTimestamp).self)
            return PersonHandOver(recipient: kind, name: name, fields: fields, reason: reason, at: at)
        }
    }
}
