internal import Funnel
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

extension ReportController {
    private static let known = [
        "window", "start", "by", "from", "to", "as_known_at", "order", "anchor", "place", "track",
        "counts_only",
    ]

    /// The funnel by group. An account with figures of its own areas alone gets their rows, by area or by
    /// district, and no total.
    @Sendable func funnel(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        let type = try MediaType.chosen(by: request)
        let query = try QueryReader(request, known: Self.known)
        let definition = try Self.definition(query)
        let groups = try Self.groups(query, of: definition.track)
        let countsOnly = try query.flag("counts_only")
        let to = try query.pastDay("to") ?? OfficeTime.day(of: .now)
        let from = try query.day("from") ?? ledger.federation.since
        guard from <= to else {
            throw Problem.query(
                "date.order", "from",
                Bilingual(zh: "起始日期在截止日期之后", en: "the first day lies after the last"),
                Bilingual(zh: "from 不晚于 to", en: "give a from not after to"))
        }
        let asked = try query.moment("as_known_at")
        let scope = try await ledger.counting(
            as: authority, noting: AuditEvent(.reportRead, object: .init(kind: "funnel", id: to.iso)))
        let own = FigureScope(scope, map: ledger.areas, on: to)
        if own != nil, groups.levels.first?.isPlace != true { throw Problem.notAllowed }
        let moment = try await ledger.moment(asked, as: authority)
        var (breakdown, names) = try await ledger.transaction(
            as: authority, for: .counting, .repeatableRead.readOnly
        ) { connection in
            let breakdown = try await FunnelReader(
                federation: ledger.federation, isOperator: false
            ).breakdown(
                definition: definition, from: from, to: to, by: groups, isMeasured: !countsOnly, at: moment,
                on: connection)
            let industries =
                groups.levels.contains(.industry) ? try await FunnelReader.industries(on: connection) : [:]
            return (breakdown, industries)
        }
        names.merge(ledger.areas.unitNames(on: to)) { _, area in area }
        if let own {
            breakdown = breakdown.limited(
                to: groups.levels.first == .area ? own.areas : own.districts)
        }
        let table = FunnelTable(
            breakdown: breakdown, definition: definition, groups: groups, from: from, to: to,
            federation: ledger.federation.name, synthetic: ledger.federation.synthetic,
            asKnownAt: OfficeTime.text(of: moment), names: names)
        let bytes =
            switch type {
            case .json: Array((table.json() + "\n").utf8)
            case .html: Array(table.html(request.language).utf8)
            case .csv: Array(table.csv().utf8)
            case .xlsx: try table.workbookBytes(request.language)
            case .text: Array((table.text(request.language) + "\n").utf8)
            }
        return Response(bytes, as: type, named: "funnel-\(to.iso)")
    }

    /// By area unless told. Who was on duty and what an applicant is are not for whoever counts: their columns are
    /// not granted to the role that does.
    private static func groups(
        _ query: QueryReader, of track: FunnelDefinition.Track
    ) throws(Problem) -> FunnelGroups {
        let groups: FunnelGroups
        do throws(FunnelGroupsError) {
            groups = try FunnelGroups(words: [query.text("by") ?? "area"], of: track)
        } catch {
            throw .query(error.code, "by", error.rule, error.mend)
        }
        guard groups.overlaps else { return groups }
        throw Problem(
            .forbidden, code: "not-allowed",
            title: Bilingual(
                zh: "不在该账号的辖区或权限之内", en: "outside the areas or the rights of the account"),
            issues: [
                DocumentIssue(
                    code: "by.operator", pointer: "/query/by",
                    rule: Bilingual(
                        zh: "参会干部姓名和申请人的类别不向统计账号开放，不能按 cadre 或 category 分组",
                        en:
                            "an account that counts reads neither who was on duty nor an applicant's categories: "
                            + "it has no groups by cadre or category"),
                    mend: Bilingual(
                        zh: "换一种分组；或请台账管理人在数据库所在的机器上运行 goutong funnel",
                        en:
                            "group otherwise, or ask the ledger's operator to run goutong funnel beside the database"
                    ))
            ])
    }

    private static func definition(_ query: QueryReader) throws(Problem) -> FunnelDefinition {
        let track: FunnelDefinition.Track = try query.choice("track") ?? .firm
        let start: FunnelDefinition.Start? = try query.choice("start")
        if track == .worker, start != nil {
            throw .query(
                "start.track", "start",
                Bilingual(zh: "职工一律从申请入会起算", en: "workers always start at their application"),
                Bilingual(zh: "去掉 start", en: "leave start out"))
        }
        let definition = FunnelDefinition(
            track: track, window: try window(query),
            start: start ?? (track == .worker ? .intent : .firstContact),
            order: try query.choice("order") ?? .ordered, anchor: try query.choice("anchor") ?? .first,
            place: try query.choice("place") ?? .entryContact, boundaries: "as_is")
        if definition.start == .intent, definition.anchor == .any {
            throw .query(
                "anchor.start", "anchor",
                Bilingual(
                    zh: "从意向或申请起算时不能用 any", en: "from the intent or application on there is no any"),
                Bilingual(zh: "用 first 或 last", en: "use first or last"))
        }
        if track == .worker, definition.place != .entryContact {
            throw .query(
                "place.track", "place", Bilingual(zh: "职工没有登记地", en: "workers have no registration"),
                Bilingual(zh: "用 entry_contact", en: "use entry_contact"))
        }
        return definition
    }

    private static func window(_ query: QueryReader) throws(Problem) -> FunnelDefinition.Window {
        try query.read(
            "window", "window.form",
            Bilingual(zh: "跟踪期应为 0 到 3650 天，或 none", en: "the window is 0 to 3650 days, or none"),
            Bilingual(zh: "例如 90", en: "for example 90")
        ) { text -> FunnelDefinition.Window? in
            text == "none" ? .unlimited : Self.days(text).map(FunnelDefinition.Window.days)
        } ?? .days(90)
    }

    /// 0 to 3650.
    static func days(_ text: String) -> Int? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let days = Int(text) else { return nil }
        return (0...3650).contains(days) ? days : nil
    }
}
