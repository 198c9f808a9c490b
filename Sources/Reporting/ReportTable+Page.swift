/// Tables as the plain values that the page templates read.
///
/// The first text of a row is its head, with the code before it. A rate and its interval share a cell, so that a
/// table fits its paper and a phone shows one above the other.
extension ReportTable {
    func page(in words: Catalogue) -> [String: Any] {
        let shown = columns.indices.filter {
            $0 != grouping && $0 != codeColumn && $0 != headColumn && !columns[$0].isBound
        }
        let span = String(shown.count + 1)
        return [
            "key": key, "title": title, "notes": notes,
            "classes": [(rows.count <= 15, "short"), (isList, "list")].filter(\.0).map(\.1)
                .joined(separator: " "),
            "fold": rows.count > Self.unfolded
                ? [words("page.unfold", ["n": words.count(rows.count)])] : [],
            "headings": ([headColumn] + shown).map { heading(of: $0, in: words) },
            "groups": PageList(groups) { group in
                [
                    "head": group.name.map { [["name": $0, "span": span]] } ?? [],
                    "rows": PageList(group.rows) { row($0, shown: shown, in: words) },
                ]
            },
            "empty": rows.isEmpty ? [["text": empty, "span": span]] : [],
        ]
    }

    /// As many rows a phone shows without being asked.
    private static let unfolded = 40

    /// The bounds that stand beside a column's estimates.
    private func bounds(of index: Int) -> [Int] {
        (index + 1..<columns.count).prefix { columns[$0].isBound }.map(\.self)
    }

    /// The column whose text heads each row.
    private var headColumn: Int {
        columns.indices.first { $0 != grouping && columns[$0].kind != .code } ?? 0
    }

    private var codeColumn: Int? {
        columns.indices.first { columns[$0].kind == .code && $0 < headColumn }
    }

    /// Runs of rows with the same group; one without a name where the table has no groups.
    private var groups: [(name: String?, rows: [Row])] {
        guard !rows.isEmpty else { return [] }
        guard let grouping else { return [(nil, rows)] }
        var groups: [(name: String?, rows: [Row])] = []
        for row in rows {
            var name: String?
            if case .text(let text) = row.cells[grouping] { name = text }
            if let last = groups.indices.last, groups[last].name == name {
                groups[last].rows.append(row)
            } else {
                groups.append((name, [row]))
            }
        }
        return groups
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

    private func row(_ row: Row, shown: [Int], in words: Catalogue) -> [String: Any] {
        [
            "total": row.isTotal, "class": pageClass(of: headColumn),
            "code": codeColumn.map { row.cells[$0].displayed(in: words).prefix(1).map(\.self) } ?? [],
            "text": row.cells[headColumn].displayed(in: words).first ?? "",
            "cells": shown.map { index in
                let bounds = bounds(of: index)
                var texts = row.cells[index].displayed(in: words)
                if !bounds.isEmpty {
                    let ends = bounds.map { row.cells[$0].displayed(in: words).joined() }
                    texts.append(
                        ends.contains(Catalogue.nothing) ? Catalogue.nothing : ends.joined(separator: "–"))
                }
                let text = texts.first ?? ""
                let isFlagged = text.hasPrefix("▲") || text.hasPrefix("▼")
                return [
                    "text": text,
                    "sub": texts.dropFirst().map { $0 == Catalogue.nothing ? "" : $0 },
                    "class": pageClass(of: index) + (isFlagged ? " flag" : ""),
                    "label": isList ? [columns[index].heading] : [],
                ] as [String: Any]
            },
        ]
    }

    private func pageClass(of index: Int) -> String {
        switch columns[index].kind {
        case .text: columns[index].wraps ? "wraps" : "word"
        case .code: "word"
        case .day: "day"
        case .rate, .estimate: "number rate"
        default: bounds(of: index).isEmpty ? "number" : "number rate"
        }
    }
}
