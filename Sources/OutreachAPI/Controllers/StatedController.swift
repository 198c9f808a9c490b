internal import Funnel
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// `/v1/declared-totals` and `/v1/targets`: what offices state. Whoever reads meetings reads it in its areas; whoever
/// also decides on applications records it there. What is of the whole federation is for who sees all of it.
struct StatedController: Sendable {
    let ledger: Ledger
    let kind: StatedKind

    /// A few thousand rows.
    static let largestFile = 1 << 20

    func register(in router: RouterGroup<APIContext>) {
        let path: RouterPath = kind == .declared ? "declared-totals" : "targets"
        let group = router.group(path)
        group.get(use: list)
        group.post(use: take)
        group.delete(":id", use: void)
    }

    /// In order of unit, period and figure.
    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(request, known: ["area", "figure", "history"])
        let area = query.text("area")
        let figure: HeadlineMeasure? = try query.choice("figure")
        let withHistory = try query.flag("history")
        let rows = try await ledger.reading(as: authority, requiring: [.meetings]) { connection in
            try await StatedReader(federation: ledger.federation).rows(
                kind, of: area, figure: figure, withHistory: withHistory, areas: ledger.areas, on: connection)
        }
        return Response(.object([.init("items", .array(rows))]))
    }

    /// Records a table: every row or none. Without `replace` another number than the one that stands is a conflict;
    /// of targets it is always the next revision.
    @Sendable func take(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(
            request, known: kind == .declared ? ["replace", "dry_run", "map"] : ["dry_run", "map"])
        let isReplacing = kind == .target ? true : try query.flag("replace")
        let isPreview = try query.flag("dry_run")
        let map = try query.headerMap("map")
        let units = try await ledger.stating(as: authority) { scope, connection in
            try await StatedUnitDirectory.read(of: ledger.federation, areas: ledger.areas, on: connection)
                .limited(to: scope.areas)
        }
        let source = TextSource(try await request.csv(upTo: Self.largestFile))
        let file = try StatedFile(
            source, kind: kind, units: units, words: HeadlineMeasure.words, map: map,
            today: OfficeTime.day(of: .now))
        guard file.report.isEmpty else { throw Problem.rows(file.report) }
        let facts = FactRecorder(federation: ledger.federation, authority: authority)
        var plan = try await ledger.stating(as: authority) { _, connection in
            try await facts.plan(file.statements, kind: kind, on: connection)
        }
        guard isReplacing || plan.revised.isEmpty else {
            throw Problem.conflicts(plan.conflicts(lines: file.lines))
        }
        if !isPreview, plan.added.count + plan.revised.count > 0 {
            plan = try await ledger.pool.withConnection { connection in
                try await facts.state(
                    file.statements, kind: kind, replacing: isReplacing, file: source.hash.hexadecimal,
                    on: connection)
            }
        }
        return Response(plan.json(kind, rows: file.rows, lines: file.lines, isPreview: isPreview))
    }

    /// Takes a statement back, with a reason.
    @Sendable func void(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let id: StatementID = try context.id()
        let why = try MeetingVoid.reason(try await request.smallBody())
        try await ledger.stating(as: authority) { _, _ in }
        let facts = FactRecorder(federation: ledger.federation, authority: authority)
        try await ledger.pool.withConnection { connection in
            try await facts.void(id, kind: kind, why: why, on: connection)
        }
        return Response(status: .noContent)
    }
}

extension Ledger {
    /// Reads as an account that may record what offices state.
    func stating<Value: Sendable>(
        as authority: Authority,
        _ body: nonisolated(nonsending) @Sendable (ActorScope, PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await transaction(as: authority, for: .recording, .repeatableRead.readOnly) { connection in
            let scope = try await ActorScope.current(on: connection)
            guard scope.rights.isSuperset(of: [.record, .review]) else { throw Problem.notAllowed }
            return try await body(scope, connection)
        }
    }
}

extension QueryReader {
    /// What headers mean that are not ours: a table of two columns.
    func headerMap(_ key: String) throws -> [String: String] {
        guard let text = text(key) else { return [:] }
        do {
            return try HeaderMap.read(TextSource(Array(text.utf8)))
        } catch let issue as DocumentIssue {
            throw Problem.query(issue.code, key, issue.rule, issue.mend)
        }
    }
}
