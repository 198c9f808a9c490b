internal import Foundation
public import Outreach
public import PostgresClient
public import Vault

/// Applications and their review.
public struct ApplicationStore: Sendable {
    let federation: Federation
    let vault: Vault
    let work: PersonTransaction
    private var query: ApplicationQuery { ApplicationQuery(federation: federation.id) }

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, vault: Vault, authority: Authority? = nil) {
        self.federation = federation
        self.vault = vault
        work = PersonTransaction(
            federation: federation, authority: authority ?? .operator(of: federation))
    }

    // MARK: Reading

    /// Applications in the account's sight, masked. One entry of the audit tells of the list.
    public func list(
        _ filter: ApplicationFilter, today: Day, on connection: PostgresConnection
    ) async throws(PersonError) -> [ApplicationListing] {
        try await work.reading(on: connection) { connection in
            let rows = try await connection.query(query.list(filter, today: today))
            let listed = try rows.map { row throws in try listing(row) }
            let event = AuditEvent(
                .personLook, object: AuditEvent.Object(kind: "applications", id: "\(listed.count)"),
                reason: "list")
            _ = try await connection.query(work.authority.audit(event))
            return listed
        }
    }

    private func listing(_ row: PostgresRow) throws -> ApplicationListing {
        let (
            applicant, meeting, held, kind, since, code, area, district, channel, employer, sealed, duplicates
        ) = try row.decode(
            (
                ApplicantID, MeetingID, Day, String?, Day?, String, String, String, JoinChannel?, String?,
                [UInt8]?, Int
            ).self)
        return ApplicationListing(
            applicant: applicant, meeting: meeting,
            standing: ApplicationStanding(appliedOn: held, state: Self.state(kind), since: since),
            areaCode: code, areaName: area, districtName: district, channel: channel, employer: employer,
            person: try sealed.map {
                MaskedPerson(try Person(opening: $0, of: applicant, vault: vault))
            }, duplicates: duplicates)
    }

    /// Every step of an application, the first first, those undone too.
    public func steps(
        of applicant: ApplicantID, on connection: PostgresConnection
    ) async throws(PersonError) -> [ApplicationStepRecord] {
        try await work.reading(on: connection) { connection in
            guard try await !connection.query(query.standing(of: applicant)).isEmpty else {
                throw PersonError.notFound
            }
            return try await Self.steps(of: applicant, in: federation, on: connection)
        }
    }

    static func steps(
        of applicant: ApplicantID, in federation: Federation, on connection: PostgresConnection
    ) async throws -> [ApplicationStepRecord] {
        try await connection.query(
            """
            SELECT event_id, kind, happened_on, reason, duplicate_of, recorded_at,
                   superseded_at IS NOT NULL
            FROM goutong.applicant_event
            WHERE federation_id = \(federation.id) AND applicant_id = \(applicant)
            ORDER BY recorded_at, happened_on, event_id
            """
        ).map { row throws in
            let (id, kind, on, reason, other, recorded, undone) = try row.decode(
                (
                    Identifier<ApplicationEvent>, ApplicationStep, Day, String?, ApplicantID?,
                    PostgresTimestamp, Bool
                ).self)
            return ApplicationStepRecord(
                id: id, kind: kind, on: on, reason: reason, duplicateOf: other, recordedAt: recorded,
                undone: undone)
        }
    }

    /// Other open or admitted applications of the same person, in whatever area; nothing for who may not
    /// review this one.
    public func duplicates(
        of applicant: ApplicantID, on connection: PostgresConnection
    ) async throws(PersonError) -> [DuplicateFinding] {
        try await work.reading(on: connection) { connection in
            try await findings(applicant, on: connection)
        }
    }

    /// By the tags of the opened person under every generation of the key.
    private func findings(
        _ applicant: ApplicantID, on connection: PostgresConnection
    ) async throws -> [DuplicateFinding] {
        let sealed = try await connection.query(
            """
            SELECT x.sealed FROM goutong.applicant p
            JOIN goutong.applicant_person x ON x.federation_id = p.federation_id
                AND x.applicant_id = p.applicant_id AND x.revision = p.person_revision
            WHERE p.federation_id = \(federation.id) AND p.applicant_id = \(applicant)
              AND p.superseded_at IS NULL
            """
        ).first?.decode([UInt8].self)
        guard let sealed else { return [] }
        let tags = PersonTags(try Person(opening: sealed, of: applicant, vault: vault), vault: vault)
        return try await connection.query(
            """
            SELECT applicant_id, meeting_id, matched
            FROM goutong.applicant_tagged(\(federation.id)::integer, \(applicant), \(tags.mobiles),
                \(tags.documents))
            """
        ).map { row throws in
            let (other, meeting, matched) = try row.decode((ApplicantID, MeetingID, String).self)
            return DuplicateFinding(applicant: other, meeting: meeting, matched: matched)
        }
    }

    // MARK: Review

    /// Takes an application one step further. The same id again changes nothing.
    /// - Parameters:
    ///   - reason: required for a rejection.
    ///   - duplicateOf: for a duplicate, the application that stays.
    ///   - despiteDuplicate: somebody looked at the duplicates found and says that it is another person.
    public func review(
        _ event: ApplicationEvent, reason: String? = nil, duplicateOf: ApplicantID? = nil,
        despiteDuplicate: Bool = false, today: Day, on connection: PostgresConnection
    ) async throws(PersonError) -> ApplicationStanding {
        let reason = try reason.map { text throws(PersonError) in try PersonReason.line(text) }
        if event.kind == .rejected, reason == nil {
            throw .refused(DocumentRefused(first: .reasonMissing))
        }
        return try await work.writing(about: event.applicant, on: connection) { connection in
            let (standing, last) = try await self.standing(event.applicant, on: connection)
            guard try await work.mayReview(event.applicant, on: connection) else {
                throw PersonError.notAllowed
            }
            if last?.id == event.id { return standing }
            let after = try standing.after(event.kind, on: event.on, today: today)
            if event.kind == .underReview || event.kind == .verified || event.kind == .admitted,
                try await hasWithdrawn(event.applicant, on: connection)
            {
                throw DocumentIssue.consentWithdrawn
            }
            if event.kind == .verified || event.kind == .admitted, !despiteDuplicate,
                try await !findings(event.applicant, on: connection).isEmpty
            {
                throw DocumentIssue.duplicateUnresolved
            }
            let stamp = try await work.stamp(on: connection)
            try await insert(event, reason, duplicateOf, stamp, on: connection)
            try await work.audit(
                .applicationReview, event.applicant,
                reason: event.kind.rawValue + (despiteDuplicate ? ", despite duplicate" : ""),
                on: connection)
            return after
        }
    }

    /// Takes back the last step: its row is closed, so that what was known before stays known.
    public func undo(
        _ applicant: ApplicantID, reason: String, on connection: PostgresConnection
    ) async throws(PersonError) -> ApplicationStep {
        let reason = try PersonReason.line(reason)
        return try await work.writing(about: applicant, on: connection) { connection in
            let (standing, last) = try await self.standing(applicant, on: connection)
            guard try await work.mayReview(applicant, on: connection) else { throw PersonError.notAllowed }
            guard let last, let undone = ApplicationStep.allCases.first(where: { $0.state == standing.state })
            else { throw DocumentIssue.nothingToUndo }
            let stamp = try await work.stamp(on: connection)
            // A clock that stepped back must not close a row before it began.
            try await connection.execute(
                """
                UPDATE goutong.applicant_event
                SET superseded_at = greatest(\(stamp), recorded_at + interval '1 microsecond')
                WHERE federation_id = \(federation.id) AND event_id = \(last.id) AND superseded_at IS NULL
                """)
            try await work.audit(
                .applicationReview, applicant, reason: "undo \(undone.rawValue): \(reason)", on: connection)
            return undone
        }
    }

    /// What the state machine needs to know.
    func standing(
        _ applicant: ApplicantID, on connection: PostgresConnection
    ) async throws -> (
        ApplicationStanding, last: (id: Identifier<ApplicationEvent>, recorded: PostgresTimestamp)?
    ) {
        guard let row = try await connection.query(query.standing(of: applicant)).first else {
            throw PersonError.notFound
        }
        let (held, kind, since, id, recorded) = try row.decode(
            (Day, String?, Day?, Identifier<ApplicationEvent>?, PostgresTimestamp?).self)
        let last = id.flatMap { id in recorded.map { (id: id, recorded: $0) } }
        return (ApplicationStanding(appliedOn: held, state: Self.state(kind), since: since), last)
    }

    private func hasWithdrawn(
        _ applicant: ApplicantID, on connection: PostgresConnection
    ) async throws -> Bool {
        try await !connection.query(
            """
            SELECT 1 FROM goutong.consent_withdrawal
            WHERE federation_id = \(federation.id) AND applicant_id = \(applicant)
            """
        ).isEmpty
    }

    func insert(
        _ event: ApplicationEvent, _ reason: String?, _ duplicateOf: ApplicantID?,
        _ stamp: PostgresTimestamp, on connection: PostgresConnection
    ) async throws {
        try await connection.execute(
            """
            INSERT INTO goutong.applicant_event (federation_id, event_id, applicant_id, kind, happened_on,
                recorded_at, reason, duplicate_of, recorded_by)
            VALUES (\(federation.id), \(event.id), \(event.applicant), \(event.kind), \(event.on), \(stamp),
                \(reason), \(duplicateOf), \(work.authority.account?.uuid))
            """)
    }

    private static func state(_ kind: String?) -> ApplicationState {
        kind.flatMap(ApplicationState.init(rawValue:)) ?? .submitted
    }
}

extension ApplicationStep: PostgresValue {}
