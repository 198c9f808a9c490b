internal import ArgumentParser
internal import Outreach
internal import Reporting

/// What is wrong with the rows of a file that is taken whole or not at all.
struct FileProblems {
    /// Of the file.
    let headers: [String]
    let rows: Int
    /// What the file lists, as JSON names it.
    let kind: String

    /// Says each problem at its line and column; nothing was recorded.
    func refuse(_ report: RowReport, in common: CommonOptions, json: Bool) throws {
        if json {
            try Console.out(
                JSONValue.object([
                    .init("kind", .string(kind)), .init("outcome", .string("refused")),
                    .init("rows", .integer(rows)), .init("added", .integer(0)), .init("changed", .integer(0)),
                    .init("present", .integer(0)),
                    .init("errors", .array(report.issues.map { self.json($0, in: common) })),
                ]).text())
        } else {
            for found in report.issues {
                Console.say(
                    "\(place(of: found, in: common))：\(common.text(found.issue.rule)) [\(found.issue.code)]\n"
                        + "  → \(common.text(found.issue.mend))")
            }
            Console.say(
                common.text(
                    Bilingual(
                        zh: "没有登记任何一行。改正后重新导入", en: "nothing was recorded; mend the file and import it again")
                ))
        }
        throw ExitCode(GoutongExit.invalid.rawValue)
    }

    private func name(_ found: RowIssue) -> String? {
        found.column.flatMap { $0 < headers.count ? headers[$0] : nil }
    }

    private func place(of found: RowIssue, in common: CommonOptions) -> String {
        let (name, letter) = (name(found) ?? "", found.letter)
        return common.text(
            Bilingual(
                zh: "第 \(found.line) 行" + (letter.map { " \($0) 列（\(name)）" } ?? ""),
                en: "line \(found.line)" + (letter.map { ", column \($0) (\(name))" } ?? "")))
    }

    private func json(_ found: RowIssue, in common: CommonOptions) -> JSONValue {
        .object([
            .init("line", .integer(found.line)), .init("column", name(found).map(JSONValue.string) ?? .null),
            .init("letter", found.letter.map(JSONValue.string) ?? .null),
            .init("code", .string(found.issue.code)), .init("rule", .string(common.text(found.issue.rule))),
            .init("mend", .string(common.text(found.issue.mend))),
        ])
    }
}
