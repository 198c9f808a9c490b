internal import Outreach
internal import OutreachClient
internal import OutreachStore

/// Personal data and the rights of persons.
protocol PersonPlace {
    /// Masked, or in clear; both are audited.
    func person(_ id: ApplicantID, why: String, unmasked: Bool) async throws -> JSONRow
    /// `goutong.person-copy/1`, in clear.
    func copy(of id: ApplicantID, why: String) async throws -> JSONRow
    func correct(_ id: ApplicantID, to person: JSONValue, why: String) async throws
    func erase(_ id: ApplicantID, why: String) async throws
    /// The state that the application has then.
    func withdrawConsent(of id: ApplicantID, on day: Day) async throws -> String
    func handOver(
        _ id: ApplicantID, to kind: PersonHandOver.Recipient, named name: String, why: String
    ) async throws -> JSONValue
    func requests(openOnly: Bool) async throws -> [JSONRow]
    func ask(_ kind: PersonRequest.Kind, of id: ApplicantID, on day: Day, dueIn days: Int) async throws
        -> JSONRow
    func answer(_ id: PersonRequestID, outcome: String, on day: Day) async throws
}

extension Workplace: PersonPlace {
    private var store: PersonStore { PersonStore(federation: federation, vault: vault) }
    private var register: PersonRequestStore { PersonRequestStore(federation: federation) }

    func person(_ id: ApplicantID, why: String, unmasked: Bool) async throws -> JSONRow {
        let record =
            try await unmasked
            ? store.unmask(id, why: why, on: connection) : store.look(at: id, why: why, on: connection)
        return JSONRow(record.json(clear: unmasked))
    }

    func copy(of id: ApplicantID, why: String) async throws -> JSONRow {
        JSONRow(try await store.copy(of: id, why: why, on: connection).json(today: Self.today))
    }

    func correct(_ id: ApplicantID, to person: JSONValue, why: String) async throws {
        try await store.correct(id, to: person, why: why, on: connection)
    }

    func erase(_ id: ApplicantID, why: String) async throws {
        try await store.erase(id, why: why, on: connection)
    }

    func withdrawConsent(of id: ApplicantID, on day: Day) async throws -> String {
        try await store.withdrawConsent(of: id, on: day, today: Self.today, on: connection).rawValue
    }

    func handOver(
        _ id: ApplicantID, to kind: PersonHandOver.Recipient, named name: String, why: String
    ) async throws -> JSONValue {
        try await store.handOver(id, to: kind, named: name, why: why, on: connection)
    }

    func requests(openOnly: Bool) async throws -> [JSONRow] {
        try await register.list(openOnly: openOnly, on: connection).map {
            JSONRow($0.json(today: Self.today))
        }
    }

    func ask(
        _ kind: PersonRequest.Kind, of id: ApplicantID, on day: Day, dueIn days: Int
    ) async throws -> JSONRow {
        JSONRow(
            try await register.add(kind, of: id, askedOn: day, dueIn: days, on: connection).json(
                today: Self.today))
    }

    func answer(_ id: PersonRequestID, outcome: String, on day: Day) async throws {
        _ = try await register.answer(id, outcome: outcome, on: day, on: connection)
    }
}

extension RemoteWorkplace: PersonPlace {
    private func question(
        _ id: ApplicantID, _ what: String, isRepeatable: Bool = false,
        _ body: KeyValuePairs<String, JSONValue?>
    ) -> OutreachClient.Question {
        var question = OutreachClient.Question(
            .post, "persons", "\(id)", what, isRepeatable: isRepeatable)
        question.body = .object(present: body)
        return question
    }

    func person(_ id: ApplicantID, why: String, unmasked: Bool) async throws -> JSONRow {
        guard !unmasked else {
            return try await row(question(id, "unmask", ["reason": .string(why)]), Self.ofPersons)
        }
        var question = OutreachClient.Question(.get, "persons", "\(id)")
        question.query = ["reason": why]
        return try await row(question, Self.ofPersons)
    }

    func copy(of id: ApplicantID, why: String) async throws -> JSONRow {
        try await row(question(id, "copy", ["reason": .string(why)]), Self.ofPersons)
    }

    func correct(_ id: ApplicantID, to person: JSONValue, why: String) async throws {
        _ = try await bytes(
            question(id, "correct", ["reason": .string(why), "person": person]), Self.ofPersons)
    }

    func erase(_ id: ApplicantID, why: String) async throws {
        _ = try await bytes(question(id, "erase", ["reason": .string(why)]), Self.ofPersons)
    }

    func withdrawConsent(of id: ApplicantID, on day: Day) async throws -> String {
        try await row(question(id, "withdraw-consent", ["on": .string(day.iso)]), Self.ofPersons)
            .required { $0.text("state") }
    }

    func handOver(
        _ id: ApplicantID, to kind: PersonHandOver.Recipient, named name: String, why: String
    ) async throws -> JSONValue {
        try await row(
            question(
                id, "hand-over",
                [
                    "to": .string(kind.rawValue), "recipient": .string(name), "reason": .string(why),
                ]), Self.ofPersons
        ).json
    }

    func requests(openOnly: Bool) async throws -> [JSONRow] {
        var question = OutreachClient.Question(.get, "persons", "requests")
        question.query = ["open": openOnly ? "true" : nil]
        return try await row(question, Self.ofPersons).required { $0.rows("requests") }
    }

    func ask(
        _ kind: PersonRequest.Kind, of id: ApplicantID, on day: Day, dueIn days: Int
    ) async throws -> JSONRow {
        guard days == PersonRequest.daysToAnswer else {
            throw CommandFailure(
                .usage, code: "server.not_offered", pointer: "--due-in",
                rule: Bilingual(
                    zh: "服务按 \(PersonRequest.daysToAnswer) 天计",
                    en: "a service counts \(PersonRequest.daysToAnswer) days"),
                mend: Bilingual(zh: "去掉 --due-in", en: "leave --due-in out"))
        }
        return try await row(
            question(
                id, "requests", isRepeatable: true,
                [
                    "id": .string("\(PersonRequestID.minted())"), "kind": .string(kind.rawValue),
                    "on": .string(day.iso),
                ]), Self.ofPersons)
    }

    func answer(_ id: PersonRequestID, outcome: String, on day: Day) async throws {
        var question = OutreachClient.Question(.post, "persons", "requests", "\(id)", "answer")
        question.body = .object([.init("outcome", .string(outcome)), .init("on", .string(day.iso))])
        _ = try await row(question, Self.ofPersons)
    }
}
