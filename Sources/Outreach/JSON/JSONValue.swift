/// A JSON value (RFC 8259), members in the order in which they were written.
public indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// A number that is a whole one and fits.
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    public struct Member: Hashable, Sendable {
        public let key: String
        public let value: JSONValue

        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// An object of the members that have a value: absent and null are the same in a document.
    public static func object(present members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(
            members.compactMap { key, value in
                value.flatMap { $0 == .null ? nil : Member(key, $0) }
            })
    }

    /// Compact text; with sorted keys it is canonical (RFC 8785 for the values that documents hold).
    public func text(sortedKeys: Bool = false) -> String {
        var text = ""
        write(to: &text, sortedKeys)
        return text
    }

    private func write(to text: inout String, _ sortedKeys: Bool) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value):
            text += value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
        case .string(let value): Self.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text, sortedKeys)
            }
            text += "]"
        case .object(let members):
            let ordered =
                sortedKeys
                ? members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) } : members
            text += "{"
            for (index, member) in ordered.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.key, to: &text)
                text += ":"
                member.value.write(to: &text, sortedKeys)
            }
            text += "}"
        }
    }

    private static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
