/// A table in terminal cells: columns as wide as their widest text, numbers to the right.
struct TextTable {
    private let headings: [ReportTable.Displayed.Heading]
    private let rows: [(cells: [Cell], isTotal: Bool)]
    private let widths: [Int]

    private struct Cell {
        let text: String
        let width: Int

        init(_ text: String) {
            self.text = text
            width = TerminalText.width(of: text)
        }
    }

    private static let gap = "  "

    init(_ table: ReportTable.Displayed) {
        headings = table.headings
        let rows = table.rows.map { (cells: $0.cells.map(Cell.init), isTotal: $0.isTotal) }
        self.rows = rows
        widths = table.headings.indices.map { column in
            rows.reduce(TerminalText.width(of: table.headings[column].text)) {
                max($0, $1.cells[column].width)
            }
        }
    }

    /// Heading, rule, rows; a rule above a total. No space at a line's end.
    var lines: [String] {
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
        var lines = [line(headings.map { Cell($0.text) }), rule]
        for row in rows {
            if row.isTotal { lines.append(rule) }
            lines.append(line(row.cells))
        }
        return lines
    }

    private func line(_ cells: [Cell]) -> String {
        var line = ""
        // Spaces are owed until something stands behind them.
        var owed = 0
        for (column, cell) in cells.enumerated() {
            if column > 0 { owed += Self.gap.count }
            let fill = widths[column] - cell.width
            if headings[column].isNumeric { owed += fill }
            if !cell.text.isEmpty {
                line += String(repeating: " ", count: owed) + cell.text
                owed = 0
            }
            if !headings[column].isNumeric { owed += fill }
        }
        return line
    }
}
