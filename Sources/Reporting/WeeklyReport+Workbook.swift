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
        for plans in contents.sheets {
            for plan in plans() { try layout.add(plan) }
        }
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

    /// Made one after another, since a country's tables need not all be held at once.
    fileprivate var sheets: [() -> [SheetPlan]] {
        [
            { [plan("headline", headline)] }, { [progressPlan] },
            { [plan("attention", attention, with: opinions.tables)] }, { [plan("next_week", nextWeek)] },
            { [districtPlan] }, { [list("areas", areas, frozen: 3)] }, { ratePlans },
            {
                [
                    SheetPlan(
                        name: name("plot"), title: plotPoints.title, tables: [plotPoints, plotLimits],
                        scatter: funnelScatter)
                ]
            },
            {
                [SheetPlan(name: name("weeks"), title: weeks.title, tables: [weekTable], chart: weekLines)]
            },
            { [plan("conservation", conservation)] }, { [list("completeness", completeness, frozen: 2)] },
            { [plan("plausibility", plausibility)] }, { [list("waiting", waiting, frozen: 1)] },
            { stated.map { list($0.key, $0, frozen: 1) } },
        ]
    }

    private func name(_ key: String) -> String { words["sheet.\(key)"] }

    private func plan(
        _ key: String, _ section: ReportSection, with more: [ReportTable] = []
    ) -> SheetPlan {
        SheetPlan(name: name(key), title: section.title, tables: section.tables + more)
    }

    private func list(_ key: String, _ section: ReportSection, frozen: Int) -> SheetPlan {
        SheetPlan(
            name: name(key), title: section.title, tables: section.tables, isList: true, frozenColumns: frozen
        )
    }

    private var progressPlan: SheetPlan {
        let progress = progress
        return SheetPlan(
            name: name("progress"), title: name("progress"),
            tables: progress.tables + outcomes.tables + workers.tables,
            chart: .init(
                kind: .bars, title: progress.chart?.title ?? progress.title, table: 0, category: 0,
                series: [.init(column: 1)]))
    }

    private var districtPlan: SheetPlan {
        let districts = districts
        var plan = list("districts", districts, frozen: 1)
        plan.chart = .init(
            kind: .intervals, title: districts.chart?.title ?? districts.title, table: 0, category: 0,
            series: Self.intervalSeries)
        return plan
    }

    private var ratePlans: [SheetPlan] {
        let signals = signals
        return zip(["district_rates", "area_rates"], zip(signals.tables, [1, 3])).map { key, table in
            SheetPlan(
                name: name(key), title: signals.title, tables: [table.0], isList: true,
                frozenColumns: table.1)
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
