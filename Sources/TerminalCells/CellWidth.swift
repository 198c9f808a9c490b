/// How many terminal cells a text takes: 0, 1 or 2 for each character, by East Asian Width.
///
/// Ambiguous characters take one cell, as in the `C.UTF-8` locale and in every terminal's default.
public enum CellWidth {
    /// Cells of a whole text. Control characters take none.
    public static func of(_ text: String) -> Int {
        // Most texts are figures and hanzi: nothing in them combines, and every scalar is a character.
        var width = 0
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20...0x7E, 0x2010...0x2027: width += 1
            case 0x3001...0x3020, 0x4E00...0x9FA5, 0xFF01...0xFF60: width += 2
            default: return text.reduce(0) { $0 + of($1) }
            }
        }
        return width
    }

    /// Cells of a part of a text.
    public static func of(_ text: Substring) -> Int { of(String(text)) }

    /// Cells of one character as the reader sees it: base, marks, joiners and selectors together.
    public static func of(_ character: Character) -> Int {
        var width = 0
        for scalar in character.unicodeScalars {
            if scalar == "\u{FE0F}" && width == 1 { width = 2 }
            width = max(width, of(scalar))
        }
        // Two regional indicators make one flag.
        if character.unicodeScalars.count == 2, let first = character.unicodeScalars.first,
            (0x1F1E6...0x1F1FF).contains(first.value)
        {
            return 2
        }
        return width
    }

    /// Cells of one scalar.
    public static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 {
            return scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar.value == 0xAD ? 0 : 1
        }
        // Hanzi need no look at their category.
        if (0x4E00...0x9FA5).contains(scalar.value) { return 2 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .surrogate, .lineSeparator,
            .paragraphSeparator:
            return 0
        default: break
        }
        // Medial vowels and final consonants of conjoining Hangul combine with the initial before them.
        if (0x1160...0x11FF).contains(scalar.value) { return 0 }
        return isWide(scalar) ? 2 : 1
    }

    /// The longest prefix that fits in `cells`; one that was cut ends in `…`.
    public static func fit(_ text: String, in cells: Int) -> String {
        guard of(text) > cells else { return text }
        var taken = ""
        var used = 0
        for character in text {
            let width = of(character)
            if used + width > cells - 1 { break }
            taken.append(character)
            used += width
        }
        return cells > 0 ? taken + "…" : ""
    }

    /// The text followed by spaces up to `cells`; a longer text stays whole.
    public static func pad(_ text: String, to cells: Int) -> String {
        text + String(repeating: " ", count: max(0, cells - of(text)))
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 0x1100 { return false }
        if scalar.properties.isEmojiPresentation { return true }
        var low = 0
        var high = wideRanges.count
        while low < high {
            let middle = (low + high) / 2
            if wideRanges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < wideRanges.count && wideRanges[low].contains(value)
    }

    /// Wide and full-width ranges of EastAsianWidth.txt (Unicode 15.1), emoji presentation aside.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x2E99, 0x2E9B...0x2EF3, 0x2F00...0x2FD5,
        0x2FF0...0x303E, 0x3041...0x3096, 0x3099...0x30FF, 0x3105...0x312F, 0x3131...0x318E,
        0x3190...0x31E3, 0x31EF...0x321E, 0x3220...0x3247, 0x3250...0x4DBF, 0x4E00...0xA48C,
        0xA490...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
        0xFE30...0xFE52, 0xFE54...0xFE66, 0xFE68...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x16FE4, 0x16FF0...0x16FF1, 0x17000...0x187F7, 0x18800...0x18CD5, 0x18D00...0x18D08,
        0x1AFF0...0x1AFFE, 0x1B000...0x1B2FB, 0x1F200...0x1F202, 0x1F210...0x1F23B, 0x1F240...0x1F248,
        0x1F250...0x1F251, 0x1F260...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}
