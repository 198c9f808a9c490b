import CXlsxWriter

/// A native chart of points and lines over cells of one sheet.
struct SheetScatter {
    struct Series {
        var name: String
        var x: SheetChart.Cells
        var y: SheetChart.Cells
        /// A line without points; else points without a line.
        var isLine: Bool
        var colour: UInt32
    }

    var title: String
    var xName: String
    var yName: String
    var series: [Series]
}

extension Sheet {
    /// Puts the chart's upper left corner on a cell. `lines` is its height in rows.
    func insert(
        _ chart: SheetScatter, row: Int, column: Int, in workbook: Workbook, lines: Int
    ) throws(WorkbookError) {
        guard let pointer = workbook.addChart(LXW_CHART_SCATTER_STRAIGHT) else {
            throw WorkbookError(reason: "no memory")
        }
        chart_title_set_name(pointer, chart.title)
        chart_legend_set_position(pointer, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        chart_axis_set_name(pointer.pointee.x_axis, chart.xName)
        chart_axis_set_name(pointer.pointee.y_axis, chart.yName)
        chart_axis_set_num_format(pointer.pointee.y_axis, "0%")
        chart_axis_set_min(pointer.pointee.x_axis, 0)
        chart_axis_set_min(pointer.pointee.y_axis, 0)
        chart_axis_set_max(pointer.pointee.y_axis, 1)
        for series in chart.series { try add(series, to: pointer) }
        var options = lxw_chart_options()
        options.x_scale = 1.9
        options.y_scale = Double(lines) * 20 / 288
        try check(
            worksheet_insert_chart_opt(
                self.pointer, lxw_row_t(row), lxw_col_t(column), pointer, &options))
    }

    private func add(
        _ series: SheetScatter.Series, to chart: UnsafeMutablePointer<lxw_chart>
    ) throws(WorkbookError) {
        guard let added = chart_add_series(chart, nil, nil) else { throw WorkbookError(reason: "no memory") }
        chart_series_set_categories(
            added, name, lxw_row_t(series.x.firstRow), lxw_col_t(series.x.column),
            lxw_row_t(series.x.lastRow), lxw_col_t(series.x.column))
        chart_series_set_values(
            added, name, lxw_row_t(series.y.firstRow), lxw_col_t(series.y.column),
            lxw_row_t(series.y.lastRow), lxw_col_t(series.y.column))
        chart_series_set_name(added, series.name)
        var line = lxw_chart_line()
        if series.isLine {
            line.color = series.colour
            line.width = 1.5
            chart_series_set_line(added, &line)
            chart_series_set_marker_type(added, UInt8(LXW_CHART_MARKER_NONE.rawValue))
        } else {
            line.none = 1
            chart_series_set_line(added, &line)
            chart_series_set_marker_type(added, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
            chart_series_set_marker_size(added, 5)
            var fill = lxw_chart_fill()
            fill.color = series.colour
            chart_series_set_marker_fill(added, &fill)
        }
    }
}
