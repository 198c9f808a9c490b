import Funnel

/// What a chart shows, apart from how it is drawn. Every bar carries its figure as text.
struct BarChart: ReportChart, Hashable {
    enum Scale: Hashable, Sendable {
        case count
        /// Values in [0, 1].
        case rate
        /// Differences of rates, in [−1, 1]: a point with its interval, beside a line at 0.
        case difference
    }

    struct Bar: Hashable, Sendable {
        var label: String
        /// nil where there is nothing to divide by.
        var value: Double?
        var interval: ConfidenceInterval?
        /// The figure in words, at the end of the bar.
        var caption: String
    }

    /// A line across every bar: the whole city's rate.
    struct Reference: Hashable, Sendable {
        var label: String
        var value: Double
    }

    var key: String
    var title: String
    var scale: Scale
    var bars: [Bar]
    var reference: Reference?
}
