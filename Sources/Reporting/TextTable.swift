/// A table in terminal cells: columns as wide as their widest text, numbers to the right.
struct TextTable {
    private let headings: [ReportTable.Displayed.Heading]
    private let rows: [(cells: [String], isTotal: Bool)]
    private let widths: [Int]
    private static let gap = "  "

    init(_ table: ReportTable.Displayed) {
        headings = table.headings
        rows = table.rows
        widths = table.headings.indices.map { column in
            let cells = table.rows.map { TerminalText.width(of: $0.cells[column]) }
            return max(TerminalText.width(of: table.headings[column].text), cells.max() ?? 0)
        }
    }

    /// Heading, rule, rows; a rule above a total. No space at a line's end.
    var lines: [String] {
        let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
        var lines = [line(headings.map(\.text)), rule]
        for row in rows {
            if row.isTotal { lines.append(rule) }
            lines.append(line(row.cells))
        }
        return lines
    }

    private func line(_ cells: [String]) -> String {
        let padded = cells.indices.map { column in
            TerminalText.padded(
                cells[column], to: widths[column],
                alignment: headings[column].isNumeric ? .trailing : .leading)
        }
        var line = padded.joined(separator: Self.gap)
        while line.last == " " { line.removeLast() }
        return line
    }
}
