/// A sheet of a report before it is written: a title, tables below each other, at most one chart.
struct SheetPlan {
    var name: String
    var title: String
    var tables: [ReportTable]
    /// Shows one of the tables; drawn below it.
    var chart: Chart?
    /// The one table gets filters and frozen headings; `frozenColumns` stay in view.
    var isList = false
    var frozenColumns = 0

    /// Which cells of a table's column: a rate has five (x, n, rate, low, high), most have one.
    struct Series {
        var column: Int
        var cell = 0
    }

    struct Chart {
        var kind: SheetChart.Kind
        var title: String
        /// The index of the table, and of its column of names.
        var table: Int
        var category: Int
        var series: [Series]
    }
}
