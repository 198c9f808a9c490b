internal import Hummingbird
internal import Outreach
internal import OutreachStore

// A file that is taken whole or not at all.
extension Problem {
    /// Each thing that is wrong with its rows, at line and column: `3:E`, or `3` where the row as a whole is meant.
    static func rows(_ report: RowReport) -> Problem {
        Problem(
            .unprocessableContent, code: "invalid-rows",
            title: Bilingual(
                zh: "文件有误，没有登记任何一行", en: "the file is not valid; none of its rows was recorded"),
            issues: report.issues.map { found in
                DocumentIssue(
                    code: found.issue.code, pointer: "\(RowPlace(line: found.line, column: found.column))",
                    rule: found.issue.rule, mend: found.issue.mend)
            })
    }

    /// Rows that the ledger holds otherwise.
    static func conflicts(_ issues: [DocumentIssue]) -> Problem {
        Problem(
            .conflict, code: "conflict",
            title: Bilingual(
                zh: "台账中已有不同的内容，没有登记任何一行",
                en: "the ledger holds other content; none of the rows was recorded"), issues: issues)
    }
}
