internal import ArgumentParser
internal import Funnel
internal import Outreach
internal import OutreachStore
internal import Reporting

/// What importing declared totals or targets takes, and how it goes.
struct StatedImportOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "文件 · file") var file: String
    @Option(help: "表头对照表（两列 CSV：对方表头,我方表头或 -） · headers that are not ours, a CSV of two columns")
    var map: String?
    @Flag(help: "只预览，不登记 · preview, record nothing") var dryRun = false

    func run(_ kind: StatedKind, replacing: Bool) async throws {
        try await Console.run(language: common.language, json: output.json) {
            let place = try await service.local(common)
            let source = try ImportFile(file)
            let units = try await StatedUnitDirectory.read(
                of: place.federation, areas: place.areas, on: place.connection)
            let read = try StatedFile(
                source, kind: kind, units: units, words: Self.words, map: try HeaderMap.read(map),
                today: Workplace.today)
            guard read.report.isEmpty else {
                return try FileProblems(
                    headers: read.headers, rows: read.rows, kind: kind == .declared ? "declared" : "target"
                ).refuse(read.report, in: common, json: output.json)
            }
            var plan = try await place.facts.plan(read.statements, kind: kind, on: place.connection)
            if !replacing, !plan.revised.isEmpty {
                throw CommandFailure(
                    .conflict,
                    issues: plan.revised.map { conflict in
                        DocumentIssue(
                            code: conflict.issue.code, pointer: "\(read.lines[conflict.index])",
                            rule: conflict.issue.rule, mend: conflict.issue.mend)
                    })
            }
            let isWritten = !dryRun && plan.added.count + plan.revised.count > 0
            if isWritten {
                plan = try await place.facts.state(
                    read.statements, kind: kind, replacing: replacing, file: source.hash.hexadecimal,
                    on: place.connection)
            }
            try tell(plan, rows: read.rows, kind: kind)
            if isWritten { try await place.seal() }
        }
    }

    private func tell(_ plan: StatedPlan, rows: Int, kind: StatedKind) throws {
        if output.json {
            return try Console.out(
                JSONValue.object([
                    .init("kind", .string(kind == .declared ? "declared" : "target")),
                    .init("outcome", .string(dryRun ? "previewed" : "imported")),
                    .init("rows", .integer(rows)),
                    .init("added", .integer(plan.added.count)),
                    .init("changed", .integer(plan.revised.count)),
                    .init("present", .integer(plan.present)), .init("errors", .array([])),
                ]).text())
        }
        for conflict in plan.revised {
            let (old, new) = (conflict.standing.statement, conflict.sent)
            Console.say(
                common.text(
                    Bilingual(
                        zh:
                            "更新：\(old.figure.rawValue) \(old.value)（\(old.source)）→ \(new.value)（\(new.source)）",
                        en: "revised: \(old.figure.rawValue) \(old.value) (\(old.source)) → \(new.value) "
                            + "(\(new.source))")))
        }
        let will = dryRun ? Bilingual(zh: "将", en: "to be ") : Bilingual(zh: "", en: "")
        try Console.out(
            common.text(
                Bilingual(
                    zh: "共 \(rows) 行，\(will.zh)新增 \(plan.added.count)，\(will.zh)更新 \(plan.revised.count)，"
                        + "此前已有 \(plan.present)",
                    en:
                        "\(rows) rows, \(plan.added.count) \(will.en)added, \(plan.revised.count) \(will.en)revised, "
                        + "\(plan.present) there already")))
    }

    /// What a Chinese file may write for a figure: its name with or without its unit, or the short one.
    private static var words: [String: String] {
        var words: [String: String] = [:]
        for language in [Language.zh, .en] {
            let catalogue = Catalogue(language)
            for measure in HeadlineMeasure.allCases {
                for key in ["measure", "short"] {
                    guard let name = catalogue.known("\(key).\(measure.rawValue)") else { continue }
                    words[name] = measure.rawValue
                    words[String(name.prefix { $0 != "(" && $0 != "（" })] = measure.rawValue
                }
            }
        }
        return words
    }
}
