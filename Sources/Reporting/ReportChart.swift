/// A chart of a page: drawn as inline SVG, beside a table with the same figures.
protocol ReportChart: Sendable {
    /// A stable name.
    var key: String { get }
    var title: String { get }
    /// The drawing, with a title for screen readers. It scales to the width it is given.
    func svg() -> String
}
