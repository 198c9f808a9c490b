import Funnel
import Outreach

/// Rates of units and of weeks against the whole, within what chance allows.
extension WeeklyContents {
    private var assessment: WeeklyAssessment { report.assessment }

    /// In words; a dash where there is nothing to compare with.
    func signal(_ point: ControlChart.Point) -> String {
        words["signal.\(assessment.areaChart.target == nil ? "null" : point.signal.rawValue)"]
    }

    var signals: ReportSection {
        ReportSection(
            key: "signals", title: words["section.signals"],
            paragraphs: [dispersionSentence] + signalSentences, chart: funnelPlot,
            tables: [
                ratesOfUnits(
                    key: "district_rates", units: Array(zip(figures.districts, assessment.districts)),
                    shrunk: showsShrinkage ? report.shrinkage().districts : nil,
                    ranks: report.showsRanks ? report.ranks().districts : nil,
                    leading: [.init(words["column.district"], .text)], cells: { [.text($0.name)] },
                    notes: [words["note.clustered"]]),
                ratesOfUnits(
                    key: "area_rates", units: Array(zip(figures.areas, assessment.areas)),
                    shrunk: showsShrinkage ? report.shrinkage().areas : nil,
                    ranks: report.showsRanks ? report.ranks().areas : nil,
                    leading: [
                        .init(words["column.code"], .code), .init(words["column.district"], .text),
                        .init(words["column.area"], .text),
                    ],
                    cells: { [.text($0.code), .text($0.district), .text($0.name)] },
                    notes: [
                        words("note.matured", ["window": windowText]),
                        words[showsShrinkage ? "note.shrunk" : "note.shrunk_elsewhere"], words["note.limits"],
                        words("note.provisional", ["window": windowText]), words["note.comparison"],
                    ] + (report.showsRanks ? [words["note.rank"]] : [])),
            ], isWide: true, startsPage: true)
    }

    private func ratesOfUnits(
        key: String, units: [(UnitFigures, WeeklyAssessment.Unit)], shrunk: [WeeklyShrinkage.Unit?]?,
        ranks: [ClosedRange<Int>?]?, leading: [ReportTable.Column],
        cells: (UnitFigures) -> [ReportTable.Cell], notes: [String]
    ) -> ReportTable {
        let isOfDistricts = key == "district_rates"
        let listed = units.indices.filter {
            isOfDistricts || ratesListEveryUnit || units[$0].0.cohorts.matured.n > 0
        }
        let left = units.count - listed.count
        return ReportTable(
            key: key, title: words("table.\(key)", ["window": windowText]),
            columns: leading + [.init(words("column.matured_rate", ["window": windowText]), .rate)]
                + (isOfDistricts ? [.init(words["column.clustered"], .range)] : [])
                + (shrunk == nil
                    ? []
                    : [
                        .init(words["column.intent_rate_shrunk"], .estimate),
                        .init(words["column.probability_above"], .quotient),
                    ]) + [
                    .init(words["column.limits95"], .range), .init(words["column.signal"], .text),
                    .init(words["column.open"], .count), .init(words["column.provisional"], .estimate),
                ] + (ranks == nil ? [] : [.init(words["column.rank_interval"], .text)]),
            rows: listed.map { index in
                let (unit, assessed) = units[index]
                let believed = shrunk.map { $0[index] }
                return .init(
                    cells: cells(unit) + [.rate(RateEstimate(unit.cohorts.matured))]
                        + (isOfDistricts ? [.range(assessed.clustered)] : [])
                        + (believed.map { unit in
                            [
                                .estimate(unit?.rate.mean, unit?.rate.interval),
                                .share(unit?.probabilityAbove),
                            ]
                        } ?? []) + [
                            .range(assessed.point.band?.warning), .text(signal(assessed.point)),
                            .count(unit.cohorts.immature),
                            .estimate(assessed.provisional?.share, assessed.provisional?.interval),
                        ]
                        + (ranks.map { ranks in
                            [
                                .text(
                                    ranks[index].map { "\($0.lowerBound)–\($0.upperBound)" }
                                        ?? Catalogue.nothing)
                            ]
                        } ?? []))
            },
            notes: (left == 0
                ? []
                : [words("note.units_without_firms", ["window": windowText, "n": words.count(left)])])
                + notes, grouping: isOfDistricts ? nil : 1)
    }

    // MARK: The funnel plot

    private var funnelPlot: FunnelPlot? {
        guard let target = assessment.areaChart.target else { return nil }
        return FunnelPlot(
            key: "funnel-plot", title: words("chart.funnel_plot", ["window": windowText]),
            points: zip(figures.areas, assessment.areas).map { unit, assessed in
                FunnelPlot.Point(
                    name: unit.name, counts: assessed.point.counts, signal: assessed.point.signal)
            },
            limits: limits, target: target,
            words: FunnelPlot.Words(
                firms: words("axis.firms", ["window": windowText]), legend: legend(of: "legend.unit"),
                description: plotDescription))
    }

    private func legend(of point: String) -> PlotLegend {
        PlotLegend(
            point: words[point], flagged: words["legend.flagged"], target: words["legend.target"],
            warning: words["legend.warning"], alarm: words["legend.alarm"])
    }

    /// Limits at every size that occurs, and between; at most some 120 sizes, which a line needs no more than.
    var limits: [(n: Int, band: ControlBand)] {
        let sizes = Set(assessment.areas.map(\.point.counts.n)).filter { $0 > 0 }
        guard let largest = sizes.max() else { return [] }
        let between = (1...40).map { max(1, largest * $0 / 40) }
        let all = sizes.union(between).union([1, 2, 3, 4, 5].filter { $0 <= largest }).sorted()
        let step = max(1, all.count / 120)
        return all.enumerated().compactMap { index, n in
            guard index.isMultiple(of: step) || n == largest else { return nil }
            return assessment.areaChart.band(n: n).map { (n, $0) }
        }
    }

    private var plotDescription: String {
        let points = assessment.areas.map(\.point)
        return words(
            "chart.funnel_plot_description",
            [
                "n": words.count(points.count { $0.counts.n > 0 }),
                "target": words.percent(assessment.areaChart.target),
                "above": words.count(points.count { $0.signal == .above }),
                "below": words.count(points.count { $0.signal == .below }),
            ])
    }

    // MARK: In words

    /// Of districts, then of streets and townships: who stands out, or that nobody does.
    var signalSentences: [String] {
        guard assessment.areaChart.target != nil else {
            return [words("sentence.signals_too_early", ["window": windowText])]
        }
        return [
            sentence(
                "districts", zip(figures.districts, assessment.districts).map { ($0.name, $1.point) }),
            sentence(
                "areas", zip(figures.areas, assessment.areas).map { (qualified($0), $1.point) }),
        ]
    }

    /// Districts and streets together, in one line.
    var signalLine: String {
        guard assessment.areaChart.target != nil else {
            return words("sentence.signals_too_early", ["window": windowText])
        }
        let signals = (assessment.districts + assessment.areas).map(\.point.signal)
        let (above, below) = (signals.count { $0 == .above }, signals.count { $0 == .below })
        return words(
            above + below == 0 ? "lead.no_signal" : "lead.signals",
            ["window": windowText, "above": words.count(above), "below": words.count(below)])
    }

    private func qualified(_ unit: UnitFigures) -> String {
        words("format.area_in_district", ["district": unit.district, "area": unit.name])
    }

    private func sentence(_ kind: String, _ units: [(name: String, point: ControlChart.Point)]) -> String {
        let shown = 30
        func names(_ signal: ControlChart.Signal) -> String {
            let all = units.filter { $0.point.signal == signal }.map(\.name)
            guard !all.isEmpty else { return words["sentence.signal_nobody"] }
            return all.prefix(shown).joined(separator: words["format.list_separator"])
                + (all.count > shown
                    ? words("sentence.signal_rest", ["n": words.count(all.count - shown)]) : "")
        }
        let isQuiet = !units.contains { $0.point.signal == .above || $0.point.signal == .below }
        return words(
            isQuiet ? "sentence.signals_none" : "sentence.signals",
            [
                "kind": words["signal_kind.\(kind)"], "window": windowText, "above": names(.above),
                "below": names(.below),
                "n": words.count(units.count { $0.point.signal != .insufficient }),
                "insufficient": words.count(units.count { $0.point.signal == .insufficient }),
            ])
    }

    private var dispersionSentence: String {
        let chart = assessment.areaChart
        return words(
            chart.isOverDispersed ? "sentence.over_dispersed" : "sentence.not_over_dispersed",
            ["target": words.percent(chart.target), "factor": words.decimal(chart.factor?.corrected)])
    }

    /// nil before there are two weeks to compare, or with one township alone.
    var changeSentence: String? {
        guard let weeks = figures.maturedWeeks, let change = assessment.change,
            let difference = change.difference, let interval = change.interval
        else { return nil }
        let isNothing = interval.lower <= 0 && 0 <= interval.upper
        return words(
            isNothing ? "sentence.change_none" : "sentence.change",
            [
                "week": weekName(weeks.week), "previous": weekName(weeks.previous), "window": windowText,
                "rate": words.percent(change.rate), "before": words.percent(change.previousRate),
                "difference": words.points(difference), "low": words.points(interval.lower),
                "high": words.points(interval.upper),
            ])
    }

    private func weekName(_ start: Day) -> String {
        words(
            "format.period",
            [
                "from": words.monthAndDay(start), "to": words.monthAndDay(start.adding(days: 6)),
                "year": String(start.adding(days: 6).year),
            ])
    }

    // MARK: Weeks

    var weeks: ReportSection {
        ReportSection(
            key: "weeks", title: words["section.weeks"], paragraphs: changeSentence.map { [$0] } ?? [],
            chart: runChart, tables: [weekTable], isWide: true, startsPage: true)
    }

    /// Each week with its point, which those with open windows have none of.
    private var assessedWeeks: [(week: EntryWeek, point: ControlChart.Point?)] {
        var next = 0
        return figures.entryWeeks.map { week in
            guard week.isMature else { return (week, nil) }
            defer { next += 1 }
            return (week, assessment.weekChart.points[next])
        }
    }

    private var runChart: RunChart? {
        let mature = assessedWeeks.compactMap { week, point in point.map { (week, $0) } }
        guard mature.count > 1 else { return nil }
        return RunChart(
            key: "run-chart", title: words("chart.weeks", ["window": windowText]),
            points: mature.map { week, point in
                RunChart.Point(
                    label: words.monthAndDay(week.start), counts: point.counts, band: point.band,
                    isFlagged: point.signal == .above || point.signal == .below)
            },
            target: assessment.weekChart.target, caption: words["axis.weeks"],
            legend: legend(of: "legend.week"),
            description: words(
                "chart.weeks_description",
                [
                    "n": words.count(mature.count), "target": words.percent(assessment.weekChart.target),
                    "flagged": words.count(
                        mature.count { $0.1.signal == .above || $0.1.signal == .below }),
                ]))
    }

    var weekTable: ReportTable {
        ReportTable(
            key: "weeks", title: words("table.weeks", ["window": windowText]),
            columns: [
                .init(words["column.entry_week"], .day), .init(words["column.at_risk"], .count),
                .init(words["column.with_intent"], .count), .init(words["column.open"], .count),
                .init(words("column.matured_rate", ["window": windowText]), .rate),
                .init(words["column.target_rate"], .quotient),
                .init(words["column.limits95"], .range), .init(words["column.limits998"], .range),
                .init(words["column.signal"], .text),
            ],
            rows: assessedWeeks.map { week, point in
                .init(cells: [
                    .day(week.start), .count(week.atRisk), .count(week.intent), .count(week.open),
                    .rate(week.matured.map(RateEstimate.init)),
                    .share(point == nil ? nil : assessment.weekChart.target),
                    .range(point?.band?.warning), .range(point?.band?.alarm),
                    .text(point.map(signal) ?? words["signal.provisional"]),
                ])
            },
            notes: [words("note.weeks", ["window": windowText]), words["note.limits"]],
            empty: Catalogue.nothing)
    }

    // MARK: Sheets

    /// The plot's units, without whom nobody is counted of.
    var plotPoints: ReportTable {
        ReportTable(
            key: "plot_points", title: words("chart.funnel_plot", ["window": windowText]),
            columns: [
                .init(words["column.code"], .code), .init(words["column.area"], .text),
                .init(words["column.at_risk"], .count),
                .init(words("column.matured_rate", ["window": windowText]), .quotient),
                .init(words["column.signal"], .text),
            ],
            rows: zip(figures.areas, assessment.areas).filter { $0.1.point.counts.n > 0 }.map {
                unit, assessed in
                .init(cells: [
                    .text(unit.code), .text(unit.name), .count(assessed.point.counts.n),
                    .share(assessed.point.counts.rate), .text(signal(assessed.point)),
                ])
            })
    }

    var plotLimits: ReportTable {
        ReportTable(
            key: "plot_limits", title: words["table.plot_limits"],
            columns: [
                .init(words["column.at_risk"], .count), .init(words["column.target_rate"], .quotient),
                .init(words["column.limits95"], .range), .init(words["column.limits998"], .range),
            ],
            rows: limits.map { n, band in
                .init(cells: [
                    .count(n), .share(assessment.areaChart.target), .range(band.warning), .range(band.alarm),
                ])
            },
            notes: [words["note.limits"]])
    }
}
