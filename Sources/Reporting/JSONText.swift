/// A JSON value whose objects keep the order of their keys, as the contract prints them.
enum JSONText {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONText])
    case object([(String, JSONText)])

    init(_ value: Int?) { self = value.map(JSONText.integer) ?? .null }
    init(_ value: Double?) { self = value.map(JSONText.number) ?? .null }
    init(_ value: String?) { self = value.map(JSONText.string) ?? .null }

    /// Pretty text: one line for each member of the document and of its members, deeper values inline.
    func rendered(breakingTo depth: Int = 2) -> String {
        var text = ""
        write(to: &text, level: 0, breakingTo: depth)
        return text + "\n"
    }

    private func write(to text: inout String, level: Int, breakingTo depth: Int) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        // JSON knows no infinity; an undefined figure is null.
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.write(quoted: value, to: &text)
        case .array(let items):
            Self.write(items, "[", "]", to: &text, level: level, breakingTo: depth) { item, text in
                item.write(to: &text, level: level + 1, breakingTo: depth)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &text, level: level, breakingTo: depth) { member, text in
                Self.write(quoted: member.0, to: &text)
                text += ": "
                member.1.write(to: &text, level: level + 1, breakingTo: depth)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], _ open: String, _ close: String, to text: inout String, level: Int,
        breakingTo depth: Int, _ body: (Item, inout String) -> Void
    ) {
        let breaks = level < depth && !items.isEmpty
        text += open
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            if breaks {
                text += "\n" + String(repeating: "  ", count: level + 1)
            } else if index > 0 {
                text += " "
            }
            body(item, &text)
        }
        if breaks { text += "\n" + String(repeating: "  ", count: level) }
        text += close
    }

    private static func write(quoted value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
