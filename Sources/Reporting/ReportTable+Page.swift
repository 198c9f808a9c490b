/// Tables as the plain values that the page templates read.
///
/// The first text of a row is its head, with the code before it. A rate and its interval share a cell, so that a
/// table fits its paper and a phone shows one above the other.
extension ReportTable {
    func page(in words: Catalogue) -> [String: Any] {
        let shown = shownColumns
        return [
            "key": key, "title": title, "notes": notes,
            "classes": [(rows.count <= 15, "short"), (isList, "list")].filter(\.0).map(\.1)
                .joined(separator: " "),
            "fold": rows.count > Self.unfolded
                ? [words("page.unfold", ["n": words.count(rows.count)])] : [],
            "headings": ([headColumn] + shown).map { heading(of: $0, in: words) },
            "rows": Self.rowsPlace,
            "empty": rows.isEmpty ? [["text": empty, "span": String(shown.count + 1)]] : [],
        ]
    }

    /// As many rows a phone shows without being asked.
    private static let unfolded = 40

    /// The bounds that stand beside a column's estimates.
    func bounds(of index: Int) -> [Int] {
        (index + 1..<columns.count).prefix { columns[$0].isBound }.map(\.self)
    }

    /// The columns beside the head, without what stands in another's cell.
    var shownColumns: [Int] {
        columns.indices.filter {
            $0 != grouping && $0 != codeColumn && $0 != headColumn && !columns[$0].isBound
        }
    }

    /// The column whose text heads each row.
    var headColumn: Int {
        columns.indices.first { $0 != grouping && columns[$0].kind != .code } ?? 0
    }

    var codeColumn: Int? {
        columns.indices.first { columns[$0].kind == .code && $0 < headColumn }
    }

    private func heading(of index: Int, in words: Catalogue) -> [String: Any] {
        let column = columns[index]
        var below: String?
        switch column.kind {
        case .pair: below = words["page.pair"]
        case .rate: below = words["page.fraction_and_interval"]
        case .estimate: below = words["column.ci95"]
        default: below = bounds(of: index).isEmpty ? nil : words["column.ci95"]
        }
        return [
            "text": column.heading, "class": pageClass(of: index), "sub": below.map { [$0] } ?? [],
        ]
    }

    func pageClass(of index: Int) -> String {
        switch columns[index].kind {
        case .text: columns[index].wraps ? "wraps" : "word"
        case .code: "word"
        case .day: "day"
        case .rate, .estimate: "number rate"
        default: bounds(of: index).isEmpty ? "number" : "number rate"
        }
    }
}
