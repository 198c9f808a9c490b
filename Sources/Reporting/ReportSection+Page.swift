/// Sections as the plain values that the page templates read.
extension ReportSection {
    private var classes: String {
        let classes = [(isWide, "wide"), (isNarrow, "narrow"), (startsPage, "new-page")]
        return classes.filter(\.0).map(\.1).joined(separator: " ")
    }

    func page(in words: Catalogue) -> [String: Any] {
        var page: [String: Any] = [
            "key": key, "title": title, "paragraphs": paragraphs, "up": words["page.up"],
            "tables": tables.map { $0.page(in: words) },
            "classes": classes,
        ]
        if let chart {
            page["chart"] = [
                "title": chart.title, "svg": chart.svg(.broad), "slim": chart.svg(.slim),
                "same_data": words["chart.same_data"],
            ]
        }
        return page
    }
}
