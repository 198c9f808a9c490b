import Funnel
import Outreach

extension PilotFolder {
    /// Writes `comparison.xlsx`: a sheet that explains, the estimates with a native chart, units, cells.
    func writeWorkbook(to path: String) throws(WorkbookError) {
        let contents = PilotContents(self)
        let workbook = try Workbook(
            path: path, title: contents.title, author: language.of(comparison.name),
            created: comparison.asOf)
        let layout = SheetLayout(
            words: words, workbook: workbook,
            banner: comparison.synthetic ? words["synthetic.banner"] : nil)
        var lines: [ReadmeLine] = [.init(words["readme.what"], .text(contents.scope))]
        if comparison.synthetic {
            lines.append(.init(words["readme.synthetic"], .text(words["synthetic.banner"])))
        }
        lines += contents.facts.map { .init($0.item, .text($0.text)) }
        let limits = contents.limits + [language.of(comparison.claim.reason)]
        lines += (limits + contents.publicationNotes).map { .init(words["pilot.limits"], .text($0)) }
        try layout.addReadme(name: words["sheet.readme"], title: contents.title, lines)
        for plan in contents.sheets { try layout.add(plan) }
        try workbook.close()
    }
}

extension PilotContents {
    var sheets: [SheetPlan] {
        // A native chart needs both ends of an interval; without any rate there is nothing to draw.
        let chart = SheetPlan.Chart(
            kind: .intervals, title: words["chart.pilot"], table: 0, category: 0,
            series: [.init(column: 4), .init(column: 3), .init(column: 5)])
        let gaps = SheetPlan.Chart(
            kind: .differences, title: words["chart.gaps"], table: 0, category: 0,
            series: [.init(column: 3), .init(column: 2), .init(column: 4)])
        let periods = SheetPlan.Chart(
            kind: .differences, title: words["chart.periods"], table: 0, category: 0,
            series: [.init(column: 3), .init(column: 2), .init(column: 4)])
        let effects =
            comparison.effects.isEmpty
            ? []
            : [
                SheetPlan(
                    name: words["pilot_sheet.effects"], title: words["pilot_section.effects"],
                    tables: [periodsTable, effectsTable],
                    chart: periodsTable.rows.isEmpty ? nil : periods)
            ]
        return [
            SheetPlan(
                name: words["pilot_sheet.estimates"], title: words["pilot_sheet.estimates"],
                tables: [ratesTable, ratiosTable, incidenceTable],
                chart: ratesTable.rows.isEmpty ? nil : chart),
            SheetPlan(
                name: words["pilot_sheet.gaps"], title: words["pilot_table.gaps"], tables: [gapsTable],
                chart: gapsTable.rows.isEmpty ? nil : gaps),
        ] + effects + [
            SheetPlan(
                name: words["pilot_sheet.totals"], title: words["pilot_section.totals"],
                tables: [monthsTable, districtsTable]),
            SheetPlan(
                name: words["pilot_sheet.units"], title: words["pilot_table.units"],
                tables: [unitsTable], isList: true, frozenColumns: 3),
            SheetPlan(
                name: words["pilot_sheet.cells"], title: words["pilot_table.cells"],
                tables: [cellsTable], isList: true, frozenColumns: 2),
        ]
    }
}
