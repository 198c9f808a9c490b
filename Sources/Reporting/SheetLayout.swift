/// Writes plans into a workbook and remembers where the cells went.
struct SheetLayout {
    let words: Catalogue
    let workbook: Workbook
    /// Stands at the top of every sheet; nil for real data.
    let banner: String?

    private static let chartRows = 22

    /// Where a table went: its rows, and the first cell column of each of its columns.
    private struct Placed {
        var firstRow: Int
        var lastRow: Int
        var columns: [Int]
    }

    func add(_ plan: SheetPlan) throws(WorkbookError) {
        let sheet = try workbook.addSheet(plan.name)
        try sheet.write(plan.title, 0, 0, .title)
        try sheet.setRow(0, height: 24)
        var row = 1
        if let banner {
            try sheet.write(banner, row, 0, .banner)
            row += 1
        }
        var heading: Int?
        var placed: [Placed] = []
        for (index, table) in plan.tables.enumerated() {
            row += 1
            if !plan.isList {
                try sheet.write(table.title, row, 0, .tableTitle)
                row += 1
            }
            let place = try write(table, on: sheet, at: row, asList: plan.isList)
            heading = heading ?? place.firstRow - 1
            placed.append(place)
            row = max(place.lastRow, place.firstRow) + 1
            for note in table.notes {
                try sheet.write(note, row, 0, .note)
                row += 1
            }
            if let chart = plan.chart, chart.table == index, !table.rows.isEmpty {
                try insert(chart, of: table, placed: place, on: sheet, row: row + 1)
                row += Self.chartRows + 2
            }
        }
        if let scatter = plan.scatter, plan.tables.allSatisfy({ !$0.rows.isEmpty }) {
            try insert(scatter, of: plan.tables, placed: placed, on: sheet)
        }
        try setWidths(of: plan.tables, on: sheet)
        if plan.isList, let heading { sheet.freeze(above: heading + 1, leftOf: plan.frozenColumns) }
        try sheet.setPage(landscape: plan.isList, repeating: plan.isList ? heading : nil)
    }

    private func write(
        _ table: ReportTable, on sheet: Sheet, at row: Int, asList: Bool
    ) throws(WorkbookError) -> Placed {
        let headings = table.columns.flatMap { column in
            column.sheetHeadings(in: words).map { (text: $0, isNumeric: column.kind.isNumeric) }
        }
        try sheet.setRow(row, height: 46)
        if asList && !table.rows.isEmpty {
            try sheet.addTable(headings: headings, firstRow: row, rows: table.rows.count)
        } else {
            for (column, heading) in headings.enumerated() {
                try sheet.write(heading.text, row, column, heading.isNumeric ? .numericHeading : .heading)
            }
        }
        var columns: [Int] = []
        var next = 0
        for column in table.columns {
            columns.append(next)
            next += column.sheetHeadings(in: words).count
        }
        if table.rows.isEmpty { try sheet.write(table.empty, row + 1, 0, .text) }
        for (offset, line) in table.rows.enumerated() {
            for (index, cell) in line.cells.enumerated() {
                try sheet.write(
                    cell, row + 1 + offset, columns[index], wraps: table.columns[index].wraps,
                    isTotal: line.isTotal)
            }
        }
        return Placed(
            firstRow: row + 1, lastRow: row + max(1, table.rows.count), columns: columns)
    }

    /// As wide as the widest text, within reason, and as a number; a heading may break into lines.
    private func setWidths(of tables: [ReportTable], on sheet: Sheet) throws(WorkbookError) {
        var widths: [Int] = []
        for table in tables {
            var first = 0
            for (index, kind) in table.columns.map(\.kind).enumerated() {
                let wanted = kind.isNumeric ? 9 : min(46, max(10, widestText(in: index, of: table) + 2))
                for column in first..<(first + kind.sheetColumns) {
                    if widths.count <= column { widths.append(9) }
                    widths[column] = max(widths[column], wanted)
                }
                first += kind.sheetColumns
            }
        }
        for (column, width) in widths.enumerated() {
            try sheet.setColumn(column, width: Double(width))
        }
    }

    private func widestText(in column: Int, of table: ReportTable) -> Int {
        table.rows.lazy.map { row in
            row.cells[column].displayed(in: words).first.map(TerminalText.width) ?? 0
        }.max() ?? 0
    }

    private func insert(
        _ chart: SheetPlan.Chart, of table: ReportTable, placed place: Placed, on sheet: Sheet, row: Int
    ) throws(WorkbookError) {
        func cells(_ column: Int) -> SheetChart.Cells {
            let last = chart.rows.map { place.firstRow + $0 - 1 } ?? place.lastRow
            return SheetChart.Cells(firstRow: place.firstRow, lastRow: last, column: column)
        }
        let series = chart.series.map { part in
            SheetChart.Series(
                name: table.columns[part.column].sheetHeadings(in: words)[part.cell],
                values: cells(place.columns[part.column] + part.cell))
        }
        try sheet.insert(
            SheetChart(
                kind: chart.kind, title: chart.title, categories: cells(place.columns[chart.category]),
                series: series),
            row: row, column: 0, in: workbook, lines: Self.chartRows)
    }

    /// A chart whose series stand in several tables, to the right of them all.
    private func insert(
        _ scatter: SheetPlan.Scatter, of tables: [ReportTable], placed: [Placed], on sheet: Sheet
    ) throws(WorkbookError) {
        let width = tables.map { $0.columns.reduce(0) { $0 + $1.kind.sheetColumns } }.max() ?? 0
        func cells(_ place: SheetPlan.Place) -> SheetChart.Cells {
            let table = placed[place.table]
            return SheetChart.Cells(
                firstRow: table.firstRow, lastRow: table.lastRow,
                column: table.columns[place.column] + place.cell)
        }
        try sheet.insert(
            SheetScatter(
                title: scatter.title, xName: scatter.xName, yName: scatter.yName,
                series: scatter.series.map { part in
                    SheetScatter.Series(
                        name: part.name, x: cells(part.x), y: cells(part.y), isLine: part.isLine,
                        colour: part.colour)
                }),
            row: 2, column: width + 1, in: workbook, lines: Self.chartRows + 6)
    }
}
