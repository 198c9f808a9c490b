internal import ArgumentParser
internal import Funnel
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting

/// What moved the figures of an issued report since.
struct ReportChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "签发以后哪些数字变了，为什么 · what moved the figures of an issued report since, and why")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @OptionGroup var chosen: WeekOption
    @Option(help: "第几版；默认最后一版 · edition; the last one unless told") var edition: Int?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try chosen.chosen()
            let place = try await service.local(common)
            let report = try await place.issued(week, edition: edition)
            async let second = try? place.secondConnection()
            let now = try await place.moment(nil)
            let watch = ProgressLine(language: common.language, json: output.json)
            defer { watch.end() }
            let changes = try await ReportChangeReader(
                federation: place.federation, areas: place.areas, week: week,
                definition: place.weeklyDefinition(of: week)
            ).changes(since: report.moment, until: now, on: place.connection, and: await second) {
                watch.tell(
                    Bilingual(zh: "逐项比较", en: "comparing"), done: $0, of: $1,
                    unit: Bilingual(zh: "项", en: "changes"))
            }
            watch.end()
            guard output.json else { return try Console.out(text(changes, of: report, at: place)) }
            try Console.out(json(changes, of: report, at: place).text())
        }
    }

    // MARK: For people

    private func text(
        _ changes: ReportChanges, of report: IssuedReport, at place: Workplace
    ) -> String {
        let mark = place.federation.synthetic ? Catalogue(common.language)["synthetic.mark"] : ""
        let (from, to) = (OfficeTime.text(of: changes.since), OfficeTime.text(of: changes.until))
        var lines = [
            common.text(
                Bilingual(
                    zh: "\(report.week.name) 第\(report.edition)版\(mark)（截至 \(from)）→ 现在（截至 \(to)）",
                    en: "\(report.week.name), edition \(report.edition)\(mark), as known at \(from) → now, "
                        + "as known at \(to)")),
            common.text(
                Bilingual(
                    zh: "此后登记变动 \(changes.changesSeen) 项，其中 \(changes.steps.count) 次改变了本报表，"
                        + "\(changes.moves.count) 个数字与签发时不同",
                    en:
                        "recorded since: \(changes.changesSeen) changes; \(changes.steps.count) of their moments "
                        + "moved this report; \(changes.moves.count) figures differ from the issue")),
        ]
        if changes.definition(differsFrom: report) {
            lines.append(
                common.text(
                    Bilingual(
                        zh: "注意：签发时的定义（\(report.definitionHash)）与现在不同，以下按现在的定义比较",
                        en:
                            "mind: the report was issued under definition \(report.definitionHash); both sides are "
                            + "counted here by today's")))
        }
        for step in changes.steps {
            lines.append("")
            for cause in step.causes { lines.append(line(cause)) }
            lines += step.moves.map { "    " + moved($0) }
        }
        if !changes.moves.isEmpty {
            lines += ["", common.text(Bilingual(zh: "合计（签发时 → 现在）", en: "in all (as issued → now)"))]
            lines += changes.moves.map { "    " + moved($0) }
        }
        if !changes.unexplained.isEmpty {
            lines += ["", common.text(Bilingual(zh: "没有登记可以说明的变动", en: "explained by nothing recorded"))]
            lines += changes.unexplained.map { "    " + moved($0) }
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ change: LedgerChange) -> String {
        [
            OfficeTime.text(of: change.moment), common.text(change.kind.words), change.detail,
            change.meeting.map { common.text(Bilingual(zh: "沟通会 \($0)", en: "meeting \($0)")) },
            change.firm.map { common.text(Bilingual(zh: "企业 \($0)", en: "firm \($0)")) }, change.area,
            change.day?.iso,
        ].compactMap(\.self).joined(separator: "  ")
    }

    private func moved(_ move: FigureMove) -> String {
        "\(move.path)  \(Self.text(move.before)) → \(Self.text(move.after))"
    }

    private static func text(_ value: Double?) -> String { value.map { number($0).text() } ?? "—" }

    // MARK: For programs

    private func json(
        _ changes: ReportChanges, of report: IssuedReport, at place: Workplace
    ) -> JSONValue {
        .object([
            .init("week", .string(report.week.name)), .init("edition", .integer(report.edition)),
            .init("issued_as_known_at", .string(OfficeTime.text(of: changes.since))),
            .init("as_known_at", .string(OfficeTime.text(of: changes.until))),
            .init("synthetic", .bool(place.federation.synthetic)),
            .init("changes_seen", .integer(changes.changesSeen)),
            .init("steps", .array(changes.steps.map(Self.json))),
            .init("moved", .array(changes.moves.map(Self.json))),
            .init("unexplained", .array(changes.unexplained.map(Self.json))),
        ])
    }

    private static func json(_ step: ReportChanges.Step) -> JSONValue {
        .object([
            .init("at", .string(OfficeTime.text(of: step.moment))),
            .init("causes", .array(step.causes.map(json))), .init("moved", .array(step.moves.map(json))),
        ])
    }

    private static func json(_ change: LedgerChange) -> JSONValue {
        .object(present: [
            "kind": .string(change.kind.rawValue), "id": change.id.map { .string("\($0)".lowercased()) },
            "meeting": change.meeting.map { .string("\($0)") }, "firm": change.firm.map { .string("\($0)") },
            "area": change.area.map(JSONValue.string), "on": change.day.map { .string($0.iso) },
            "detail": change.detail.map(JSONValue.string),
        ])
    }

    private static func json(_ move: FigureMove) -> JSONValue {
        .object([
            .init("figure", .string(move.path)), .init("before", move.before.map(number) ?? .null),
            .init("after", move.after.map(number) ?? .null),
        ])
    }

    private static func number(_ value: Double) -> JSONValue {
        Int(exactly: value).map(JSONValue.integer) ?? .number(value)
    }
}

extension ReportChanges {
    /// Whether the report was counted by other rules than today's.
    fileprivate func definition(differsFrom report: IssuedReport) -> Bool {
        FunnelDefinition(
            boundaries: "as_is", calendar: FunnelDefinition.calendar(startingOn: report.week.start.weekday)
        ).hash != report.definitionHash
    }
}

extension LedgerChange.Kind {
    var words: Bilingual {
        switch self {
        case .entry: Bilingual(zh: "补登", en: "entry")
        case .correction: Bilingual(zh: "更正", en: "correction")
        case .void: Bilingual(zh: "作废", en: "void")
        case .milestone: Bilingual(zh: "建会进度", en: "milestone")
        case .milestoneVoid: Bilingual(zh: "撤回建会进度", en: "milestone taken back")
        case .merge: Bilingual(zh: "企业合并", en: "merge")
        case .unmerge: Bilingual(zh: "撤销企业合并", en: "merge undone")
        case .application: Bilingual(zh: "入会申请处理", en: "application decision")
        case .applicationUndone: Bilingual(zh: "撤销入会申请处理", en: "application decision undone")
        case .declaration: Bilingual(zh: "报送声明", en: "declaration")
        case .coverage: Bilingual(zh: "工会组织登记", en: "union register")
        case .firm: Bilingual(zh: "企业信息", en: "firm's particulars")
        case .issue: Bilingual(zh: "前期周报签发", en: "issue of an earlier report")
        case .target: Bilingual(zh: "任务下达或调整", en: "target")
        }
    }
}
