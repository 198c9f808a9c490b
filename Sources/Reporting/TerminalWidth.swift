/// Text measured in terminal cells: a hanzi takes two, a combining mark none.
public enum TerminalText {
    public enum Alignment: Sendable { case leading, trailing }

    /// Cells that `text` takes on one line. Ambiguous characters (— ·) count as one.
    public static func width(of text: some StringProtocol) -> Int {
        // Most of a table is figures: printable ASCII is a cell a byte.
        if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text.utf8.count }
        return text.reduce(0) { $0 + width(of: $1) }
    }

    /// Cells of one character as the eye sees it: an emoji of several scalars is one of two cells.
    public static func width(of character: Character) -> Int {
        let scalars = character.unicodeScalars
        if scalars.contains("\u{FE0F}") { return 2 }
        return scalars.reduce(0) { max($0, width(of: $1)) }
    }

    /// `text` filled with spaces to `width` cells; unchanged where it is wider.
    public static func padded(
        _ text: String, to width: Int, alignment: Alignment = .leading
    ) -> String {
        let fill = String(repeating: " ", count: max(0, width - Self.width(of: text)))
        return alignment == .leading ? text + fill : fill + text
    }

    /// `text` cut to at most `width` cells, ending in `…` where something was cut.
    public static func truncated(_ text: String, to width: Int) -> String {
        guard Self.width(of: text) > width else { return text }
        guard width > 0 else { return "" }
        var kept = ""
        var used = 1
        for character in text {
            used += Self.width(of: character)
            if used > width { break }
            kept.append(character)
        }
        return kept + "…"
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
            let wide = width(of: character) == 2
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

    private static func width(of scalar: Unicode.Scalar) -> Int {
        // Hanzi need no look at their category.
        if (0x4E00...0x9FFF).contains(scalar.value) { return 2 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: return 0
        case .format: return scalar == "\u{AD}" ? 1 : 0
        default: break
        }
        if (0x1160...0x11FF).contains(scalar.value) { return 0 }
        return isWide(scalar.value) ? 2 : 1
    }

    /// East Asian Width W and F (Unicode Standard Annex #11), with the reserved code points that the
    /// annex counts as wide.
    private static func isWide(_ value: UInt32) -> Bool {
        guard value >= 0x1100 else { return false }
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].contains(value)
    }

    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
        0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F,
        0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5,
        0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5,
        0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728,
        0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
        0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
        0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF,
        0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F1E6...0x1F1FF, 0x1F200...0x1F320,
        0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA,
        0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E,
        0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E,
        0x1F550...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4,
        0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2,
        0x1F6D5...0x1F6D7, 0x1F6DC...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC,
        0x1F7E0...0x1F7EB, 0x1F7F0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945,
        0x1F947...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD,
    ]
}
