import Funnel

/// One row for each district and for each street or township, in code order.
extension WeeklyContents {
    var districts: ReportSection {
        let districtStatus = districtStatus
        return ReportSection(
            key: "districts", title: words["section.districts"], chart: districtChart,
            tables: [
                unitTable(
                    key: "districts", units: Array(zip(figures.districts, report.assessment.districts)),
                    leading: [.init(words["column.district"], .text)],
                    cells: { [.text($0.name)] },
                    status: { districtStatus[$0.code.prefix(6)] ?? Catalogue.nothing })
            ], isWide: true, startsPage: true)
    }

    var areas: ReportSection {
        let areaStatus = areaStatus
        return ReportSection(
            key: "areas", title: words["section.areas"],
            tables: [
                unitTable(
                    key: "areas", units: Array(zip(figures.areas, report.assessment.areas)),
                    leading: [
                        .init(words["column.code"], .code), .init(words["column.district"], .text),
                        .init(words["column.area"], .text),
                    ],
                    cells: { [.text($0.code), .text($0.district), .text($0.name)] },
                    status: { areaStatus[$0.code] ?? Catalogue.nothing }, grouping: 1)
            ], isWide: true, startsPage: true)
    }

    private var districtChart: BarChart {
        let city = report.cumulativeIntentRate
        return BarChart(
            key: "district-chart", title: words["chart.districts"], scale: .rate,
            bars: figures.districts.map { unit in
                let estimate = RateEstimate(unit.intentRate)
                return BarChart.Bar(
                    label: unit.name, value: estimate.rate, interval: estimate.interval,
                    caption: words.rate(estimate))
            },
            reference: city.rate.map { rate in
                BarChart.Reference(
                    label: words(whole("chart.city", inScope: "chart.scope"), ["rate": words.percent(rate)]),
                    value: rate)
            })
    }

    private func unitTable(
        key: String, units: [(UnitFigures, WeeklyAssessment.Unit)], leading: [ReportTable.Column],
        cells: (UnitFigures) -> [ReportTable.Cell], status: (UnitFigures) -> String,
        grouping: Int? = nil
    ) -> ReportTable {
        let before: [HeadlineMeasure] = [
            .enterpriseMeetings, .workerMeetings, .firmsMet, .unorganisedFirmsMet, .foundingIntents,
        ]
        let after: [HeadlineMeasure] = [.unionsEstablished, .onSiteApplications, .membersAdmitted]
        func columns(_ measures: [HeadlineMeasure]) -> [ReportTable.Column] {
            measures.map { .init(words["short.\($0.rawValue)"], .pair) }
        }
        return ReportTable(
            key: key, title: words["table.\(key)"],
            columns: leading + columns(before) + [
                .init(words["column.intent_rate"], .rate), .init(words["column.signal"], .text),
            ] + columns(after) + [.init(words["column.status"], .text)],
            rows: units.map { unit, assessed in
                .init(
                    cells: cells(unit) + before.map { .pair(unit.measures[$0]) } + [
                        .rate(RateEstimate(unit.intentRate)), .text(signal(assessed.point)),
                    ] + after.map { .pair(unit.measures[$0]) } + [.text(status(unit))])
            },
            notes: [
                words["note.cumulative"], words["note.units"], words("note.signal", ["window": windowText]),
                words["note.comparison"],
            ], grouping: grouping)
    }

    /// The standing of each unit that must report, by code.
    var areaStatus: [String: String] {
        var status: [String: String] = [:]
        for line in figures.completeness { status[line.code] = words["status.\(line.statusKey)"] }
        return status
    }

    /// Units that reported, of those that must, by the district's six digits.
    private var districtStatus: [Substring: String] {
        Dictionary(grouping: figures.completeness) { $0.code.prefix(6) }.mapValues { lines in
            "\(lines.count { !$0.unreported })/\(lines.count)"
        }
    }
}

extension CompletenessLine {
    /// `unreported`, `declared_none`, `zero` or `reported`.
    var statusKey: String {
        if unreported { return "unreported" }
        // Meetings speak louder than a declaration that there was none.
        if held > 0 { return "reported" }
        return declaredNone ? "declared_none" : submitted ? "zero" : "reported"
    }
}
