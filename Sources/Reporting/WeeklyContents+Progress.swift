import Funnel

/// From the first meeting to the founded union.
extension WeeklyContents {
    var progress: ReportSection {
        ReportSection(
            key: "progress", title: words["section.progress"], paragraphs: [progressSentence],
            chart: progressChart, tables: [stepsTable, ratesTable, splitTable, reconciliationTable])
    }

    var progressSentence: String {
        words(
            "sentence.progress",
            [
                "cumulative": words.rate(report.cumulativeIntentRate),
                "cumulative_ci": words.interval(report.cumulativeIntentRate),
                "cumulative_clustered": clusteredPhrase(report.assessment.clusteredCumulative),
                "matured": words.rate(report.maturedIntentRate),
                "matured_ci": words.interval(report.maturedIntentRate),
                "matured_clustered": clusteredPhrase(report.assessment.clustered),
                "open": words.count(figures.firmFunnel.open), "window": windowText,
            ])
    }

    /// A pooled rate's interval with its streets and townships as units of inference; nothing where there is none.
    private func clusteredPhrase(_ interval: ConfidenceInterval?) -> String {
        interval.map { words("format.clustered", ["interval": words.range($0)]) } ?? ""
    }

    var windowText: String { words.window(of: figures.definition) }

    private var progressChart: BarChart {
        BarChart(
            key: "progress-chart", title: words("chart.progress", ["window": windowText]), scale: .count,
            bars: report.firmSteps.map { step in
                BarChart.Bar(
                    label: words["firm_step.\(step.key.rawValue)"], value: Double(step.count),
                    interval: nil,
                    caption: step.ofFirst.map { estimate in
                        words(
                            "format.count_and_share",
                            ["n": words.count(step.count), "rate": words.percent(estimate.rate)])
                    } ?? words.count(step.count))
            })
    }

    private var stepsTable: ReportTable {
        ReportTable(
            key: "steps", title: words("table.steps", ["window": windowText]),
            columns: [
                .init(words["column.step"], .text), .init(words["column.firms"], .count),
                .init(words["column.drop_off"], .count), .init(words["column.of_first"], .rate),
                .init(words["column.of_previous"], .rate),
            ],
            rows: report.firmSteps.map { step in
                let name = words["firm_step.\(step.key.rawValue)"]
                let label =
                    step.exceedsPrevious ? words("format.exceeds_previous", ["step": name]) : name
                return .init(cells: [
                    .text(label), .count(step.count), .count(step.dropOff), .rate(step.ofFirst),
                    .rate(step.ofPrevious),
                ])
            },
            notes: [
                words("note.steps", ["window": windowText, "met": words.count(figures.firmFunnel.met)])
            ])
    }

    private var ratesTable: ReportTable {
        let days = figures.firmFunnel.medianDaysToIntent
        return ReportTable(
            key: "rates", title: words["table.rates"],
            columns: [
                .init(words["column.measure"], .text, wraps: true),
                .init(words["column.rate"], .rate),
            ],
            rows: [
                .init(cells: [
                    .text(words["rate.cumulative_intent_rate"]), .rate(report.cumulativeIntentRate),
                ]),
                .init(cells: [
                    .text(words("rate.matured_intent_rate", ["window": windowText])),
                    .rate(report.maturedIntentRate),
                ]),
            ],
            notes: [words("note.median", ["days": words.decimal(days)]), words["note.interval"]])
    }

    private var splitTable: ReportTable {
        let parts = report.firmOutcomes
        return partsTable(
            key: "split", heading: words["column.standing"], prefix: "standing", parts: parts,
            total: parts.reduce(0) { $0 + $1.count }, notes: [words["note.split"]])
    }

    private var reconciliationTable: ReportTable {
        partsTable(
            key: "reconciliation", heading: words["column.when"], prefix: "reconciliation",
            parts: report.reconciliationParts, total: figures.reconciliation.total, notes: [])
    }
}
