internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

/// The rows behind a number.
struct ExplainFigure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "一个数字由哪些登记构成 · the rows behind a number of the weekly report",
        discussion: """
            数字用周报 JSON 中的路径指明，例如 headline.founding_intents.week、firm_funnel.steps.intent.count、
            areas.110105021.firms_met.cumulative；也可写成 JSON Pointer。各行的数相加等于该数字。
            Name the number by its path in the weekly JSON, or as a JSON Pointer; entries of lists go by their \
            code or key. What the rows count adds up to the number. No personal data is listed.
            """)
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "数字的路径 · path of the number") var figure: String
    @OptionGroup var chosen: WeekOption
    @Option(help: "一个区（6位）或街道乡镇（9位）的数字 · the number of a district or area") var area: String?
    @Option(help: "截至这一时刻已知 · as known at this instant") var asKnownAt: String?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try chosen.chosen()
            guard let key = FigureKey(path: figure, area: area) else {
                throw CommandFailure(.usage, issues: [FigureKey.unknown(at: "figure")])
            }
            let explained = try await service.place(common).explain(
                FigureQuestion(figure: figure, area: area, key: key, week: week, asKnownAt: asKnownAt))
            if output.json { return try Console.out(explained.json.text()) }
            let rows = try explained.required { $0.rows("rows") }
            for row in rows { try Console.out(try line(row)) }
            let total = try explained.required { $0.number("value") }
            let mark = explained.flag("synthetic") ? Catalogue(common.language)["synthetic.mark"] : ""
            Console.say(
                common.text(
                    Bilingual(
                        zh: "\(figure) \(week.name)\(mark)：\(rows.count) 行，合计 \(total)",
                        en: "\(figure), \(week.name)\(mark): \(rows.count) rows, \(total) in all")))
        }
    }

    private func line(_ row: JSONRow) throws -> String {
        let kind = try row.required { $0.text("kind").flatMap(FigureRow.Kind.init(rawValue:)) }
        let counts = try row.required { $0.number("counts") }
        return [
            try row.required { $0.text("on") },
            row.text("area") ?? common.text(Bilingual(zh: "未归属", en: "unassigned")), common.text(kind.words),
            try row.required { $0.text("id") },
            kind == .meeting ? nil : row.text("meeting").map { "meeting=\($0)" },
            kind == .firm ? nil : row.text("firm").map { "firm=\($0)" },
            row.text("milestone").map { "milestone=\($0)" }, counts == 1 ? nil : "×\(counts)",
        ].compactMap(\.self).joined(separator: "  ")
    }
}

/// A number of the weekly report as it is asked for.
struct FigureQuestion {
    let figure: String
    /// Six or nine digits.
    let area: String?
    /// What both of them name.
    let key: FigureKey
    let week: Week
    /// RFC 3339, as it was written.
    let asKnownAt: String?

    /// No unit of the week has the code that is meant.
    var unknownUnit: CommandFailure {
        CommandFailure(
            .usage, code: "area.not_valid_on_day", pointer: area == nil ? "figure" : "--area",
            rule: Bilingual(
                zh: "该周没有这个代码的区或街道（乡镇）",
                en: "no district, street or township has this code in that week"),
            mend: Bilingual(zh: "核对代码", en: "check the code"))
    }
}

extension FigureRow.Kind {
    fileprivate var words: Bilingual {
        switch self {
        case .meeting: Bilingual(zh: "沟通会", en: "meeting")
        case .attendance: Bilingual(zh: "到会企业", en: "attendance")
        case .firm: Bilingual(zh: "企业", en: "firm")
        case .union: Bilingual(zh: "工会", en: "union")
        }
    }
}
