import Funnel
import Outreach

/// The README: its first line says what the data can and cannot show.
extension PilotFolder {
    var readme: String {
        let contents = PilotContents(self)
        let other: Language = language == .zh ? .en : .zh
        var lines = [language.of(comparison.scope), "", other.of(comparison.scope), ""]
        lines += ["# \(contents.title)", ""]
        if comparison.synthetic { lines += ["**\(words["synthetic.banner"])**", ""] }
        lines += contents.facts.map { "- \($0.item)\(words["format.colon"])\($0.text)" }
        lines += ["", "## \(words["pilot.files"])", ""]
        lines += [
            "cells.csv", "totals.csv", "estimates.csv", "datapackage.json", "comparison.xlsx",
            "comparison.html",
            "load.py", "load.sql", "load.R",
        ].map { "- `\($0)`\(words["format.colon"])\(words["pilot_file.\($0.lowercased())"])" }
        lines += ["", "## \(words["pilot.columns"])", ""]
        lines += ["| | \(words["column.content"]) |", "|---|---|"]
        var columns = Self.cellColumns
        for column in Self.totalColumns + Self.estimateColumns where !columns.contains(column) {
            columns.append(column)
        }
        lines += columns.map { "| `\($0)` | \(words["pilot_field.\($0)"]) |" }
        lines += ["", "## \(words["pilot.limits"])", ""]
        lines += (contents.limits + [language.of(comparison.claim.reason)] + contents.publicationNotes)
            .map { "- \($0)" }
        lines += ["", "## \(words["pilot.estimands"])", ""]
        lines += ["| | \(words["column.content"]) |", "|---|---|"]
        lines += contents.codes.map { "| `\($0.code)` | \($0.meaning) |" }
        lines += ["", "## \(words["pilot.loading"])", ""] + Self.loaders
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same in every language.
    private static let loaders = [
        "```sh", "python load.py", #"duckdb -c ".read load.sql""#, "Rscript load.R", "```",
    ]
}
