internal import TerminalCells

/// One line of the screen in a few tones; cut by cells, never in the middle of a character.
struct ScreenLine: Sendable {
    enum Tone: String, Sendable {
        case plain = ""
        case strong = "1"
        case faint = "2"
        case good = "32"
        case bad = "31"
        case caution = "33"
        case chosen = "7"
    }

    private(set) var segments: [(text: String, tone: Tone)] = []

    init(_ text: String = "", _ tone: Tone = .plain) {
        if !text.isEmpty { segments = [(text, tone)] }
    }

    /// The line with more behind it.
    func and(_ text: String, _ tone: Tone = .plain) -> ScreenLine {
        var line = self
        if !text.isEmpty { line.segments.append((text, tone)) }
        return line
    }

    var width: Int { segments.reduce(0) { $0 + CellWidth.of($1.text) } }

    /// The text with its tones, within `columns` cells.
    func rendered(columns: Int, style: TerminalStyle) -> String {
        var room = columns
        var output = ""
        for (text, tone) in segments where room > 0 {
            let fitted = style.isPlain ? text : CellWidth.fit(text, in: room)
            room -= CellWidth.of(fitted)
            output +=
                style.hasColour && tone != .plain ? "\u{1B}[\(tone.rawValue)m\(fitted)\u{1B}[0m" : fitted
        }
        return output
    }

    private static let closingMarks = Set("、，。；：！？·）)》”,.;:")

    /// The line broken to `columns` cells, the rest of it indented by `hanging`.
    func wrapped(columns: Int, hanging: Int) -> [ScreenLine] {
        guard width > columns else { return [self] }
        let margin = String(repeating: " ", count: min(hanging, columns / 2))
        var lines: [ScreenLine] = []
        var line = ScreenLine()
        for (text, tone) in segments {
            var piece = ""
            for character in text {
                if line.width + CellWidth.of(piece) + CellWidth.of(character) > columns {
                    // No line begins with a closing mark: it takes the character before it along.
                    let carried =
                        Self.closingMarks.contains(character) ? piece.popLast().map(String.init) : nil
                    lines.append(line.and(piece, tone))
                    line = ScreenLine(margin)
                    piece = carried ?? ""
                }
                piece.append(character)
            }
            line = line.and(piece, tone)
        }
        return lines + [line]
    }
}

extension ScreenLine {
    /// Entries side by side, as many in a line as fit, indented.
    static func flow(_ entries: [(text: String, tone: Tone)], columns: Int, indent: Int) -> [ScreenLine] {
        let margin = String(repeating: " ", count: indent)
        var lines: [ScreenLine] = []
        var line = ScreenLine(margin)
        for (index, entry) in entries.enumerated() {
            let isFirst = line.width == indent
            if !isFirst && line.width + 2 + CellWidth.of(entry.text) > columns {
                lines.append(line)
                line = ScreenLine(margin)
            }
            line = line.and(line.width == indent || index == 0 ? "" : "  ").and(entry.text, entry.tone)
        }
        if line.width > indent { lines.append(line) }
        return lines
    }
}
