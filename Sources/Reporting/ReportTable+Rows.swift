/// The rows of a table on a page: written straight into it. A country's table has more rows than anybody wants in
/// memory twice, or looked up name by name as templates do.
extension ReportTable {
    /// Where the rows of a table stand in its page. No text of a reader's can be this: texts are escaped.
    static let rowsPlace = "<!--rows-->"

    /// Bodies of rows with the same group.
    func writeRows(to page: inout String, in words: Catalogue) {
        let shown = shownColumns.map { ShownColumn(index: $0, of: self) }
        let head = pageClass(of: headColumn)
        for group in groups {
            page += "<tbody>\n"
            if let name = group.name {
                page += "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"\(shown.count + 1)\"><span>"
                page.appendEscaped(name)
                page += "</span></th></tr>\n"
            }
            for row in group.rows {
                page += row.isTotal ? "<tr class=\"total\">" : "<tr>"
                page += "<th scope=\"row\" class=\"\(head)\">"
                if let code = codeColumn.flatMap({ row.cells[$0].displayed(in: words).first }) {
                    page += "<small>"
                    page.appendEscaped(code)
                    page += "</small> "
                }
                page.appendEscaped(row.cells[headColumn].displayed(in: words).first ?? "")
                page += "</th>"
                for column in shown { column.write(row, to: &page, in: words) }
                page += "</tr>\n"
            }
            page += "</tbody>\n"
        }
    }

    /// A column of the page's body, with what its cells have in common.
    private struct ShownColumn {
        let index: Int
        let bounds: [Int]
        let opening: String
        let flaggedOpening: String

        init(index: Int, of table: ReportTable) {
            self.index = index
            bounds = table.bounds(of: index)
            let look = table.pageClass(of: index)
            var label = ""
            if table.isList {
                label = " data-label=\""
                label.appendEscaped(table.columns[index].heading)
                label += "\""
            }
            opening = "<td class=\"\(look)\"\(label)>"
            flaggedOpening = "<td class=\"\(look) flag\"\(label)>"
        }

        /// The cell's first text, and below it the others.
        func write(_ row: Row, to page: inout String, in words: Catalogue) {
            var texts = row.cells[index].displayed(in: words)
            if !bounds.isEmpty {
                let ends = bounds.map { row.cells[$0].displayed(in: words).joined() }
                texts.append(
                    ends.contains(Catalogue.nothing) ? Catalogue.nothing : ends.joined(separator: "–"))
            }
            let text = texts.first ?? ""
            page += text.hasPrefix("▲") || text.hasPrefix("▼") ? flaggedOpening : opening
            page.appendEscaped(text)
            for below in texts.dropFirst() {
                page += " <small>"
                if below != Catalogue.nothing { page.appendEscaped(below) }
                page += "</small>"
            }
            page += "</td>"
        }
    }

    /// Runs of rows with the same group; one without a name where the table has no groups.
    private var groups: [(name: String?, rows: ArraySlice<Row>)] {
        guard let grouping else { return rows.isEmpty ? [] : [(nil, rows[...])] }
        var groups: [(name: String?, rows: ArraySlice<Row>)] = []
        var rest = rows[...]
        while let first = rest.first?.cells[grouping] {
            let run = rest.prefix { $0.cells[grouping] == first }
            var name: String?
            if case .text(let text) = first { name = text }
            groups.append((name, run))
            rest = rest[run.endIndex...]
        }
        return groups
    }
}
