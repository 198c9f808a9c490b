/// For paper and wide screens, or for a phone, where letters must not shrink with the drawing.
enum ChartShape: Sendable {
    case broad, slim

    /// In user units, in which letters are 12 high.
    var width: Double { self == .broad ? 640 : 360 }

    /// The names of elements are unique on a page that holds both.
    var suffix: String { self == .broad ? "" : "-slim" }
}

/// A chart of a page: drawn as inline SVG, beside a table with the same figures.
protocol ReportChart: Sendable {
    /// A stable name.
    var key: String { get }
    var title: String { get }
    /// The drawing, with a title for screen readers. It scales to the width it is given.
    func svg(_ shape: ChartShape) -> String
}
