/// Comma-separated values by RFC 4180: CRLF line ends, fields quoted where they must be.
public struct CSVWriter: Sendable {
    public enum Profile: String, CaseIterable, Sendable {
        /// For spreadsheets: a byte-order mark, and text that looks like a formula made harmless.
        case excel
        /// For programs: the values as they are.
        case data
    }

    /// A value of a row. Only text is guarded: a negative number is no formula.
    public enum Field: Hashable, Sendable {
        case text(String)
        case integer(Int)
        case number(Double)
        case empty

        public init(_ value: Int?) { self = value.map(Field.integer) ?? .empty }
        public init(_ value: Double?) { self = value.map(Field.number) ?? .empty }
        public init(_ value: String?) { self = value.map(Field.text) ?? .empty }
    }

    public let profile: Profile
    /// What was written so far.
    public private(set) var text: String

    public init(profile: Profile) {
        self.profile = profile
        text = profile == .excel ? "\u{FEFF}" : ""
    }

    public mutating func write(header: [String]) {
        write(row: header.map(Field.text))
    }

    public mutating func write(row fields: [Field]) {
        for (index, field) in fields.enumerated() {
            if index > 0 { text += "," }
            switch field {
            case .text(let value): text += Self.quoted(guarded(value))
            case .integer(let value): text += String(value)
            case .number(let value): text += value.isFinite ? "\(value)" : ""
            case .empty: break
            }
        }
        text += "\r\n"
    }

    /// What a spreadsheet takes for the start of a formula, with the full-width twins.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
    ]

    private func guarded(_ value: String) -> String {
        guard profile == .excel, let first = value.unicodeScalars.first,
            Self.formulaStarts.contains(first) || Self.losesDigits(value)
        else { return value }
        return "'" + value
    }

    /// A spreadsheet keeps fifteen digits of a number; a credit code of digits alone has eighteen.
    private static func losesDigits(_ value: String) -> Bool {
        value.utf8.count > 15
            && value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func quoted(_ value: String) -> String {
        // Scalars, not characters: "\r\n" is one character and equals neither half.
        let mustQuote = value.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        guard mustQuote || value.first == " " || value.last == " " else { return value }
        return "\""
            + value.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
