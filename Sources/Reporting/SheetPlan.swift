/// A sheet of a report before it is written: a title, tables below each other, at most one chart.
struct SheetPlan {
    var name: String
    var title: String
    var tables: [ReportTable]
    /// Shows one of the tables; drawn below it.
    var chart: Chart?
    /// Shows columns of several tables; drawn to the right of them.
    var scatter: Scatter?
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
        /// How many of the first rows are drawn; nil: all. A dash would be drawn as 0.
        var rows: Int?
    }

    /// Cells of a column of one of the tables.
    struct Place {
        var table: Int
        var column: Int
        var cell = 0
    }

    struct Scatter {
        struct Series {
            var name: String
            var x: Place
            var y: Place
            /// A line without points; else points without a line.
            var isLine: Bool
            var colour: UInt32
        }

        var title: String
        var xName: String
        var yName: String
        var series: [Series]
    }
}

extension ReportTable.Kind {
    /// How many cells a column takes in a sheet.
    var sheetColumns: Int {
        switch self {
        case .rate, .ratio: 5
        case .estimate: 3
        case .pair, .range: 2
        case .text, .code, .count, .quotient, .decimal, .day: 1
        }
    }
}
