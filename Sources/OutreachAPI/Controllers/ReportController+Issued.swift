internal import Funnel
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// A report's life: who has still to report, what was issued, what moved since, what a number is made of.
extension ReportController {
    func registerIssued(in router: RouterGroup<APIContext>) {
        router.get("reports/missing", use: missing)
        router.get("reports/issued", use: issued)
        router.get("reports/changes", use: changes)
        router.get("reports/explain", use: explain)
    }

    /// Who of the account's areas has not reported a week.
    @Sendable func missing(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(request, known: ["week", "ending", "area"])
        let week = try Self.week(query)
        let area = try query.areaCode("area") ?? ""
        let scope = try await ledger.counting(
            as: authority, noting: AuditEvent(.reportRead, object: .init(kind: "missing", id: week.end.iso)))
        let own = FigureScope(scope, map: ledger.areas, on: week.end)
        let units = ledger.areas.townships.filter { unit in
            unit.isValid(on: week.end) && unit.code.hasPrefix(area) && own?.areas.contains(unit.code) ?? true
        }
        guard area.isEmpty || !units.isEmpty else { throw Problem.notFound }
        let moment = try await ledger.moment(nil, as: authority)
        let silent = try await ledger.pool.withConnection { connection in
            try await SilentUnitReader(federation: ledger.federation, authority: authority)
                .silent(of: units, in: week, at: moment, on: connection)
        }
        return Response(silent.json)
    }

    /// The editions of a week.
    @Sendable func issued(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let week = try Self.week(try QueryReader(request, known: ["week", "ending"]))
        _ = try await ledger.counting(
            as: authority, noting: AuditEvent(.reportRead, object: .init(kind: "issued", id: week.end.iso)))
        return Response(
            IssuedEdition.json(
                try await editions(of: week, as: authority), of: week, in: ledger.federation))
    }

    /// What moved an issued report since. One reading of the report for each moment that something was recorded at
    /// may take longer than a request: lines tell how far it is, and the last one is the answer.
    @Sendable func changes(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let type = try LinesOnly.chosen(by: request)
        let query = try QueryReader(request, known: ["week", "ending", "edition"])
        let week = try Self.week(query)
        let asked = try query.read(
            "edition", "number.range", Bilingual(zh: "应为正整数", en: "must be a positive whole number"),
            Bilingual(zh: "例如 1", en: "for example 1")
        ) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
        let scope = try await ledger.counting(
            as: authority, noting: AuditEvent(.reportRead, object: .init(kind: "changes", id: week.end.iso)))
        let pass = try ledger.exports.enter()
        let editions = try await editions(of: week, as: authority)
        let edition = editions[try UnknownEdition.number(asked, last: editions.count, of: week) - 1]
        let moment = try await ledger.moment(nil, as: authority)
        let (federation, pool, definition) = (ledger.federation, ledger.pool, Self.definition(of: week))
        let reader = ReportChangeReader(
            federation: federation, areas: ledger.areas, week: week, definition: definition,
            for: audience(authority, scope, on: week.end))
        return Response(
            streaming: type.rawValue + "; charset=utf-8", named: "changes-\(week.name).jsonl", with: pass
        ) { write in
            let (steps, told) = AsyncStream.makeStream(
                of: (compared: Int, moments: Int).self, bufferingPolicy: .bufferingNewest(1))
            async let found = {
                defer { told.finish() }
                return try await pool.withConnection { connection in
                    try await reader.changes(since: edition.moment, until: moment, on: connection) {
                        told.yield((compared: $0, moments: $1))
                    }
                }
            }()
            for await step in steps {
                let line = JSONValue.object([
                    .init("compared", .integer(step.compared)), .init("of", .integer(step.moments)),
                ])
                try await write(line.text() + "\n")
            }
            let changes = try await found.json(of: edition, by: definition, in: federation)
            try await write(JSONValue.object([.init("changes", changes)]).text() + "\n")
        }
    }

    /// The rows behind a number of the report that the account gets.
    @Sendable func explain(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(request, known: ["figure", "week", "ending", "area", "as_known_at"])
        let week = try Self.week(query)
        let area = try query.areaCode("area")
        guard let figure = query.text("figure"), let key = FigureKey(path: figure, area: area) else {
            throw Problem.query(FigureKey.unknown(at: "/query/figure"))
        }
        let asked = try query.moment("as_known_at")
        let scope = try await ledger.counting(
            as: authority, noting: AuditEvent(.reportRead, object: .init(kind: "explain", id: week.end.iso)))
        let own = FigureScope(scope, map: ledger.areas, on: week.end)
        if let unit = key.unit {
            let isTold = own.map { $0.areas.contains(unit) || $0.districts.contains(unit) } ?? true
            guard isTold, ledger.areas.area(code: unit, on: week.end) != nil else { throw Problem.notFound }
        }
        let moment = try await ledger.moment(asked, as: authority)
        let reader = FigureRowReader(
            federation: ledger.federation, areas: ledger.areas, week: week, at: moment,
            definition: Self.definition(of: week), authority: authority,
            scope: own == nil ? nil : scope.areas)
        let rows = try await ledger.pool.withConnection { connection in
            try await reader.rows(of: key, on: connection)
        }
        return Response(
            ExplainedFigure(figure: figure, week: week, at: moment, of: ledger.federation, rows: rows).json)
    }

    private func editions(of week: Week, as authority: Authority) async throws -> [IssuedEdition] {
        try await ledger.transaction(as: authority, for: .counting, .repeatableRead.readOnly) { connection in
            try await IssuedReports(federation: ledger.federation).known(of: week, on: connection)
        }
    }

    private func audience(_ authority: Authority, _ scope: ActorScope, on day: Day) -> ChangeAudience {
        let reads = scope.rights.contains(.meetings)
        guard let own = FigureScope(scope, map: ledger.areas, on: day) else {
            return ChangeAudience(authority: authority, areas: nil, readsMeetings: reads)
        }
        return ChangeAudience(authority: authority, areas: scope.areas, readsMeetings: reads) { figures in
            figures.limited(toAreas: own.areas, earlier: own.earlier, districts: own.districts)
        }
    }
}
