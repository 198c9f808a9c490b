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

    private static func filter(_ request: Request) throws(Problem) -> ApplicationFilter {
        let query = try QueryReader(
            request, known: ["area", "state", "meeting", "waiting", "after", "limit"])
        var filter = ApplicationFilter()
        filter.area = try query.areaCode("area")
        filter.state = try query.choice("state")
        filter.meeting = try query.identifier("meeting")
        filter.waitingDays = try query.read(
            "waiting", "number.range", Bilingual(zh: "应为 0 到 100000 天", en: "must be 0 to 100000 days"),
            Bilingual(zh: "例如 30", en: "for example 30")
        ) { text -> Int? in
            guard text.utf8.allSatisfy({ (48...57).contains($0) }), let days = Int(text) else { return nil }
            return days <= 100_000 ? days : nil
        }
        filter.after = try query.identifier("after")
        filter.limit = try query.limit("limit", usual: 50, most: 200)
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
            try body.check(known: ["kind", "reason"])
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
