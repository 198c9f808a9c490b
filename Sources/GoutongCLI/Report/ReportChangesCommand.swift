internal import ArgumentParser
internal import Outreach
internal import OutreachStore
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
            let place = try await service.place(common)
            let watch = ProgressLine(language: common.language, json: output.json)
            defer { watch.end() }
            let changes = try await place.changes(week, edition: edition) {
                watch.tell(
                    Bilingual(zh: "逐项比较", en: "comparing"), done: $0, of: $1,
                    unit: Bilingual(zh: "项", en: "changes"))
            }
            watch.end()
            try Console.out(output.json ? changes.json.text() : try text(changes, of: week))
        }
    }

    private func text(_ changes: JSONRow, of week: Week) throws -> String {
        let mark = changes.flag("synthetic") ? Catalogue(common.language)["synthetic.mark"] : ""
        let (from, to) = (
            try changes.required { $0.text("issued_as_known_at") },
            try changes.required { $0.text("as_known_at") }
        )
        let edition = try changes.required { $0.number("edition") }
        let steps = try changes.required { $0.rows("steps") }
        let moves = try changes.required { $0.rows("moved") }
        let seen = try changes.required { $0.number("changes_seen") }
        var lines = [
            common.text(
                Bilingual(
                    zh: "\(week.name) 第\(edition)版\(mark)（截至 \(from)）→ 现在（截至 \(to)）",
                    en:
                        "\(week.name), edition \(edition)\(mark), as known at \(from) → now, as known at \(to)"
                )),
            common.text(
                Bilingual(
                    zh: "此后登记变动 \(seen) 项，其中 \(steps.count) 次改变了本报表，\(moves.count) 个数字与签发时不同",
                    en: "recorded since: \(seen) changes; \(steps.count) of their moments moved this report; "
                        + "\(moves.count) figures differ from the issue")),
        ]
        if let issued = changes.text("issued_definition"), issued != changes.text("definition") {
            lines.append(
                common.text(
                    Bilingual(
                        zh: "注意：签发时的定义（\(issued)）与现在不同，以下按现在的定义比较",
                        en:
                            "mind: the report was issued under definition \(issued); both sides are counted here "
                            + "by today's")))
        }
        for step in steps {
            let moment = try step.required { $0.text("at") }
            lines.append("")
            for cause in try step.required({ $0.rows("causes") }) {
                lines.append(try line(cause, at: moment))
            }
            lines += try moved(step.required { $0.rows("moved") })
        }
        if !moves.isEmpty {
            lines += ["", common.text(Bilingual(zh: "合计（签发时 → 现在）", en: "in all (as issued → now)"))]
            lines += try moved(moves)
        }
        let unexplained = try changes.required { $0.rows("unexplained") }
        if !unexplained.isEmpty {
            lines += ["", common.text(Bilingual(zh: "没有登记可以说明的变动", en: "explained by nothing recorded"))]
            lines += try moved(unexplained)
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ change: JSONRow, at moment: String) throws -> String {
        // A newer service may know more kinds.
        let kind = try change.required { $0.text("kind") }
        return [
            moment, LedgerChange.Kind(rawValue: kind).map { common.text($0.words) } ?? kind,
            change.flag("elsewhere")
                ? common.text(Bilingual(zh: "（辖区外）", en: "(outside the account's areas)")) : nil,
            change.text("detail"),
            change.text("meeting").map { common.text(Bilingual(zh: "沟通会 \($0)", en: "meeting \($0)")) },
            change.text("firm").map { common.text(Bilingual(zh: "企业 \($0)", en: "firm \($0)")) },
            change.text("area"), change.text("on"),
        ].compactMap(\.self).joined(separator: "  ")
    }

    private func moved(_ moves: [JSONRow]) throws -> [String] {
        try moves.map { move in
            let (before, after) = (move["before"]?.text() ?? "—", move["after"]?.text() ?? "—")
            return "    \(try move.required { $0.text("figure") })  \(before) → \(after)"
        }
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
