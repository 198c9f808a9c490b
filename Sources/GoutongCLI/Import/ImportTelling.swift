internal import Outreach
internal import OutreachStore
internal import Reporting

/// What an import came to, for people or as one JSON object.
struct ImportTelling {
    enum Outcome: String { case previewed, imported, refused }

    /// Issues that a person is shown; the others are in the file of problems, and in the JSON.
    private static let shown = 20

    let work: any LedgerImport
    let source: ImportFile
    let outcome: Outcome
    let standing: ImportRun.Standing
    let problems: String?
    /// How long each step took.
    let seconds: [(step: String, time: Duration)]
    let language: Language

    // MARK: For people

    func printText() throws {
        if source.encoding == .gb18030 {
            say("文件编码是 GB18030，已转换", "the file is in GB18030; converted")
        }
        if case .stopped = standing {
            say(
                outcome == .imported ? "上次导入这个文件中途停止，这次已续完" : "上次导入这个文件中途停止，已登记一部分；再次导入即可续完",
                outcome == .imported
                    ? "an earlier import of this file was stopped; it is finished now"
                    : "an earlier import of this file was stopped with part of it recorded; import it again to finish"
            )
        }
        for issue in work.report.issues.prefix(Self.shown) { Console.say(line(issue)) }
        if work.report.count > Self.shown {
            say("……共 \(work.report.count) 处，按规则：", "… \(work.report.count) in all, by rule:")
            for (issue, count) in work.report.tally {
                Console.say("  \(count)  \(language.of(issue.rule)) [\(issue.code)]")
            }
        }
        if let problems, problems.hasSuffix(".jsonl") {
            say("不对的行：\(problems)；每行的原因用 --json 查看", "the bad lines: \(problems); with --json each says why")
        } else if let problems {
            say("不对的行和原因：\(problems)", "the bad rows, each with what is wrong: \(problems)")
        }
        try Console.out(summary)
        if outcome == .refused {
            say(
                "没有登记任何一行。改正后重新导入，或用 --on-error skip 登记其余的行",
                "nothing was recorded. Mend the file and import it again, or record the other rows with --on-error skip"
            )
        }
    }

    private func line(_ found: RowIssue) -> String {
        let name = found.column.flatMap { $0 < work.headers.count ? work.headers[$0] : nil }
        let letter = found.letter ?? ""
        let place =
            language == .zh
            ? "第 \(found.line) 行" + (found.letter == nil ? "" : " \(letter) 列（\(name ?? "")）")
            : "line \(found.line)" + (found.letter == nil ? "" : ", column \(letter) (\(name ?? ""))")
        return
            "\(place)：\(language.of(found.issue.rule)) [\(found.issue.code)]\n  → \(language.of(found.issue.mend))"
    }

    private var summary: String {
        let count = work.count
        var parts = [
            part("共 \(count.rows) 行", "\(count.rows) rows"), part("可用 \(count.good)", "\(count.good) good"),
            part("不对 \(count.bad)", "\(count.bad) bad"),
        ]
        if outcome != .refused {
            let isPreview = outcome == .previewed
            parts += [
                part(
                    "\(isPreview ? "将" : "")新增 \(count.added)",
                    "\(count.added) \(isPreview ? "to be added" : "added")"),
                part(
                    "\(isPreview ? "将" : "")补充 \(count.changed)",
                    "\(count.changed) \(isPreview ? "to be added to" : "added to")"),
                part("此前已有 \(count.present)", "\(count.present) there already"),
            ]
            if count.newFirms + count.knownFirms > 0 {
                parts += [
                    part("新企业 \(count.newFirms)", "\(count.newFirms) new firms"),
                    part("已知企业 \(count.knownFirms)", "\(count.knownFirms) known firms"),
                ]
            }
        }
        return parts.joined(separator: language == .zh ? "，" : ", ")
    }

    private func part(_ zh: String, _ en: String) -> String { language.of(Bilingual(zh: zh, en: en)) }
    private func say(_ zh: String, _ en: String) { Console.say(part(zh, en)) }

    // MARK: For programs

    /// One object on one line, written in pieces: there may be a million issues.
    func printJSON() throws {
        let count = work.count
        let encoding = source.encoding == .gb18030 ? "gb18030" : "utf-8"
        var head = JSONValue.object([
            .init("kind", .string(work.run.name)), .init("outcome", .string(outcome.rawValue)),
            .init("encoding", .string(encoding)), .init("rows", .integer(count.rows)),
            .init("good", .integer(count.good)), .init("bad", .integer(count.bad)),
            .init("added", .integer(count.added)), .init("changed", .integer(count.changed)),
            .init("present", .integer(count.present)), .init("new_firms", .integer(count.newFirms)),
            .init("known_firms", .integer(count.knownFirms)),
            .init("seconds", .object(seconds.map { .init($0.step, .number($0.time / .seconds(1))) })),
            .init("errors_file", problems.map(JSONValue.string) ?? .null),
        ]).text()
        head.removeLast()
        var text = head + #","errors":["#
        var isFirst = true
        for issue in work.report.issues {
            if !isFirst { text += "," }
            isFirst = false
            text += json(issue).text()
            if text.utf8.count > 1 << 16 {
                try Console.out(Array(text.utf8))
                text = ""
            }
        }
        try Console.out(text + "]}")
        guard !work.report.isEmpty else { return }
        let failure = CommandFailure(
            .invalid, code: "import.bad_rows",
            rule: Bilingual(zh: "\(count.bad) 行不对", en: "\(count.bad) rows are bad"),
            mend: Bilingual(zh: "见输出的 errors", en: "see `errors` of the output"))
        Console.say(failure.json(language: language))
    }

    private func json(_ found: RowIssue) -> JSONValue {
        let name = found.column.flatMap { $0 < work.headers.count ? work.headers[$0] : nil }
        return .object([
            .init("line", .integer(found.line)), .init("column", name.map(JSONValue.string) ?? .null),
            .init("letter", found.letter.map(JSONValue.string) ?? .null),
            .init("code", .string(found.issue.code)), .init("rule", .string(language.of(found.issue.rule))),
            .init("mend", .string(language.of(found.issue.mend))),
        ])
    }
}
