internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// `/v1/programmes`: which units take part in what, in which arm, from when. Everybody's to read; a lead of the whole
/// federation records them, and nobody changes one.
struct ProgrammeController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.get("programmes", use: list)
        router.get("programmes/:code", use: show)
        router.post("programmes", use: take)
    }

    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let programmes = try await ledger.reading(as: authority, requiring: []) { connection in
            try await Programme.all(of: ledger.federation, on: connection)
        }
        return Response(.object([.init("items", .array(programmes.map(\.json)))]))
    }

    /// Its units.
    @Sendable func show(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let code = try context.segment("code")
        let programme = try await ledger.reading(as: authority, requiring: []) { connection in
            try await Programme.read(code, federation: ledger.federation, on: connection)
        }
        guard let programme else { throw Problem.notFound }
        return Response(
            .object([
                .init("programme", programme.json), .init("units", .array(programme.units.map(\.json))),
            ]))
    }

    /// Records the programmes of a table: all of them or none. One that is there word for word stays as it is.
    @Sendable func take(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(request, known: ["dry_run", "map"])
        let isPreview = try query.flag("dry_run")
        let map = try query.headerMap("map")
        try await ledger.stating(as: authority) { scope, _ in
            guard scope.areas == nil else { throw Problem.notAllowed }
        }
        let source = TextSource(try await request.csv(upTo: StatedController.largestFile))
        let file = try ProgrammeFile(source, areas: ledger.areas, map: map)
        guard file.report.isEmpty else { throw Problem.rows(file.report) }
        let federation = ledger.federation
        let plan = try await ledger.stating(as: authority) { _, connection in
            try await ProgrammePlan(file.programmes, in: federation, on: connection)
        }
        guard plan.conflicts.isEmpty else { throw Problem.conflicts(plan.conflicts) }
        if !isPreview, !plan.added.isEmpty {
            let facts = FactRecorder(federation: federation, authority: authority)
            _ = try await ledger.pool.withConnection { connection in
                try await facts.add(file.programmes, file: source.hash.hexadecimal, on: connection)
            }
        }
        return Response(plan.json(rows: file.rows, isPreview: isPreview))
    }
}
