/// Pieces of inline SVG. Lengths are user units.
enum SVGMarkup {
    /// The width of one cell of 12-unit text.
    static let cell = 6.4

    /// One decimal is a fortieth of a millimetre on paper.
    static func number(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    static func text(_ content: String, x: Double, y: Double, anchor: String) -> String {
        """
        <text x="\(number(x))" y="\(number(y + 4.2))" \
        text-anchor="\(anchor)">\(escaped(content))</text>
        """
    }

    /// - Parameters:
    ///   - points: at least two; joined in their order.
    ///   - dashes: as SVG has them; nil: a full line.
    static func line(_ points: [(x: Double, y: Double)], colour: UInt32, width: Double, dashes: String? = nil)
        -> String
    {
        let path = points.map { "\(number($0.x)) \(number($0.y))" }.joined(separator: "L")
        let dashing = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
        return """
            <path d="M\(path)" fill="none" stroke="\(ChartPalette.hex(colour))" \
            stroke-width="\(number(width))"\(dashing)/>
            """
    }

    /// Dots in one path: strokes of no length with round ends.
    static func dots(_ points: [(x: Double, y: Double)], colour: UInt32, size: Double) -> String {
        guard !points.isEmpty else { return "" }
        let path = points.map { "M\(number($0.x)) \(number($0.y))h0" }.joined()
        return """
            <path d="\(path)" fill="none" stroke="\(ChartPalette.hex(colour))" \
            stroke-width="\(number(size))" stroke-linecap="round"/>
            """
    }

    /// A square on its corner: told from a dot by its shape.
    static func diamond(x: Double, y: Double, colour: UInt32) -> String {
        """
        <path d="M\(number(x)) \(number(y - 6.5))l6.5 6.5l-6.5 6.5l-6.5 -6.5z" \
        fill="\(ChartPalette.hex(colour))" stroke="#fff" stroke-width="1"/>
        """
    }

    /// - Parameter description: what the drawing shows, in words; nil where its texts say all.
    static func drawing(
        key: String, title: String, description: String? = nil, shape: ChartShape, height: Double,
        _ shapes: [String]
    ) -> String {
        let key = key + shape.suffix
        let about = description.map { "<desc id=\"\(key)-desc\">\(escaped($0))</desc>" } ?? ""
        let names = description == nil ? key : "\(key) \(key)-desc"
        return """
            <svg class="chart" role="img" viewBox="0 0 \(number(shape.width)) \(number(height))" \
            aria-labelledby="\(names)"><title id="\(key)">\(escaped(title))</title>\(about)\(shapes.joined())</svg>
            """
    }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.appendEscaped(text)
        return escaped
    }
}
