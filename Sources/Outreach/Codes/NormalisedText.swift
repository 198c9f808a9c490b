internal import Foundation

/// How text is brought to one form before it is checked or stored.
public enum NormalisedText {
    /// A code as people type it: full-width forms narrowed, spaces and hyphens dropped, upper case.
    public static func code(_ text: some StringProtocol) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let narrow = narrowed(scalar)
            guard !isInvisible(narrow), !narrow.properties.isWhitespace else { continue }
            switch narrow {
            case "-", "‐", "‑", "–", "—", "−", "·", ".": continue
            default: scalars.append(narrow)
            }
        }
        return String(scalars).uppercased()
    }

    /// Prose, in NFC: marks that turn the reading direction and invisible characters taken out, line ends made
    /// one kind, outer space trimmed, and inner space collapsed unless lines are kept.
    public static func prose(_ text: some StringProtocol, keepsLines: Bool = false) -> String {
        var scalars = String.UnicodeScalarView()
        var pendingSpace = false
        for scalar in text.unicodeScalars {
            if keepsLines, scalar == "\n" {
                pendingSpace = false
                scalars.append(scalar)
            } else if scalar.properties.isWhitespace {
                pendingSpace = !scalars.isEmpty && scalars.last != "\n"
            } else if !isInvisible(scalar) {
                if pendingSpace { scalars.append(" ") }
                pendingSpace = false
                scalars.append(scalar)
            }
        }
        while scalars.last == "\n" { scalars.removeLast() }
        return composed(String(scalars))
    }

    /// NFC, so that equal texts have equal bytes and one hash. Most hold nothing that could change.
    private static func composed(_ text: String) -> String {
        let isComposed = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case ..<0x300, 0x2010...0x2027, 0x3000...0x3029, 0x4E00...0x9FFF, 0xFF01...0xFF5E: true
            default: false
            }
        }
        return isComposed ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The narrow twin of a full-width form (U+FF01…U+FF5E, ideographic space); others as they are.
    static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
        case 0x3000: " "
        default: scalar
        }
    }

    /// Direction marks, joiners, byte-order marks and other characters that nobody sees.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x206F, 0xFEFF, 0x061C, 0x00AD:
            true
        default: false
        }
    }

    /// Control characters other than tab and line ends: no field holds one.
    static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20
            ? ![0x09, 0x0A, 0x0D].contains(scalar.value) : (0x7F...0x9F).contains(scalar.value)
    }

    /// One line that a person typed outside a document: no control characters, nothing that a spreadsheet
    /// would run, no number that names a person.
    public static func line(_ text: String, limit: Int = 200) throws(CodeError) -> String {
        let line = prose(text)
        guard !text.unicodeScalars.contains(where: isForbidden), !line.isEmpty,
            line.unicodeScalars.count <= limit, let first = line.unicodeScalars.first,
            !"=+-@＝＋－＠".unicodeScalars.contains(first)
        else {
            throw CodeError(
                "text.line", "须为一行文字，不超过\(limit)字，不以 = + - @ 开头，不含控制字符",
                "must be one line of at most \(limit) characters that does not begin with = + - @",
                mendZh: "改正后重试", mendEn: "mend it and try again")
        }
        guard !PersonalNumber.occurs(in: line) else { throw PersonalNumber.refusal }
        return line
    }
}
