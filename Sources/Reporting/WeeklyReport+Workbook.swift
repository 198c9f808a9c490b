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
        func name(_ key: String) -> String { words["sheet.\(key)"] }
        return [
            SheetPlan(name: name("headline"), title: headline.title, tables: headline.tables),
            SheetPlan(
                name: name("progress"), title: name("progress"),
                tables: progress.tables + outcomes.tables + workers.tables,
                chart: .init(
                    kind: .bars, title: progress.chart?.title ?? progress.title, table: 0, category: 0,
                    series: [.init(column: 1)])),
            SheetPlan(name: name("next_week"), title: nextWeek.title, tables: nextWeek.tables),
            SheetPlan(
                name: name("districts"), title: districts.title, tables: districts.tables,
                chart: .init(
                    kind: .intervals, title: districts.chart?.title ?? districts.title, table: 0,
                    category: 0, series: Self.intervalSeries), isList: true, frozenColumns: 1),
            SheetPlan(
                name: name("areas"), title: areas.title, tables: areas.tables, isList: true,
                frozenColumns: 3),
            SheetPlan(name: name("conservation"), title: conservation.title, tables: conservation.tables),
            SheetPlan(
                name: name("completeness"), title: completeness.title, tables: completeness.tables,
                isList: true, frozenColumns: 2),
        ]
    }
}
