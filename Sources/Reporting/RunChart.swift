import Funnel

/// The rate of one week of entry after another, each within its limits: a p-chart.
struct RunChart: ReportChart {
    struct Point: Sendable {
        /// Short: the axis has many.
        var label: String
        var counts: Proportion
        var band: ControlBand?
        var isFlagged: Bool
    }

    var key: String
    var title: String
    var points: [Point]
    var target: Double?
    var caption: String
    var legend: PlotLegend
    /// What the drawing shows, for those who cannot see it.
    var description: String

    func svg(_ shape: ChartShape) -> String {
        let reach = max(
            points.compactMap(\.counts.rate).max() ?? 0, points.compactMap(\.band?.alarm.upper).max() ?? 0,
            target ?? 0)
        let frame = PlotFrame(
            shape: shape, height: shape == .broad ? 330 : 300, from: 0.5, to: Double(points.count) + 0.5,
            reach: reach, legend: legend.items)
        // About ten labels fit below the axis, on a phone five.
        let room = shape == .broad ? 10 : 5
        let step = max(1, (points.count + room - 1) / room)
        let ticks = points.indices.filter { $0.isMultiple(of: step) }
            .map { (Double($0 + 1), points[$0].label) }
        var shapes = frame.shapes(ticks: ticks, caption: caption)
        shapes += frame.legendShapes
        shapes.append(limits(\.warning.lower, in: frame, ChartPalette.teal, "6 3"))
        shapes.append(limits(\.warning.upper, in: frame, ChartPalette.teal, "6 3"))
        shapes.append(limits(\.alarm.lower, in: frame, ChartPalette.navy, "2 3"))
        shapes.append(limits(\.alarm.upper, in: frame, ChartPalette.navy, "2 3"))
        if let target {
            shapes.append(
                SVGMarkup.line(
                    [frame.place(frame.from, target), frame.place(frame.to, target)],
                    colour: ChartPalette.plum, width: 1.5))
        }
        let places = points.enumerated().compactMap { index, point in
            point.counts.rate.map { frame.place(Double(index + 1), $0) }
        }
        if places.count > 1 {
            shapes.append(SVGMarkup.line(places, colour: ChartPalette.navy, width: 2))
        }
        shapes.append(SVGMarkup.dots(places, colour: ChartPalette.navy, size: 6))
        for (index, point) in points.enumerated() where point.isFlagged {
            guard let rate = point.counts.rate else { continue }
            let place = frame.place(Double(index + 1), rate)
            shapes.append(SVGMarkup.diamond(x: place.x, y: place.y, colour: ChartPalette.orange))
            shapes.append(frame.label(point.label, at: place))
        }
        return SVGMarkup.drawing(
            key: key, title: title, description: description, shape: shape, height: frame.height, shapes)
    }

    /// Steps: each week has as many firms as it has.
    private func limits(
        _ bound: (ControlBand) -> Double, in frame: PlotFrame, _ colour: UInt32, _ dashes: String
    ) -> String {
        let ends = points.enumerated().flatMap { index, point -> [(x: Double, y: Double)] in
            guard let band = point.band else { return [] }
            return [
                frame.place(Double(index) + 0.5, bound(band)), frame.place(Double(index) + 1.5, bound(band)),
            ]
        }
        return ends.count > 1 ? SVGMarkup.line(ends, colour: colour, width: 1.3, dashes: dashes) : ""
    }
}
