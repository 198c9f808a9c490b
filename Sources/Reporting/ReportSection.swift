/// A part of a report: sentences, then a chart, then tables with their notes.
struct ReportSection: Sendable {
    /// A stable name: the page's anchor.
    var key: String
    var title: String
    var paragraphs: [String] = []
    var chart: (any ReportChart)?
    var tables: [ReportTable] = []
    /// Printed on a page that lies on its side: for tables with many columns.
    var isWide = false
    /// A long narrow table, set in two columns on paper.
    var isNarrow = false
    /// A page of its own.
    var startsPage = false
}
