public import Outreach
public import PostgresClient

public enum PersonRequestSubject: Sendable {}
public typealias PersonRequestID = Identifier<PersonRequestSubject>

/// What a person asked for, by when it is to be answered, and what came of it.
public struct PersonRequest: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case access, copy, correct, erase
        case withdrawConsent = "withdraw_consent"
        case explain
    }

    public let id: PersonRequestID
    public let applicant: ApplicantID
    public let kind: Kind
    public let askedOn: Day
    public let dueOn: Day
    public let answeredOn: Day?
    public let outcome: String?

    public func isOverdue(on today: Day) -> Bool { answeredOn == nil && dueOn < today }

    /// Fifteen days, as GB/T 35273-2020 §8.7 has thirty at most and offices answer sooner.
    public static let daysToAnswer = 15
}

extension PersonRequest.Kind: PostgresValue {}

/// The register of requests.
public struct PersonRequestStore: Sendable {
    let federation: Federation
    let work: PersonTransaction

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, authority: Authority? = nil) {
        self.federation = federation
        work = PersonTransaction(
            federation: federation, authority: authority ?? .operator(of: federation))
    }

    /// Enters a request. The same again changes nothing; another one of that id is a conflict.
    public func add(
        _ kind: PersonRequest.Kind, of applicant: ApplicantID, askedOn: Day,
        dueIn days: Int = PersonRequest.daysToAnswer, id: PersonRequestID? = nil,
        on connection: PostgresConnection
    ) async throws(PersonError) -> PersonRequest {
        let request = PersonRequest(
            id: id ?? PersonRequestID(AuditEvent.newID()), applicant: applicant, kind: kind, askedOn: askedOn,
            dueOn: askedOn.adding(days: days), answeredOn: nil, outcome: nil)
        return try await work.writing(about: applicant, on: connection) { connection in
            let known = try await connection.query(
                """
                SELECT 1 FROM goutong.applicant
                WHERE federation_id = \(federation.id) AND applicant_id = \(applicant) LIMIT 1
                """)
            guard !known.isEmpty else { throw PersonError.notFound }
            let stamp = try await work.stamp(on: connection)
            let added = try await connection.execute(
                """
                INSERT INTO goutong.person_request (federation_id, request_id, applicant_id, kind, asked_on,
                    due_on, recorded_at)
                VALUES (\(federation.id), \(request.id), \(applicant), \(kind), \(askedOn), \(request.dueOn),
                    \(stamp))
                ON CONFLICT DO NOTHING
                """)
            guard added > 0 else {
                let stored = try await Self.requests(
                    "request_id = \(request.id)", in: federation, on: connection
                ).first { $0.applicant == applicant && $0.kind == kind && $0.askedOn == askedOn }
                guard let stored else { throw DocumentIssue.otherRequest }
                return stored
            }
            try await work.audit(.personRequest, applicant, reason: kind.rawValue, on: connection)
            return request
        }
    }

    /// Requests in the account's sight, those due first on top.
    public func list(
        openOnly: Bool = false, limit: Int = 200, on connection: PostgresConnection
    ) async throws(PersonError) -> [PersonRequest] {
        try await work.reading(on: connection) { connection in
            try await Self.requests(
                "(NOT \(openOnly) OR answered_on IS NULL) ORDER BY due_on, request_id LIMIT \(limit)",
                in: federation, on: connection)
        }
    }

    /// Says what came of a request, once.
    public func answer(
        _ id: PersonRequestID, outcome: String, on day: Day, on connection: PostgresConnection
    ) async throws(PersonError) -> PersonRequest {
        let outcome = try PersonReason.line(outcome)
        let applicant = try await work.reading(on: connection) { connection in
            try await Self.requests("request_id = \(id)", in: federation, on: connection).first?.applicant
        }
        guard let applicant else { throw .notFound }
        return try await work.writing(about: applicant, on: connection) { connection in
            _ = try await work.stamp(on: connection)
            let changed = try await connection.execute(
                """
                UPDATE goutong.person_request SET answered_on = \(day), outcome = \(outcome)
                WHERE federation_id = \(federation.id) AND request_id = \(id) AND answered_on IS NULL
                  AND asked_on <= \(day)
                """)
            guard
                let now = try await Self.requests("request_id = \(id)", in: federation, on: connection).first
            else { throw PersonError.notAllowed }
            guard changed > 0 || (now.answeredOn == day && now.outcome == outcome) else {
                throw DocumentIssue.answeredAlready
            }
            if changed > 0 {
                try await work.audit(
                    .personRequest, applicant, reason: "answered \(now.kind.rawValue)", on: connection)
            }
            return now
        }
    }

    static func requests(
        of applicant: ApplicantID, in federation: Federation, on connection: PostgresConnection
    ) async throws -> [PersonRequest] {
        try await requests("applicant_id = \(applicant) ORDER BY asked_on", in: federation, on: connection)
    }

    private static func requests(
        _ condition: SQL, in federation: Federation, on connection: PostgresConnection
    ) async throws -> [PersonRequest] {
        try await connection.query(
            """
            SELECT request_id, applicant_id, kind, asked_on, due_on, answered_on, outcome
            FROM goutong.person_request WHERE federation_id = \(federation.id) AND \(condition)
            """
        ).map { row throws in
            let (id, applicant, kind, asked, due, answered, outcome) = try row.decode(
                (PersonRequestID, ApplicantID, PersonRequest.Kind, Day, Day, Day?, String?).self)
            return PersonRequest(
                id: id, applicant: applicant, kind: kind, askedOn: asked, dueOn: due, answeredOn: answered,
                outcome: outcome)
        }
    }
}

extension DocumentIssue {
    fileprivate static let otherRequest = DocumentIssue(
        code: "request.conflict", pointer: "/id",
        rule: Bilingual(zh: "该编号已是另一项请求", en: "another request has this id"),
        mend: Bilingual(zh: "换一个编号，或不填", en: "take another id, or leave it out"))
    fileprivate static let answeredAlready = DocumentIssue(
        code: "request.answered", pointer: "",
        rule: Bilingual(
            zh: "该请求已答复，或答复早于提出", en: "the request is answered already, or this is before it was asked"),
        mend: Bilingual(zh: "用 goutong person request list 查看", en: "see goutong person request list"))
}
