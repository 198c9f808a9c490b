internal import ArgumentParser
internal import Outreach
internal import OutreachStore

/// What importing declared totals, targets or programmes takes, and how it goes.
struct StatedImportOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "文件 · file") var file: String
    @Option(help: "表头对照表（两列 CSV：对方表头,我方表头或 -） · headers that are not ours, a CSV of two columns")
    var map: String?
    @Flag(help: "只预览，不登记 · preview, record nothing") var dryRun = false

    func run(_ content: StatedTable.Content, _ tell: (JSONRow) throws -> Void) async throws {
        try await Console.run(language: common.language, json: output.json) {
            let place = try await service.place(common)
            let table = StatedTable(
                content: content, file: try ImportFile(file), map: try HeaderMap.read(map), isPreview: dryRun)
            do {
                let done = try await place.take(table)
                if output.json { try Console.out(done.json.text()) } else { try tell(done) }
            } catch let refused as RowsRefused {
                try FileProblems(headers: refused.headers, rows: refused.rows, kind: table.name)
                    .refuse(refused.report, in: common, json: output.json)
            }
        }
    }

    func run(_ kind: StatedKind, replacing: Bool) async throws {
        try await run(.stated(kind, replacing: replacing)) { done in
            for revision in try done.required({ $0.rows("revisions") }) { Console.say(try told(revision)) }
            let rows = try done.required { $0.number("rows") }
            let (added, changed, present) = (
                try done.required { $0.number("added") }, try done.required { $0.number("changed") },
                try done.required { $0.number("present") }
            )
            let will = future
            try Console.out(
                common.text(
                    Bilingual(
                        zh: "共 \(rows) 行，\(will.zh)新增 \(added)，\(will.zh)更新 \(changed)，此前已有 \(present)",
                        en: "\(rows) rows, \(added) \(will.en)added, \(changed) \(will.en)revised, "
                            + "\(present) there already")))
        }
    }

    /// Before what a preview only says.
    var future: Bilingual { dryRun ? Bilingual(zh: "将", en: "to be ") : Bilingual(zh: "", en: "") }

    private func told(_ revision: JSONRow) throws -> String {
        func told(_ key: String) throws -> Bilingual {
            let side = try revision.required { $0.row(key) }
            let (value, source) = (
                try side.required { $0.number("value") }, try side.required { $0.text("source") }
            )
            return Bilingual(zh: "\(value)（\(source)）", en: "\(value) (\(source))")
        }
        let (old, new) = (try told("before"), try told("after"))
        let figure = try revision.required { $0.text("figure") }
        return common.text(
            Bilingual(
                zh: "更新：\(figure) \(old.zh)→ \(new.zh)",
                en: "revised: \(figure) \(old.en) → \(new.en)"))
    }
}
