/// Sections and tables as the plain values that the page templates read.
extension ReportSection {
    private var classes: String {
        let classes = [(isWide, "wide"), (isNarrow, "narrow"), (startsPage, "new-page")]
        return classes.filter(\.0).map(\.1).joined(separator: " ")
    }

    func page(in words: Catalogue) -> [String: Any] {
        var page: [String: Any] = [
            "key": key, "title": title, "paragraphs": paragraphs,
            "tables": tables.map { $0.page(in: words) },
            "classes": classes,
        ]
        if let chart {
            page["chart"] = [
                "title": chart.title, "svg": chart.svg(), "same_data": words["chart.same_data"],
            ]
        }
        return page
    }
}

extension ReportTable {
    func page(in words: Catalogue) -> [String: Any] {
        let table = displayed(in: words)
        let classes = table.headings.map { $0.isNumeric ? "number" : ($0.wraps ? "wraps" : "word") }
        let rows = table.rows.map { row in
            [
                "total": row.isTotal,
                "cells": row.cells.indices.map { index in
                    ["text": row.cells[index], "class": classes[index]]
                },
            ] as [String: Any]
        }
        return [
            "key": key, "title": title, "notes": notes, "rows": rows, "short": rows.count <= 15,
            "empty": rows.isEmpty ? [["text": empty, "span": String(classes.count)]] : [],
            "headings": table.headings.indices.map { index in
                ["text": table.headings[index].text, "class": classes[index]]
            },
        ]
    }
}
