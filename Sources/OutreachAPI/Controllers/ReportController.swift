internal import Funnel
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// `/v1/reports`: figures, never a person. Journeys are followed over the whole federation; an account without
/// the city's figures gets what counts for its own areas, and no total of others.
struct ReportController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.get("reports/weekly", use: weekly)
        router.get("reports/funnel", use: funnel)
        router.get("reports/pilot-comparison", use: comparison)
        registerIssued(in: router)
    }

    /// The weekly report. Without a week: the last one that is over.
    @Sendable func weekly(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let type = try MediaType.chosen(by: request)
        let query = try QueryReader(
            request, known: ["week", "ending", "area", "as_known_at", "profile", "ranks"])
        let profile: ReportProfile? = try query.choice("profile")
        let showsRanks = try query.flag("ranks")
        let week = try Self.week(query)
        let asked = try query.moment("as_known_at")
        let area = try query.areaCode("area")
        let scope = try await ledger.counting(
            as: authority,
            noting: AuditEvent(.reportRead, object: .init(kind: "weekly", id: week.end.iso)))
        let moment = try await ledger.moment(asked, as: authority)
        let own = FigureScope(scope, map: ledger.areas, on: week.end)
        let reader = WeeklyFiguresReader(
            federation: ledger.federation, areas: ledger.areas, authority: authority,
            scope: own == nil ? nil : scope.areas)
        let read = try await ledger.pool.withConnection { connection in
            try await reader.read(
                week: week, at: moment, definition: Self.definition(of: week), on: connection)
        }
        var figures = read.figures
        if let own {
            figures = figures.limited(toAreas: own.areas, earlier: own.earlier, districts: own.districts)
            figures.scope = own.codes
        }
        if let area { figures = try Self.limited(figures, to: area) }
        if !scope.rights.contains(.meetings) { figures = figures.withoutOwners }
        let report = WeeklyReport(
            figures, circulation: Circulation(auditHead: read.auditHead?.text), showsRanks: showsRanks)
        let bytes = try report.rendered(
            profile == .brief && type == .text ? .brief : type.reportFormat, language: request.language,
            csvProfile: profile == .data ? .data : .excel)
        return Response(bytes, as: type, named: "weekly-\(week.name)")
    }

    /// One district or area of what the account gets; any other is as one that does not exist.
    private static func limited(_ figures: WeeklyFigures, to code: String) throws -> WeeklyFigures {
        let areas = Set(figures.areas.map(\.code).filter { $0.hasPrefix(code) })
        guard !areas.isEmpty else { throw Problem.notFound }
        let districts = Set(figures.districts.map(\.code).filter { code.hasPrefix($0) })
        return figures.limited(toAreas: areas, districts: districts)
    }

    /// How the weekly report counts, with the calendar of its week.
    static func definition(of week: Week) -> FunnelDefinition {
        FunnelDefinition(
            boundaries: "as_is", calendar: FunnelDefinition.calendar(startingOn: week.start.weekday))
    }

    static func week(_ query: QueryReader) throws(Problem) -> Week {
        let today = OfficeTime.day(of: .now)
        let named = try query.read(
            "week", "week.unknown", Bilingual(zh: "没有这一周", en: "no such week"),
            Bilingual(zh: "写成 2018-W52", en: "write it as 2018-W52"), { Week(name: $0) })
        let ending = try query.day("ending").map(Week.init(ending:))
        if named != nil, ending != nil {
            throw .query(
                "week.twice", "week",
                Bilingual(zh: "week 和 ending 只能用一个", en: "give week or ending, not both"),
                Bilingual(zh: "去掉一个", en: "leave one out"))
        }
        let week = named ?? ending ?? Week(containing: today).previous
        guard week.start <= today else {
            throw .query(
                "week.future", named == nil ? "ending" : "week",
                Bilingual(zh: "这一周还没有开始", en: "this week has not begun"),
                Bilingual(zh: "填已开始的周", en: "give a week that has begun"))
        }
        return week
    }
}

/// What a media type leaves open: CSV for spreadsheets (as without a word) or for programs; text in brief.
enum ReportProfile: String, CaseIterable { case excel, data, brief }

extension MediaType {
    var reportFormat: ReportFormat {
        switch self {
        case .json: .json
        case .html: .html
        case .csv: .csv
        case .xlsx: .xlsx
        case .text: .text
        }
    }
}
