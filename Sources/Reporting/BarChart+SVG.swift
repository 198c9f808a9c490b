import Funnel

extension BarChart {
    /// The chart as inline SVG with a title for screen readers. It scales to the width it is given.
    ///
    /// Lengths are user units; one bar is one line of text, so a chart grows with its bars.
    func svg(_ shape: ChartShape) -> String {
        let plot = Plot(self, shape)
        var shapes: [String] = []
        for (index, bar) in bars.enumerated() { shapes += plot.shapes(of: bar, at: index) }
        shapes += plot.axis(bars: bars.count)
        if let reference { shapes += plot.shapes(of: reference, bars: bars.count) }
        return SVGMarkup.drawing(
            key: key, title: title, shape: shape,
            height: plot.height(bars: bars.count, hasReference: reference != nil),
            shapes)
    }
}

/// Where things lie in a chart.
private struct Plot {
    private static let barHeight = 15.0
    private static let top = 6.0
    private static let gap = 8.0

    /// The height of a bar with the space around it; more where its label stands above it.
    private let row: Double
    private let labelsAbove: Bool
    private let left: Double
    private let right: Double
    private let minimum: Double
    private let maximum: Double
    private let isDifference: Bool

    init(_ chart: BarChart, _ shape: ChartShape) {
        let labels = chart.bars.map { TerminalText.width(of: $0.label) }.max() ?? 0
        let captions = chart.bars.map { TerminalText.width(of: $0.caption) }.max() ?? 0
        labelsAbove = shape == .slim && labels > 12
        row = labelsAbove ? 40 : chart.bars.count > 12 ? 21 : 26
        left = labelsAbove ? 4 : Double(labels) * SVGMarkup.cell + Self.gap
        right = shape.width - Double(captions) * SVGMarkup.cell - Self.gap * 2
        let values = chart.bars.map { $0.interval?.upper ?? $0.value ?? 0 }
        let reach = max(values.max() ?? 0, chart.reference?.value ?? 0)
        // A scale of rates ends on a full tenth, never beyond the whole.
        let tenths = (reach * 10).rounded(.up) / 10
        isDifference = chart.scale == .difference
        switch chart.scale {
        case .count: (minimum, maximum) = (0, max(1, reach))
        case .rate: (minimum, maximum) = (0, min(1, max(0.1, tenths)))
        case .difference:
            let depth = chart.bars.compactMap { $0.interval?.lower ?? $0.value }.min() ?? 0
            (minimum, maximum) = (min(-0.05, depth), max(0.05, reach))
        }
    }

    func height(bars: Int, hasReference: Bool) -> Double {
        Self.top + Double(bars) * row + (hasReference ? 22 : 6)
    }

    func shapes(of bar: BarChart.Bar, at index: Int) -> [String] {
        let start = Self.top + Double(index) * row
        let middle = labelsAbove ? start + 27 : start + row / 2
        let end = x(bar.value ?? 0)
        var shapes = [
            labelsAbove
                ? SVGMarkup.text(bar.label, x: left, y: start + 9, anchor: "start")
                : SVGMarkup.text(bar.label, x: left - Self.gap, y: middle, anchor: "end")
        ]
        if !isDifference { shapes.append(rectangle(to: end, y: middle)) }
        var reach = end
        if let interval = bar.interval {
            shapes += whisker(from: x(interval.lower), to: x(interval.upper), y: middle)
            reach = max(reach, x(interval.upper))
        }
        if isDifference {
            if bar.value != nil { shapes.append(point(x: end, y: middle)) }
            // Figures in a column: a point may lie anywhere.
            shapes.append(SVGMarkup.text(bar.caption, x: right + Self.gap, y: middle, anchor: "start"))
        } else {
            shapes.append(SVGMarkup.text(bar.caption, x: reach + Self.gap, y: middle, anchor: "start"))
        }
        return shapes
    }

    private func rectangle(to end: Double, y: Double) -> String {
        """
        <rect x="\(SVGMarkup.number(left))" y="\(SVGMarkup.number(y - Self.barHeight / 2))" \
        width="\(SVGMarkup.number(end - left))" height="\(SVGMarkup.number(Self.barHeight))" \
        fill="\(ChartPalette.hex(ChartPalette.navy))"/>
        """
    }

    private func point(x: Double, y: Double) -> String {
        """
        <circle cx="\(SVGMarkup.number(x))" cy="\(SVGMarkup.number(y))" r="4.5" stroke="#fff" \
        fill="\(ChartPalette.hex(ChartPalette.navy))"/>
        """
    }

    /// White under orange, so that the line shows on the bar, beyond it, and in grey.
    private func whisker(from low: Double, to high: Double, y: Double) -> [String] {
        let (a, b) = (SVGMarkup.number(low), SVGMarkup.number(high))
        let (up, middle, down) = (SVGMarkup.number(y - 4), SVGMarkup.number(y), SVGMarkup.number(y + 4))
        let path = "M\(a) \(up)V\(down)M\(a) \(middle)H\(b)M\(b) \(up)V\(down)"
        return [
            "<path d=\"\(path)\" fill=\"none\" stroke=\"#fff\" stroke-width=\"4\"/>",
            """
            <path d="\(path)" fill="none" stroke="\(ChartPalette.hex(ChartPalette.orange))" \
            stroke-width="2"/>
            """,
        ]
    }

    func axis(bars: Int) -> [String] {
        let bottom = SVGMarkup.number(Self.top + Double(bars) * row)
        return [
            "<path d=\"M\(SVGMarkup.number(x(0))) \(SVGMarkup.number(Self.top))V\(bottom)\" stroke=\"#555\"/>"
        ]
    }

    func shapes(of reference: BarChart.Reference, bars: Int) -> [String] {
        let bottom = Self.top + Double(bars) * row
        let place = x(reference.value)
        return [
            """
            <path d="M\(SVGMarkup.number(place)) \(SVGMarkup.number(Self.top))V\(SVGMarkup.number(bottom + 6))" \
            stroke="\(ChartPalette.hex(ChartPalette.plum))" stroke-width="1.5" stroke-dasharray="5 3"/>
            """,
            SVGMarkup.text(reference.label, x: place, y: bottom + 14, anchor: "middle"),
        ]
    }

    private func x(_ value: Double) -> Double {
        left + (right - left) * (value - minimum) / (maximum - minimum)
    }
}
