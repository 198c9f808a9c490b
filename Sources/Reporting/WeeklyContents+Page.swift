import Funnel

/// What the page has besides the sections: what is seen first, and what follows the signatures.
extension WeeklyContents {
    /// The sections that are signed, and tables to look things up in, after the signatures.
    struct Page {
        var body: [ReportSection]
        var appendices: [ReportSection]
    }

    var page: Page {
        let sections = sections
        var page = Page(
            body: sections.filter { !Self.appendixKeys.contains($0.key) },
            appendices: sections.filter { Self.appendixKeys.contains($0.key) })
        if figures.followUps.count > Self.followUpsOnPage { page.appendices.append(allFollowUps) }
        return page
    }

    private static let appendixKeys: Set<String> = [
        "districts", "areas", "signals", "weeks", "conservation", "completeness", "plausibility", "waiting",
        "targets", "declared",
    ]

    /// As many as the signed part holds without losing its reader.
    static let followUpsOnPage = 15

    private var allFollowUps: ReportSection {
        var table = followUpTable
        table.key = "next_week_all"
        return ReportSection(
            key: "next_week_all", title: words["section.next_week_all"], tables: [table], startsPage: true)
    }

    /// The next week's section with its first rows, where there are more than a page bears.
    func abridged(_ section: ReportSection) -> ReportSection {
        guard section.key == "next_week", figures.followUps.count > Self.followUpsOnPage else {
            return section
        }
        var section = section
        section.tables = section.tables.map { table in
            var table = table
            table.rows = Array(table.rows.prefix(Self.followUpsOnPage))
            table.notes.append(
                words(
                    "note.next_week_rest",
                    [
                        "shown": words.count(table.rows.count), "n": words.count(figures.followUps.count),
                    ]))
            return table
        }
        return section
    }

    // MARK: First sight

    /// The week in six numbers, what needs a person, and where everything is.
    func lead(of page: Page) -> [String: Any] {
        let measures: [HeadlineMeasure] = [
            .enterpriseMeetings, .workerMeetings, .firmsFirstMet, .foundingIntents, .unionsEstablished,
            .onSiteApplications,
        ]
        return [
            "tiles": measures.map { measure in
                let counts = figures.headline[measure]
                return [
                    "name": words["measure.\(measure.rawValue)"], "week": words.count(counts?.week),
                    "previous": words("lead.previous", ["n": words.count(counts?.previous)]),
                    "cumulative": words("lead.cumulative", ["n": words.count(counts?.cumulative)]),
                ]
            },
            "look": words["lead.title"],
            "items": leadItems.map { ["text": $0.text, "place": $0.place] },
            "contents": words["page.contents"],
            "entries": (page.body.dropFirst() + page.appendices).map { ["key": $0.key, "title": $0.title] }
                + [["key": "method", "title": words["section.method"]]],
        ]
    }

    /// Each in one line, and where the page says more.
    private var leadItems: [(text: String, place: String)] {
        var items: [(text: String, place: String)] = []
        let silent = reporting.unreported
        items.append(
            (
                words(silent > 0 ? "lead.unreported" : "lead.all_reported", ["n": words.count(silent)]),
                "completeness"
            ))
        if !figures.waitingIntents.isEmpty { items.append((waitingSentence, "waiting")) }
        if let unansweredSentence { items.append((unansweredSentence, "opinions")) }
        if let ready = figures.twoSided?.ready, !ready.isEmpty {
            items.append((words("lead.ready", ["n": words.count(ready.count)]), "table-ready"))
        }
        if !figures.followUps.isEmpty {
            items.append((words("lead.due", ["n": words.count(figures.followUps.count)]), "next_week"))
        }
        items.append((signalLine, "signals"))
        items += plausibilitySentences.map { ($0, "plausibility") }
        return items
    }
}
