internal import Hummingbird
internal import NIOCore
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Vault

/// `/v1/audit`: the auditor's. Others are answered as by something that does not exist.
///
/// The chain is not checked here: that takes the whole of it, longer than a request may, and a service that
/// was tampered with would answer for itself. What is on paper is compared with `audit/head`; the machine that
/// holds the key checks the rest (`goutong audit verify`).
struct AuditController: Sendable {
    let ledger: Ledger

    private static let largestPage = 500
    private static let filters = ["from", "to", "actor", "action", "object"]

    func register(in router: RouterGroup<APIContext>) {
        router.get("audit", use: list)
        router.get("audit/head", use: head)
        router.get("audit/export", use: export)
    }

    private func reader(_ authority: Authority) -> AuditReader {
        AuditReader(federation: ledger.federation, authority: authority)
    }

    /// Entries, the latest first, a page at a time.
    @Sendable func list(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(request, known: Self.filters + ["limit", "cursor"])
        let filter = try query.auditFilter()
        let limit = try query.limit("limit", usual: 100, most: Self.largestPage)
        let cursor = PageCursor(
            of: "audit", filters: Self.filters.map(query.text), account: authority.account,
            vault: ledger.vault)
        let position = try query.position(of: cursor, AuditCursor.init)
        let reader = reader(authority)
        var found = try await ledger.pool.withConnection { connection in
            // One more than asked tells whether there is a next page.
            try await reader.list(filter, after: position, limit: limit + 1, on: connection)
        }
        var next: String?
        if found.count > limit {
            found.removeLast()
            next = found.last.map { cursor.text(of: AuditCursor(after: $0).text) }
        }
        return Response(
            .object([
                .init("items", .array(found.map(\.json))),
                .init("next", next.map(JSONValue.string) ?? .null),
            ]))
    }

    /// The head of the chain, to be kept on paper; `?position=` gives the one of an earlier link, to be
    /// compared with what was kept.
    @Sendable func head(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let query = try QueryReader(request, known: ["position"])
        let position = try query.read(
            "position", "number.range", Bilingual(zh: "应为正整数", en: "must be a positive whole number"),
            Bilingual(zh: "填校验值冒号前的数字", en: "give the number before the head's colon")
        ) { text -> Int? in
            guard text.utf8.allSatisfy({ (48...57).contains($0) }), let position = Int(text), position > 0
            else { return nil }
            return position
        }
        let reader = reader(authority)
        let head = try await ledger.pool.withConnection { connection in
            try await reader.head(at: position, on: connection)
        }
        guard let head else { throw Problem.notFound }
        return Response(
            .object([
                .init("position", .integer(head.position)), .init("head", .string(head.text)),
            ]))
    }

    /// The entries in the order of the chain with the head that they end on, piece by piece from one snapshot.
    /// The last line tells that the export is whole.
    @Sendable func export(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let type = try AuditMediaType.chosen(by: request)
        let query = try QueryReader(request, known: Self.filters)
        let export = AuditExport(reader(authority), filter: try query.auditFilter(), as: type.format)
        let pass = try ledger.exports.enter()
        try await ledger.pool.withConnection { connection in try await export.announce(on: connection) }
        // So that the export holds its own announcement as a link. What cannot be sealed now waits in it.
        _ = try? await AuditSealer(
            federation: ledger.federation, key: ledger.vault.auditKey, pool: ledger.pool
        ).sealOnce(atMost: 10)
        let pool = ledger.pool
        return Response(streaming: type.contentType, named: "audit.\(type)", with: pass) { write in
            try await pool.withConnection { connection in
                _ = try await export.run(on: connection) { text in try await write(text) }
            }
        }
    }
}

/// What an export of the audit can come as.
enum AuditMediaType: String, NegotiatedType {
    case jsonl = "application/jsonl"
    case csv = "text/csv"

    var contentType: String { rawValue + "; charset=utf-8" }

    var format: AuditExport.Format {
        switch self {
        case .jsonl: .jsonl
        case .csv: .csv
        }
    }
}

extension QueryReader {
    /// `from` and `to` are days in the office, the last one included, or instants.
    fileprivate func auditFilter() throws(Problem) -> AuditFilter {
        var filter = AuditFilter()
        filter.from = try bound("from") { $0 }
        filter.until = try bound("to") { $0.adding(days: 1) }
        filter.actor = text("actor")
        filter.action = text("action")
        filter.object = text("object")
        return filter
    }

    private func bound(_ key: String, _ day: (Day) -> Day) throws(Problem) -> PostgresTimestamp? {
        try read(
            key, "date.form", Bilingual(zh: "不是有效的日期或时刻", en: "neither a date nor an instant"),
            Bilingual(
                zh: "写成 2018-12-30 或 2018-12-31T18:00:00+08:00",
                en: "write it as 2018-12-30 or 2018-12-31T18:00:00+08:00")
        ) { text in
            OfficeTime.moment(text) ?? Day(iso: text).map { OfficeTime.beginning(of: day($0)) }
        }
    }
}
