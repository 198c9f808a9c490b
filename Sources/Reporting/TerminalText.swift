internal import TerminalCells

/// Text measured in terminal cells: a hanzi takes two, a combining mark none.
public enum TerminalText {
    public enum Alignment: Sendable { case leading, trailing }

    /// Cells that `text` takes on one line.
    public static func width(of text: String) -> Int { CellWidth.of(text) }

    /// `text` filled with spaces to `width` cells; unchanged where it is wider.
    public static func padded(
        _ text: String, to width: Int, alignment: Alignment = .leading
    ) -> String {
        let fill = String(repeating: " ", count: max(0, width - Self.width(of: text)))
        return alignment == .leading ? text + fill : fill + text
    }

    /// `text` cut to at most `width` cells, ending in `…` where something was cut.
    public static func truncated(_ text: String, to width: Int) -> String {
        CellWidth.fit(text, in: width)
    }

    /// Lines of at most `width` cells, broken at spaces where a line has one, else between hanzi.
    public static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in words(of: text) {
            if !line.isEmpty, Self.width(of: line) + Self.width(of: trimmed(word)) > width {
                lines.append(trimmed(line))
                line = ""
            }
            line += word
        }
        return lines + [trimmed(line)]
    }

    /// What may not be parted: a run of narrow characters with the space after it, or one wide character
    /// with the closing marks that must not begin a line.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var joins = false
        for character in text {
            let wide = CellWidth.of(character) == 2
            let closes = "，。；：、）】”」！？".contains(character)
            if closes || (joins && !wide), var last = words.popLast() {
                last.append(character)
                words.append(last)
            } else {
                words.append(String(character))
            }
            joins = (!wide && character != " ") || "（【“「".contains(character)
        }
        return words
    }

    private static func trimmed(_ text: String) -> String {
        var text = text
        while text.last == " " { text.removeLast() }
        return text
    }
}
