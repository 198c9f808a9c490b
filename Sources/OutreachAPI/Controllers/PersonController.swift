internal import Foundation
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/persons`: what the law gives persons. Every look has its reason and its entry in the audit.
struct PersonController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.get("persons/:applicant", use: look)
        router.post("persons/:applicant/unmask", use: unmask)
        router.post("persons/:applicant/copy", use: copy)
        router.post("persons/:applicant/correct", use: correct)
        router.post("persons/:applicant/erase", use: erase)
        router.post("persons/:applicant/withdraw-consent", use: withdrawConsent)
        router.post("persons/:applicant/hand-over", use: handOver)
        router.get("persons/requests", use: requests)
        router.post("persons/:applicant/requests", use: ask)
        router.post("persons/requests/:request/answer", use: answer)
    }

    private func store(_ authority: Authority) -> PersonStore {
        PersonStore(federation: ledger.federation, vault: ledger.vault, authority: authority)
    }

    private func register(_ authority: Authority) -> PersonRequestStore {
        PersonRequestStore(federation: ledger.federation, authority: authority)
    }

    private var today: Day { OfficeTime.day(of: .now) }

    /// Masked, with `?reason=`.
    @Sendable func look(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        guard let reason = try QueryReader(request, known: ["reason"]).text("reason") else {
            throw PersonBody.missing("reason")
        }
        let record = try await ledger.pool.withConnection { connection in
            try await store.look(at: applicant, why: reason, on: connection)
        }
        return Response(json: record.json(clear: false))
    }

    @Sendable func unmask(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let reason = try await PersonBody(request, known: ["reason"]).required("reason")
        let record = try await ledger.pool.withConnection { connection in
            try await store.unmask(applicant, why: reason, on: connection)
        }
        return Response(json: record.json(clear: true))
    }

    @Sendable func copy(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let reason = try await PersonBody(request, known: ["reason"]).required("reason")
        let copy = try await ledger.pool.withConnection { connection in
            try await store.copy(of: applicant, why: reason, on: connection)
        }
        return Response(json: copy.json(today: today))
    }

    /// `{"reason", "person": {"name", "mobile", "document"}}`.
    @Sendable func correct(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let body = try await PersonBody(request, known: ["reason", "person"])
        let reason = try body.required("reason")
        guard let person = body.value("person") else { throw PersonBody.missing("person") }
        try await ledger.pool.withConnection { connection in
            try await store.correct(applicant, to: person, why: reason, on: connection)
        }
        return Response(status: .noContent)
    }

    @Sendable func erase(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let reason = try await PersonBody(request, known: ["reason"]).required("reason")
        try await ledger.pool.withConnection { connection in
            try await store.erase(applicant, why: reason, on: connection)
        }
        return Response(status: .noContent)
    }

    @Sendable func withdrawConsent(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let today = today
        let day = try await PersonBody(request, known: ["on"]).day("on", otherwise: today)
        let state = try await ledger.pool.withConnection { connection in
            try await store.withdrawConsent(of: applicant, on: day, today: today, on: connection)
        }
        return Response(json: .object([.init("state", .string(state.rawValue))]))
    }

    /// `{"to", "recipient", "reason"}` → the fields that this recipient needs.
    @Sendable func handOver(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let body = try await PersonBody(request, known: ["to", "recipient", "reason"])
        let kind: PersonHandOver.Recipient = try body.choice("to")
        let name = try body.required("recipient")
        let reason = try body.required("reason")
        let given = try await ledger.pool.withConnection { connection in
            try await store.handOver(applicant, to: kind, named: name, why: reason, on: connection)
        }
        return Response(json: given)
    }

    // MARK: The register of requests

    private enum Choice: String, CaseIterable { case `true`, `false` }

    @Sendable func requests(request: Request, context: APIContext) async throws -> Response {
        let register = register(try context.acting())
        let open = try QueryReader(request, known: ["open"]).choice("open", of: Choice.self) == .true
        let today = today
        let requests = try await ledger.pool.withConnection { connection in
            try await register.list(openOnly: open, on: connection)
        }
        return Response(
            json: .object([.init("requests", .array(requests.map { $0.json(today: today) }))]))
    }

    /// `{"id", "kind", "on"}`.
    @Sendable func ask(request: Request, context: APIContext) async throws -> Response {
        let register = register(try context.acting())
        let applicant = try context.applicant()
        let body = try await PersonBody(request, known: ["id", "kind", "on"])
        let today = today
        let kind: PersonRequest.Kind = try body.choice("kind")
        let day = try Self.past(try body.day("on", otherwise: today), today)
        let id = try body.identifier("id", as: PersonRequestID.self)
        let made = try await ledger.pool.withConnection { connection in
            try await register.add(kind, of: applicant, askedOn: day, id: id, on: connection)
        }
        return Response(json: made.json(today: today), status: .created)
    }

    /// `{"outcome", "on"}`.
    @Sendable func answer(request: Request, context: APIContext) async throws -> Response {
        let register = register(try context.acting())
        guard let id = context.parameters.get("request").flatMap({ PersonRequestID($0) }) else {
            throw Problem.notFound
        }
        let body = try await PersonBody(request, known: ["outcome", "on"])
        let today = today
        let outcome = try body.required("outcome")
        let day = try Self.past(try body.day("on", otherwise: today), today)
        let answered = try await ledger.pool.withConnection { connection in
            try await register.answer(id, outcome: outcome, on: day, on: connection)
        }
        return Response(json: answered.json(today: today))
    }

    private static func past(_ day: Day, _ today: Day) throws -> Day {
        guard day <= today else {
            throw PersonBody.issue(
                "date.future", "/on", Bilingual(zh: "日期在将来", en: "the day lies in the future"),
                Bilingual(zh: "填今天或更早的日期", en: "give today or an earlier day"))
        }
        return day
    }
}
