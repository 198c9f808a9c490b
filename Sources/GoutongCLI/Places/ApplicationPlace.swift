internal import Outreach
internal import OutreachClient
internal import OutreachStore

/// Applications and their review.
protocol ApplicationPlace {
    /// Masked.
    func applications(_ filter: ApplicationFilter) async throws -> [JSONRow]
    func steps(of applicant: ApplicantID) async throws -> [JSONRow]
    /// Others with the same mobile or document.
    func duplicates(of applicant: ApplicantID) async throws -> [JSONRow]
    /// The state that a step leads to.
    func review(
        _ event: ApplicationEvent, reason: String?, duplicateOf: ApplicantID?, despiteDuplicate: Bool
    ) async throws -> String
    /// The step that was taken back.
    func undo(_ applicant: ApplicantID, reason: String) async throws -> String
}

extension Workplace: ApplicationPlace {
    private var store: ApplicationStore { ApplicationStore(federation: federation, vault: vault) }

    func applications(_ filter: ApplicationFilter) async throws -> [JSONRow] {
        try await store.list(filter, today: Self.today, on: connection).map {
            JSONRow($0.json(today: Self.today))
        }
    }

    func steps(of applicant: ApplicantID) async throws -> [JSONRow] {
        try await store.steps(of: applicant, on: connection).map { JSONRow($0.json) }
    }

    func duplicates(of applicant: ApplicantID) async throws -> [JSONRow] {
        try await store.duplicates(of: applicant, on: connection).map {
            JSONRow(
                .object([
                    .init("applicant", .string("\($0.applicant)")),
                    .init("meeting", .string("\($0.meeting)")),
                    .init("matched", .string($0.matched)),
                ]))
        }
    }

    func review(
        _ event: ApplicationEvent, reason: String?, duplicateOf: ApplicantID?, despiteDuplicate: Bool
    ) async throws -> String {
        try await store.review(
            event, reason: reason, duplicateOf: duplicateOf, despiteDuplicate: despiteDuplicate,
            today: Self.today, on: connection
        ).state.rawValue
    }

    func undo(_ applicant: ApplicantID, reason: String) async throws -> String {
        try await store.undo(applicant, reason: reason, on: connection).rawValue
    }
}

extension RemoteWorkplace: ApplicationPlace {
    /// What the ledger of this machine says of an applicant whom it does not find.
    static let ofPersons: Meanings = [403: PersonError.notAllowed, 404: PersonError.notFound]

    func applications(_ filter: ApplicationFilter) async throws -> [JSONRow] {
        try await rows(
            .init(.get, "applications"), in: "applications", limit: filter.limit, next: "next",
            query: { limit, cursor in
                [
                    "area": filter.area, "state": filter.state?.rawValue,
                    "meeting": filter.meeting.map { "\($0)" }, "waiting": filter.waitingDays.map { "\($0)" },
                    "after": cursor ?? filter.after.map { "\($0)" }, "limit": "\(limit)",
                ]
            }, Self.ofPersons)
    }

    private func events(of applicant: ApplicantID) async throws -> JSONRow {
        try await row(.init(.get, "applications", "\(applicant)", "events"), Self.ofPersons)
    }

    func steps(of applicant: ApplicantID) async throws -> [JSONRow] {
        try await events(of: applicant).required { $0.rows("events") }
    }

    func duplicates(of applicant: ApplicantID) async throws -> [JSONRow] {
        try await events(of: applicant).required { $0.rows("duplicates") }
    }

    func review(
        _ event: ApplicationEvent, reason: String?, duplicateOf: ApplicantID?, despiteDuplicate: Bool
    ) async throws -> String {
        // The event's id makes asking twice one step.
        var question = OutreachClient.Question(
            .post, "applications", "\(event.applicant)", "events", isRepeatable: true)
        question.body = .object(present: [
            "id": .string("\(event.id)"), "kind": .string(event.kind.rawValue), "on": .string(event.on.iso),
            "reason": reason.map(JSONValue.string),
            "duplicate_of": duplicateOf.map { .string("\($0)") },
            "despite_duplicate": despiteDuplicate ? .bool(true) : nil,
        ])
        return try await row(question, Self.ofPersons).required { $0.text("state") }
    }

    func undo(_ applicant: ApplicantID, reason: String) async throws -> String {
        var question = OutreachClient.Question(.post, "applications", "\(applicant)", "events")
        question.body = .object([.init("kind", .string("undo")), .init("reason", .string(reason))])
        return try await row(question, Self.ofPersons).required { $0.text("undone") }
    }
}
