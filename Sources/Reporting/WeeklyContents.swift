import Funnel

/// The weekly report in the words of one language: sections in the order in which they are circulated.
struct WeeklyContents {
    let report: WeeklyReport
    let words: Catalogue
    /// Whether tables hold the shrunken rates: a terminal has no room for them, and no patience.
    var showsShrinkage = true
    /// Whether units nobody is counted of yet stand in the table of rates: a page has no room for empty rows.
    var ratesListEveryUnit = true

    var figures: WeeklyFigures { report.figures }

    var sections: [ReportSection] {
        [
            headline, progress, outcomes, workers, attention, nextWeek, opinions, districts, areas, signals,
            weeks, conservation, completeness, plausibility, waiting,
        ] + stated
    }

    var headline: ReportSection {
        ReportSection(
            key: "headline", title: words["section.headline"], paragraphs: [headlineSentence],
            tables: [
                ReportTable(
                    key: "headline", title: words["table.headline"],
                    columns: [
                        .init(words["column.measure"], .text), .init(words["period.week"], .count),
                        .init(words["period.previous"], .count), .init(words["period.late"], .count),
                        .init(words["period.year"], .count), .init(words["period.cumulative"], .count),
                        .init(words["period.target"], .count), .init(words["period.done"], .quotient),
                    ],
                    rows: HeadlineMeasure.allCases.map(headlineRow),
                    notes: [words["note.week"], words["note.cumulative"]])
            ])
    }

    /// The one sentence that everybody quotes.
    var headlineSentence: String {
        func total(_ measure: HeadlineMeasure) -> String {
            words.count(figures.headline[measure]?.cumulative)
        }
        return words(
            "sentence.headline",
            [
                "enterprise": total(.enterpriseMeetings), "worker": total(.workerMeetings),
                "firms": total(.firmsMet), "unorganised": total(.unorganisedFirmsMet),
                "intents": total(.foundingIntents),
                "applications": roundedPersons(figures.headline[.onSiteApplications]?.cumulative),
            ])
    }

    /// From ten thousand on, in units of 万 with two decimals, as federations write it.
    private func roundedPersons(_ count: Int?) -> String {
        guard words.language == .zh, let count, count >= 10_000 else {
            return words("format.persons", ["n": words.count(count)])
        }
        let hundredths = (count + 50) / 100
        var digits = "\(hundredths / 100)"
        let rest = hundredths % 100
        if rest > 0 { digits += ".\(rest / 10)" + (rest % 10 > 0 ? "\(rest % 10)" : "") }
        return words("format.ten_thousand_persons", ["n": digits])
    }

    private func headlineRow(_ measure: HeadlineMeasure) -> ReportTable.Row {
        let counts = figures.headline[measure]
        return .init(cells: [
            .text(words["measure.\(measure.rawValue)"]), .count(counts?.week), .count(counts?.previous),
            .count(counts?.late), .count(counts?.year), .count(counts?.cumulative),
            .count(counts?.target), .quotient(counts?.reached ?? counts?.year, of: counts?.target),
        ])
    }

    var outcomes: ReportSection {
        let total = figures.outcomes.total
        return ReportSection(
            key: "outcomes", title: words("section.outcomes", ["total": words.count(total)]),
            tables: [
                partsTable(
                    key: "outcomes", heading: words["column.outcome"], prefix: "outcome",
                    parts: report.outcomeParts, total: total, notes: [words["note.outcomes"]])
            ])
    }

    var workers: ReportSection {
        let counts = figures.workers
        return ReportSection(
            key: "workers", title: words["section.workers"],
            paragraphs: [
                words(
                    "sentence.workers",
                    [
                        "applied": words.count(counts.applied), "paper": words.count(counts.paper),
                        "qr": words.count(counts.qr), "app": words.count(counts.app),
                        "verified": words.count(counts.verified),
                        "admitted": words.count(counts.admitted),
                        "meetings": words.count(counts.workerMeetings),
                        "per_meeting": words.decimal(report.applicationsPerMeeting),
                    ])
            ],
            tables: [
                ReportTable(
                    key: "workers", title: words["table.workers"],
                    columns: [
                        .init(words["column.step"], .text), .init(words["column.unit"], .text),
                        .init(words["period.cumulative"], .count),
                        .init(words["column.of_previous"], .rate),
                    ],
                    rows: report.workerSteps.map { step in
                        .init(cells: [
                            .text(words["worker_step.\(step.key)"]), .text(words["unit.\(step.unit)"]),
                            .count(step.count), .rate(step.ofPrevious),
                        ])
                    },
                    notes: [words["note.workers"]]),
                partsTable(
                    key: "worker_standing", heading: words["column.standing"], of: words["column.people"],
                    prefix: "worker_standing", parts: report.workerStandings, total: counts.applied,
                    notes: [words["note.worker_standing"]]),
            ])
    }

    /// Parts that add up to a total, with the total as the last row.
    func partsTable(
        key: String, heading: String, of unit: String? = nil, prefix: String,
        parts: [(key: String, count: Int)], total: Int,
        notes: [String]
    ) -> ReportTable {
        let rows = parts.map { part in
            ReportTable.Row(cells: [
                .text(words["\(prefix).\(part.key)"]), .count(part.count),
                .rate(RateEstimate(x: part.count, of: total)),
            ])
        }
        let sum = ReportTable.Row(
            cells: [.text(words["row.total"]), .count(total), .rate(nil)],
            isTotal: true)
        return ReportTable(
            key: key, title: words["table.\(key)"],
            columns: [
                .init(heading, .text), .init(unit ?? words["column.firms"], .count),
                .init(words["column.share"], .rate),
            ],
            rows: rows + [sum], notes: notes)
    }
}
