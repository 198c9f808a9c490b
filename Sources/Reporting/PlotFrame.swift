/// The axes of a plot of rates over something else, and where its points lie.
struct PlotFrame {
    let shape: ChartShape
    let height: Double
    /// What lies at the left and right ends.
    let from: Double
    let to: Double
    /// The rate at the top; the bottom is 0.
    let top: Double

    private static let left = 48.0
    private static let legendLine = 20.0
    private static let foot = 44.0
    private static let grid: UInt32 = 0xD5D9DD
    private static let axis: UInt32 = 0x555555

    /// - Parameter reach: the largest rate that is drawn; the scale ends on a full tenth.
    init(
        shape: ChartShape, height: Double, from: Double, to: Double, reach: Double,
        legend: [(sign: Sign, label: String)]
    ) {
        self.shape = shape
        self.legend = Self.placed(legend, within: shape.width)
        upper = 14 + Self.legendLine * Double((self.legend.map(\.line).max() ?? 0) + 1)
        self.height = height + (upper - 34)
        self.from = from
        self.to = max(to, from + 1)
        top = min(1, max(0.1, (reach * 10).rounded(.up) / 10))
    }

    private var bottom: Double { height - Self.foot }
    private var right: Double { shape.width - 18 }
    private let upper: Double
    private let legend: [(sign: Sign, label: String, x: Double, line: Int)]

    func x(_ value: Double) -> Double {
        Self.left + (right - Self.left) * (value - from) / (to - from)
    }

    func y(_ rate: Double) -> Double { bottom - (bottom - upper) * min(rate, top) / top }

    func place(_ value: Double, _ rate: Double) -> (x: Double, y: Double) { (x(value), y(rate)) }

    /// Grid, rates at the left, ticks below, and what is below.
    /// - Parameter ticks: places and their words.
    func shapes(ticks: [(at: Double, label: String)], caption: String) -> [String] {
        let step = top > 0.5 ? 0.2 : 0.1
        var shapes = stride(from: 0.0, through: top + 1e-9, by: step).flatMap { rate in
            [
                SVGMarkup.line([(Self.left, y(rate)), (right, y(rate))], colour: Self.grid, width: 1),
                SVGMarkup.text(
                    "\(Int((rate * 100).rounded()))%", x: Self.left - 8, y: y(rate), anchor: "end"),
            ]
        }
        for tick in ticks {
            shapes.append(
                SVGMarkup.line(
                    [(x(tick.at), bottom), (x(tick.at), bottom + 5)], colour: Self.axis, width: 1))
            shapes.append(SVGMarkup.text(tick.label, x: x(tick.at), y: bottom + 14, anchor: "middle"))
        }
        shapes.append(
            SVGMarkup.line([(Self.left, bottom), (right, bottom)], colour: Self.axis, width: 1))
        shapes.append(
            SVGMarkup.text(caption, x: (Self.left + right) / 2, y: height - 10, anchor: "middle"))
        return shapes
    }

    /// What the signs of a plot mean, above it.
    var legendShapes: [String] {
        legend.flatMap { item -> [String] in
            let (left, y) = (item.x, 12 + Self.legendLine * Double(item.line))
            let sample: String
            switch item.sign {
            case .line(let colour, let dashes):
                sample = SVGMarkup.line(
                    [(left, y), (left + 24, y)], colour: colour, width: 1.8, dashes: dashes)
            case .dot: sample = SVGMarkup.dots([(left + 12, y)], colour: ChartPalette.navy, size: 6)
            case .diamond: sample = SVGMarkup.diamond(x: left + 12, y: y, colour: ChartPalette.orange)
            }
            return [sample, SVGMarkup.text(item.label, x: left + 30, y: y, anchor: "start")]
        }
    }

    /// From left to right, and on a further line where one is full.
    private static func placed(
        _ items: [(sign: Sign, label: String)], within width: Double
    ) -> [(sign: Sign, label: String, x: Double, line: Int)] {
        var (left, line) = (8.0, 0)
        return items.map { item in
            let room = 30 + Double(TerminalText.width(of: item.label)) * SVGMarkup.cell
            if left > 8, left + room > width { (left, line) = (8, line + 1) }
            defer { left += room + 14 }
            return (item.sign, item.label, left, line)
        }
    }

    enum Sign {
        case line(UInt32, String?)
        case dot
        case diamond
    }

    /// To the right of a point, or to its left where the edge is near.
    func label(_ text: String, at point: (x: Double, y: Double)) -> String {
        let width = Double(TerminalText.width(of: text)) * SVGMarkup.cell
        let isNearEdge = point.x + 10 + width > shape.width
        return SVGMarkup.text(
            text, x: point.x + (isNearEdge ? -10 : 10), y: point.y, anchor: isNearEdge ? "end" : "start")
    }

    /// Round numbers from one end to the other, at most about six.
    var roundTicks: [Double] {
        let span = to - from
        var step = 1.0
        for next in [2.0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] where span / step > 6 {
            step = next
        }
        return Array(stride(from: (from / step).rounded(.up) * step, through: to, by: step))
    }
}
