internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/exports`: what is too large for memory. Reports and the audit hand out their own.
struct ExportController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.get("exports/ledger", use: everything)
    }

    /// Every fact without persons, from one snapshot, for who sees every area with its firms and applicants. The
    /// last line tells that the export is whole.
    @Sendable func everything(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let type = try LinesOnly.chosen(by: request)
        _ = try QueryReader(request, known: [])
        let federation = ledger.federation
        let export = LedgerExport(federation: federation, authority: authority)
        let pass = try ledger.exports.enter()
        try await ledger.pool.withConnection { connection in try await export.announce(on: connection) }
        let pool = ledger.pool
        return Response(streaming: type.rawValue + "; charset=utf-8", named: "ledger.jsonl", with: pass) {
            write in
            try await pool.withConnection { connection in
                try await export.run(on: connection) { table, rows in
                    for try await piece in rows { try await write(Self.line(table.fileName, piece)) }
                }
            }
            try await write(Self.line(LedgerDescriptor.fileName, LedgerDescriptor.json(federation)))
            let end = JSONValue.object([.init("files", .integer(LedgerExport.fileNames.count))])
            try await write(end.text() + "\n")
        }
    }

    private static func line(_ file: String, _ piece: [UInt8]) -> String {
        JSONValue.object([
            .init("file", .string(file)), .init("text", .string(String(decoding: piece, as: UTF8.self))),
        ]).text() + "\n"
    }
}
