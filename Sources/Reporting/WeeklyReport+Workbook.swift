import Funnel
import Outreach

extension WeeklyReport {
    /// Writes the report as a workbook: a sheet that explains, then one for each part, with native charts.
    ///
    /// An existing file is replaced. The same report gives the same bytes.
    public func writeWorkbook(to path: String, language: Language) throws(WorkbookError) {
        let words = Catalogue(language)
        let contents = WeeklyContents(report: self, words: words)
        let workbook = try Workbook(
            path: path, title: contents.titleLine, author: contents.federationName,
            created: figures.week.end)
        let layout = SheetLayout(
            words: words, workbook: workbook,
            banner: figures.synthetic ? words["synthetic.banner"] : nil)
        try layout.addReadme(name: words["sheet.readme"], title: contents.titleLine, contents.readme)
        for plan in contents.sheets { try layout.add(plan) }
        try workbook.close()
    }
}

extension WeeklyContents {
    fileprivate var readme: [ReadmeLine] {
        [
            .init(words["readme.what"], .text(words["readme.what_weekly"])),
            .init(words["readme.federation"], .text(federationName)),
        ] + (scopeNames.map { [.init(words["readme.scope"], .text($0))] } ?? []) + [
            .init(words["readme.week"], .text(figures.week.name)),
            .init(words["readme.from"], .day(figures.week.start)),
            .init(words["readme.to"], .day(figures.week.end)),
            .init(words["readme.since"], .day(figures.since)),
            .init(words["readme.as_known_at"], .text(figures.asKnownAt)),
            .init(
                words["readme.synthetic"],
                .text(
                    figures.synthetic
                        ? words["readme.yes"] + " " + words["synthetic.banner"] : words["readme.no"])),
            .init(words["readme.definition"], .text(words.rules(of: figures.definition))),
            .init(words["readme.hash"], .text(figures.definition.hash)),
            .init(words["readme.sources"], .text(words["readme.sources_weekly"])),
        ] + (editionLine.map { [.init(words["readme.edition"], .text($0 + "  " + signatures))] } ?? [])
            + (report.circulation.auditHead.map { [.init(words["readme.audit_head"], .text($0))] } ?? [])
            + method.map { .init(words["readme.notes"], .text($0)) }
    }

    /// Low, rate and high of the districts' intent rate.
    private static let intervalSeries: [SheetPlan.Series] = [
        .init(column: 6, cell: 3), .init(column: 6, cell: 2), .init(column: 6, cell: 4),
    ]

    fileprivate var sheets: [SheetPlan] {
        let (headline, progress, workers) = (headline, progress, workers)
        let (nextWeek, districts, areas) = (nextWeek, districts, areas)
        let (conservation, completeness) = (conservation, completeness)
        let (attention, opinions, plausibility, signals) = (attention, opinions, plausibility, signals)
        func name(_ key: String) -> String { words["sheet.\(key)"] }
        return [
            SheetPlan(name: name("headline"), title: headline.title, tables: headline.tables),
            SheetPlan(
                name: name("progress"), title: name("progress"),
                tables: progress.tables + outcomes.tables + workers.tables,
                chart: .init(
                    kind: .bars, title: progress.chart?.title ?? progress.title, table: 0, category: 0,
                    series: [.init(column: 1)])),
            SheetPlan(
                name: name("attention"), title: name("attention"),
                tables: attention.tables + opinions.tables),
            SheetPlan(name: name("next_week"), title: nextWeek.title, tables: nextWeek.tables),
            SheetPlan(
                name: name("districts"), title: districts.title, tables: districts.tables,
                chart: .init(
                    kind: .intervals, title: districts.chart?.title ?? districts.title, table: 0,
                    category: 0, series: Self.intervalSeries), isList: true, frozenColumns: 1),
            SheetPlan(
                name: name("areas"), title: areas.title, tables: areas.tables, isList: true,
                frozenColumns: 3),
            SheetPlan(
                name: name("district_rates"), title: signals.title, tables: Array(signals.tables.prefix(1)),
                isList: true, frozenColumns: 1),
            SheetPlan(
                name: name("area_rates"), title: signals.title, tables: Array(signals.tables.suffix(1)),
                isList: true, frozenColumns: 3),
            SheetPlan(
                name: name("plot"), title: plotPoints.title, tables: [plotPoints, plotLimits],
                scatter: funnelScatter),
            SheetPlan(
                name: name("weeks"), title: weeks.title, tables: [weekTable], chart: weekLines),
            SheetPlan(name: name("conservation"), title: conservation.title, tables: conservation.tables),
            SheetPlan(
                name: name("completeness"), title: completeness.title, tables: completeness.tables,
                isList: true, frozenColumns: 2),
            SheetPlan(name: name("plausibility"), title: plausibility.title, tables: plausibility.tables),
            SheetPlan(
                name: name("waiting"), title: waiting.title, tables: waiting.tables, isList: true,
                frozenColumns: 1),
        ]
            + stated.map { section in
                SheetPlan(
                    name: name(section.key), title: section.title, tables: section.tables, isList: true,
                    frozenColumns: 1)
            }
    }

    /// The funnel plot over the cells of its sheet: units, then the limits as lines.
    private var funnelScatter: SheetPlan.Scatter {
        func limit(_ key: String, _ column: Int, _ cell: Int, _ colour: UInt32) -> SheetPlan.Scatter.Series {
            .init(
                name: words[key], x: .init(table: 1, column: 0),
                y: .init(table: 1, column: column, cell: cell), isLine: true, colour: colour)
        }
        return SheetPlan.Scatter(
            title: words("chart.funnel_plot", ["window": windowText]),
            xName: words("axis.firms", ["window": windowText]), yName: words["column.rate"],
            series: [
                .init(
                    name: words["column.area"], x: .init(table: 0, column: 2),
                    y: .init(table: 0, column: 3), isLine: false, colour: ChartPalette.navy),
                limit("column.target_rate", 1, 0, ChartPalette.plum),
                limit("legend.warning_low", 2, 0, ChartPalette.teal),
                limit("legend.warning_high", 2, 1, ChartPalette.teal),
                limit("legend.alarm_low", 3, 0, ChartPalette.orange),
                limit("legend.alarm_high", 3, 1, ChartPalette.orange),
            ])
    }

    /// The p-chart; nil where fewer than two weeks can be drawn.
    private var weekLines: SheetPlan.Chart? {
        let mature = figures.entryWeeks.prefix { $0.isMature }.count
        guard mature > 1 else { return nil }
        return SheetPlan.Chart(
            kind: .lines, title: words("chart.weeks", ["window": windowText]), table: 0, category: 0,
            series: [
                .init(column: 4, cell: 2), .init(column: 5), .init(column: 6), .init(column: 6, cell: 1),
                .init(column: 7), .init(column: 7, cell: 1),
            ], rows: mature)
    }
}
