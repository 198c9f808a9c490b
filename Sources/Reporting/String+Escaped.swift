extension String {
    /// Appends a text so that it is read as that text in markup, also within a quoted attribute.
    mutating func appendEscaped(_ text: String) {
        // Nearly every text is plain already.
        guard text.utf8.contains(where: Self.isMarkup) else {
            self += text
            return
        }
        for character in text.unicodeScalars {
            switch character {
            case "&": self += "&amp;"
            case "<": self += "&lt;"
            case ">": self += "&gt;"
            case "\"": self += "&quot;"
            case "'": self += "&#39;"
            default: unicodeScalars.append(character)
            }
        }
    }

    private static func isMarkup(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            true
        default: false
        }
    }
}
