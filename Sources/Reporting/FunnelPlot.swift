import Funnel

/// The words for the signs of a plot.
struct PlotLegend: Sendable {
    var point: String
    var flagged: String
    var target: String
    var warning: String
    var alarm: String

    var items: [(sign: PlotFrame.Sign, label: String)] {
        [
            (.dot, point), (.diamond, flagged), (.line(ChartPalette.plum, nil), target),
            (.line(ChartPalette.teal, "6 3"), warning), (.line(ChartPalette.navy, "2 3"), alarm),
        ]
    }
}

/// Units by how many firms they count and by their rate, within the limits of chance (Spiegelhalter 2005).
struct FunnelPlot: ReportChart {
    struct Point: Sendable {
        var name: String
        var counts: Proportion
        var signal: ControlChart.Signal
    }

    /// The words beside the lines and below the axis.
    struct Words: Sendable {
        var firms: String
        var legend: PlotLegend
        /// What the drawing shows, for those who cannot see it.
        var description: String
    }

    var key: String
    var title: String
    var points: [Point]
    /// By number of firms, ascending.
    var limits: [(n: Int, band: ControlBand)]
    var target: Double?
    var words: Words

    /// No more names than fit; every unit is in the table.
    private static let named = 12

    func svg(_ shape: ChartShape) -> String {
        let counted = points.filter { $0.counts.n > 0 }
        let largest = counted.map(\.counts.n).max() ?? 1
        // Over very few firms the limits reach everywhere: there they may leave the scale.
        let reach = max(
            counted.compactMap(\.counts.rate).max() ?? 0,
            limits.last { $0.n * 4 <= largest }?.band.alarm.upper ?? 0, target ?? 0)
        let frame = PlotFrame(
            shape: shape, height: shape == .broad ? 400 : 340, from: 0, to: Double(largest) * 1.04,
            reach: reach, legend: words.legend.items)
        var shapes = frame.shapes(
            ticks: frame.roundTicks.map { ($0, "\(Int($0))") }, caption: words.firms)
        shapes += frame.legendShapes
        shapes += lines(in: frame, largest: largest)
        // Units of equal counts are one dot: a nation's plot is no larger for them.
        var seen: Set<Proportion> = []
        let plain = counted.filter { !$0.isFlagged && seen.insert($0.counts).inserted }
        shapes.append(
            SVGMarkup.dots(
                plain.map { frame.place(Double($0.counts.n), $0.counts.rate ?? 0) },
                colour: ChartPalette.navy, size: 5.5))
        let flagged = counted.filter(\.isFlagged)
        for (index, point) in flagged.enumerated() {
            let place = frame.place(Double(point.counts.n), point.counts.rate ?? 0)
            shapes.append(SVGMarkup.diamond(x: place.x, y: place.y, colour: ChartPalette.orange))
            if index < Self.named { shapes.append(frame.label(point.name, at: place)) }
        }
        return SVGMarkup.drawing(
            key: key, title: title, description: words.description, shape: shape, height: frame.height,
            shapes)
    }

    private func lines(in frame: PlotFrame, largest: Int) -> [String] {
        guard let target else { return [] }
        let end = Double(largest)
        func line(
            _ bound: (ControlBand) -> Double, _ colour: UInt32, _ width: Double, _ dashes: String?
        ) -> String {
            SVGMarkup.line(
                limits.map { frame.place(Double($0.n), bound($0.band)) }, colour: colour, width: width,
                dashes: dashes)
        }
        var shapes = [
            SVGMarkup.line(
                [frame.place(0, target), frame.place(end, target)], colour: ChartPalette.plum, width: 1.5)
        ]
        guard limits.count > 1 else { return shapes }
        shapes += [
            line(\.warning.lower, ChartPalette.teal, 1.5, "6 3"),
            line(\.warning.upper, ChartPalette.teal, 1.5, "6 3"),
            line(\.alarm.lower, ChartPalette.navy, 1.5, "2 3"),
            line(\.alarm.upper, ChartPalette.navy, 1.5, "2 3"),
        ]
        return shapes
    }
}

extension FunnelPlot.Point {
    var isFlagged: Bool { signal == .above || signal == .below }
}
