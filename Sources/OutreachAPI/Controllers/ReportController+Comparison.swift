internal import Funnel
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

extension ReportController {
    /// Without a word: today; for the sample, the last day it has anything of.
    private var lastDay: Day {
        let today = OfficeTime.day(of: .now)
        return ledger.federation.synthetic ? Day(year: 2018, month: 12, day: 30) ?? today : today
    }

    enum ComparisonTable: String, CaseIterable { case cells, estimates }

    /// What a comparison can come as: one of its files, or its folder.
    private enum ComparisonType: String, NegotiatedType {
        case json = "application/json"
        case html = "text/html"
        case csv = "text/csv"
        case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case folder = "application/x-tar"
    }

    /// The pilot comparison, complete and for internal use, or what of it may be published: for who gets figures of
    /// every area. An export.
    @Sendable func comparison(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let type = try ComparisonType.chosen(by: request)
        let query = try QueryReader(
            request, known: ["programme", "window", "to", "as_known_at", "table", "audience"])
        let table: ComparisonTable = try query.choice("table") ?? .cells
        let audience: PilotComparison.Audience = try query.choice("audience") ?? .internal
        let code = query.text("programme") ?? "beijing-2018"
        let window = try query.read(
            "window", "window.form", Bilingual(zh: "跟踪期应为 0 到 3650 天", en: "the window is 0 to 3650 days"),
            Bilingual(zh: "例如 30", en: "for example 30"), Self.days)
        let to = try query.pastDay("to") ?? lastDay
        let asked = try query.moment("as_known_at")
        let scope = try await ledger.counting(
            as: authority, noting: AuditEvent(.exportComparison, object: .init(kind: "programme", id: code)))
        guard FigureScope(scope, map: ledger.areas, on: to) == nil else { throw Problem.notAllowed }
        let moment = try await ledger.moment(asked, as: authority)
        let federation = ledger.federation
        let complete = try await ledger.transaction(
            as: authority, for: .counting, .repeatableRead.readOnly
        ) { connection in
            guard let programme = try await Programme.read(code, federation: federation, on: connection)
            else { throw Problem.notFound }
            guard audience == .internal || window == nil || window == programme.windowDays else {
                throw Problem.query(
                    "window.public", "window",
                    Bilingual(zh: "公开版只用项目自己的跟踪期", en: "the public folder has the programme's own window"),
                    Bilingual(zh: "去掉 window", en: "leave out window"))
            }
            return try await programme.comparison(
                windowDays: window ?? programme.windowDays, to: to, at: moment, federation: federation,
                on: connection)
        }
        let comparison = audience == .public ? try complete.published() : complete
        let folder = PilotFolder(comparison, language: request.language)
        let name = "pilot-comparison-\(table.rawValue)"
        switch type {
        case .json: return Response(Array(folder.json().utf8), as: .json, named: name)
        case .html: return Response(Array(folder.page.utf8), as: .html, named: name)
        case .csv:
            let text = table == .cells ? folder.cells(.data) : folder.estimates(.data)
            return Response(Array(text.utf8), as: .csv, named: name)
        case .xlsx: return Response(try folder.workbookBytes(), as: .xlsx, named: name)
        case .folder:
            return Response(archive: TapeArchive.bytes(of: try folder.files()), named: "pilot-comparison")
        }
    }
}
