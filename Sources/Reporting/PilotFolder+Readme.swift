import Funnel
import Outreach

/// The README: its first line says what the data can and cannot show.
extension PilotFolder {
    var readme: String {
        let contents = PilotContents(self)
        var lines = [language.of(PilotComparison.scope), "", "# \(contents.title)", ""]
        if comparison.synthetic { lines += ["**\(words["synthetic.banner"])**", ""] }
        lines += contents.facts.map { "- \($0.item)\(words["format.colon"])\($0.text)" }
        lines += ["", "## \(words["pilot.files"])", ""]
        lines += [
            "cells.csv", "estimates.csv", "datapackage.json", "comparison.xlsx", "comparison.html",
        ].map { "- `\($0)`\(words["format.colon"])\(words["pilot_file.\($0)"])" }
        lines += ["", "## \(words["pilot.columns"])", ""]
        lines += ["| | \(words["column.content"]) |", "|---|---|"]
        lines += (Self.cellColumns + Self.estimateColumns.filter { !Self.cellColumns.contains($0) })
            .map { "| `\($0)` | \(words["pilot_field.\($0)"]) |" }
        lines += ["", "## \(words["pilot.limits"])", ""] + contents.limits.map { "- \($0)" }
        lines += ["", "## \(words["pilot.loading"])", ""] + Self.loaders
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same in every language: codes stay text, dates become dates.
    private static let loaders = [
        "R:", "",
        "```r",
        #"cells <- read.csv("cells.csv", colClasses = c(unit_code = "character", start_on = "Date","#,
        #"                  period_from = "Date", period_to = "Date"), encoding = "UTF-8")"#,
        #"estimates <- read.csv("estimates.csv")"#,
        "```", "",
        "Python:", "",
        "```python",
        "import pandas as pd",
        #"cells = pd.read_csv("cells.csv", dtype={"unit_code": str},"#,
        #"                    parse_dates=["start_on", "period_from", "period_to"])"#,
        #"estimates = pd.read_csv("estimates.csv")"#,
        "```", "",
        "DuckDB:", "",
        "```sql",
        "CREATE TABLE cells AS SELECT * FROM read_csv('cells.csv', types = {'unit_code': 'VARCHAR'});",
        "CREATE TABLE estimates AS SELECT * FROM read_csv('estimates.csv');",
        "```",
    ]
}
