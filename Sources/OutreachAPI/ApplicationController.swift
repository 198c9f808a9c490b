internal import Foundation
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/applications`: who waits, and what was decided.
struct ApplicationController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.get("applications", use: list)
        router.get("applications/:applicant/events", use: steps)
        router.post("applications/:applicant/events", use: review)
    }

    private func store(_ authority: Authority) -> ApplicationStore {
        ApplicationStore(federation: ledger.federation, vault: ledger.vault, authority: authority)
    }

    /// `?area=&state=&meeting=&waiting=&limit=&after=`; masked.
    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let filter = try Self.filter(request)
        let today = OfficeTime.day(of: .now)
        let listed = try await ledger.pool.withConnection { connection in
            try await store.list(filter, today: today, on: connection)
        }
        let next = listed.count == filter.limit ? listed.last?.applicant : nil
        return Response(
            json: .object([
                .init("applications", .array(listed.map { $0.json(today: today) })),
                .init("next", next.map { .string("\($0)") } ?? .null),
            ]))
    }

    private static func filter(_ request: Request) throws -> ApplicationFilter {
        let query = request.uri.queryParameters
        func refused(_ name: String) -> DocumentRefused {
            PersonBody.issue(
                "parameter.form", "/\(name)", Bilingual(zh: "参数无法识别", en: "the parameter does not read"),
                Bilingual(zh: "改正后重试", en: "mend it and try again"))
        }
        var filter = ApplicationFilter()
        if let area = query["area"].map(String.init) {
            guard (6...9).contains(area.utf8.count), area.utf8.allSatisfy({ (48...57).contains($0) }) else {
                throw refused("area")
            }
            filter.area = area
        }
        if let state = query["state"] {
            guard let state = ApplicationState(rawValue: String(state)) else { throw refused("state") }
            filter.state = state
        }
        if let meeting = query["meeting"] {
            guard let id = MeetingID(meeting) else { throw refused("meeting") }
            filter.meeting = id
        }
        if let waiting = query["waiting"] {
            guard let days = Int(waiting), (0...100_000).contains(days) else { throw refused("waiting") }
            filter.waitingDays = days
        }
        if let after = query["after"] {
            guard let id = ApplicantID(after) else { throw refused("after") }
            filter.after = id
        }
        if let limit = query["limit"] {
            guard let limit = Int(limit), limit > 0 else { throw refused("limit") }
            filter.limit = min(limit, 200)
        }
        return filter
    }

    @Sendable func steps(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let (steps, duplicates) = try await ledger.pool.withConnection { connection in
            (
                try await store.steps(of: applicant, on: connection),
                try await store.duplicates(of: applicant, on: connection)
            )
        }
        return Response(
            json: .object([
                .init("events", .array(steps.map(\.json))),
                .init(
                    "duplicates",
                    .array(
                        duplicates.map {
                            .object([
                                .init("applicant", .string("\($0.applicant)")),
                                .init("meeting", .string("\($0.meeting)")),
                                .init("matched", .string($0.matched)),
                            ])
                        })),
            ]))
    }

    /// `{"id", "kind", "on", "reason", "duplicate_of", "despite_duplicate"}`; `kind` is a step, or `undo`.
    @Sendable func review(request: Request, context: APIContext) async throws -> Response {
        let store = store(try context.acting())
        let applicant = try context.applicant()
        let body = try await PersonBody(
            request, known: ["id", "kind", "on", "reason", "duplicate_of", "despite_duplicate"])
        let today = OfficeTime.day(of: .now)
        if try body.text("kind") == "undo" {
            let reason = try body.required("reason")
            let undone = try await ledger.pool.withConnection { connection in
                try await store.undo(applicant, reason: reason, on: connection)
            }
            return Response(json: .object([.init("undone", .string(undone.rawValue))]))
        }
        let step: ApplicationStep = try body.choice("kind")
        let event = ApplicationEvent(
            id: try body.identifier("id", as: Identifier<ApplicationEvent>.self) ?? Identifier(UUID()),
            applicant: applicant, kind: step, on: try body.day("on", otherwise: today))
        let reason = try body.text("reason")
        let other = try body.identifier("duplicate_of", as: ApplicantID.self)
        let despite = try body.flag("despite_duplicate")
        let standing = try await ledger.pool.withConnection { connection in
            try await store.review(
                event, reason: reason, duplicateOf: other, despiteDuplicate: despite, today: today,
                on: connection)
        }
        return Response(
            json: .object([
                .init("id", .string("\(event.id)")), .init("state", .string(standing.state.rawValue)),
            ]), status: .created)
    }
}
