import CXlsxWriter

/// A native chart over cells of one sheet, so that it follows when a reader filters or corrects them.
struct SheetChart {
    enum Kind {
        /// One bar for each category.
        case bars
        /// A point with its interval for each category.
        case intervals
        /// The same of differences, which may be negative.
        case differences
        /// The first series as a line with points, the others as thin lines without: limits.
        case lines
    }

    /// A block of cells of one column.
    struct Cells {
        var firstRow: Int
        var lastRow: Int
        var column: Int
    }

    struct Series {
        var name: String
        var values: Cells
    }

    var kind: Kind
    var title: String
    var categories: Cells
    /// For intervals: low, value, high.
    var series: [Series]
}

extension Sheet {
    /// Puts the chart's upper left corner on a cell. `lines` is its height in rows.
    func insert(
        _ chart: SheetChart, row: Int, column: Int, in workbook: Workbook, lines: Int
    ) throws(WorkbookError) {
        let type = chart.kind == .bars ? LXW_CHART_BAR : LXW_CHART_LINE
        guard let pointer = workbook.addChart(type) else { throw WorkbookError(reason: "no memory") }
        chart_title_set_name(pointer, chart.title)
        for (index, series) in chart.series.enumerated() {
            try add(series, at: index, to: pointer, of: chart)
        }
        switch chart.kind {
        case .bars:
            // Bars start at the bottom unless told otherwise; steps read from the top.
            chart_axis_set_reverse(pointer.pointee.y_axis)
            chart_legend_set_position(pointer, UInt8(LXW_CHART_LEGEND_NONE.rawValue))
            chart_set_series_gap(pointer, 60)
        case .intervals, .differences:
            chart_legend_set_position(pointer, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
            chart_axis_set_num_format(pointer.pointee.y_axis, "0%")
            if chart.kind == .intervals { chart_axis_set_min(pointer.pointee.y_axis, 0) }
            // Names stay below where values lie below 0.
            chart_axis_set_label_position(
                pointer.pointee.x_axis, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
            var line = lxw_chart_line()
            line.color = ChartPalette.orange
            line.width = 2
            chart_set_high_low_lines(pointer, &line)
        case .lines:
            chart_legend_set_position(pointer, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
            chart_axis_set_num_format(pointer.pointee.y_axis, "0%")
            chart_axis_set_min(pointer.pointee.y_axis, 0)
            chart_axis_set_max(pointer.pointee.y_axis, 1)
            // Categories are days.
            chart_axis_set_num_format(pointer.pointee.x_axis, "m/d")
        }
        var options = lxw_chart_options()
        options.x_scale = 1.5
        options.y_scale = Double(lines) * 20 / 288
        try check(
            worksheet_insert_chart_opt(
                self.pointer, lxw_row_t(row), lxw_col_t(column), pointer, &options))
    }

    private func add(
        _ series: SheetChart.Series, at index: Int, to chart: UnsafeMutablePointer<lxw_chart>,
        of plan: SheetChart
    ) throws(WorkbookError) {
        guard let added = chart_add_series(chart, nil, nil) else {
            throw WorkbookError(reason: "no memory")
        }
        let categories = plan.categories
        chart_series_set_categories(
            added, name, lxw_row_t(categories.firstRow), lxw_col_t(categories.column),
            lxw_row_t(categories.lastRow), lxw_col_t(categories.column))
        chart_series_set_values(
            added, name, lxw_row_t(series.values.firstRow), lxw_col_t(series.values.column),
            lxw_row_t(series.values.lastRow), lxw_col_t(series.values.column))
        chart_series_set_name(added, series.name)
        switch plan.kind {
        case .bars:
            var fill = lxw_chart_fill()
            fill.color = ChartPalette.navy
            chart_series_set_fill(added, &fill)
            chart_series_set_labels(added)
        case .intervals, .differences:
            var line = lxw_chart_line()
            line.none = 1
            chart_series_set_line(added, &line)
            // The ends of an interval are dashes, the rate a filled circle: shape tells them apart.
            let isValue = index == 1
            let marker = isValue ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_LONG_DASH
            chart_series_set_marker_type(added, UInt8(marker.rawValue))
            chart_series_set_marker_size(added, 8)
            var fill = lxw_chart_fill()
            fill.color = isValue ? ChartPalette.navy : ChartPalette.orange
            chart_series_set_marker_fill(added, &fill)
        case .lines:
            let colours = [
                ChartPalette.navy, ChartPalette.plum, ChartPalette.teal, ChartPalette.teal,
                ChartPalette.orange, ChartPalette.orange,
            ]
            let colour = colours[min(index, colours.count - 1)]
            var line = lxw_chart_line()
            line.color = colour
            line.width = index == 0 ? 2.25 : 1.25
            line.dash_type = UInt8(
                (index < 2 ? LXW_CHART_LINE_DASH_SOLID : LXW_CHART_LINE_DASH_DASH).rawValue)
            chart_series_set_line(added, &line)
            if index == 0 {
                chart_series_set_marker_type(added, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
                chart_series_set_marker_size(added, 6)
                var fill = lxw_chart_fill()
                fill.color = colour
                chart_series_set_marker_fill(added, &fill)
            }
        }
    }
}

extension Workbook {
    func addChart(_ type: lxw_chart_type) -> UnsafeMutablePointer<lxw_chart>? {
        workbook_add_chart(pointer, UInt8(type.rawValue))
    }
}
