public import Outreach

extension JSONValue {
    init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }
    init(_ value: Double?) { self = value.map(JSONValue.number) ?? .null }
    init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }

    /// An object of its members in the order in which they are printed.
    static func object(pairs: [(String, JSONValue)]) -> JSONValue {
        .object(pairs.map { Member($0.0, $0.1) })
    }

    /// Pretty text: one line for each member of the document and of its members, deeper values inline.
    public func rendered(breakingTo depth: Int = 2) -> String {
        var text = ""
        write(to: &text, level: 0, breakingTo: depth)
        return text + "\n"
    }

    func write(to text: inout String, level: Int, breakingTo depth: Int) {
        switch self {
        case .null, .bool, .integer, .string: text += self.text()
        // A rate stays a rate, 1.0 too. JSON knows no infinity; an undefined figure is null.
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .array(let items):
            Self.write(items, "[", "]", to: &text, level: level, breakingTo: depth) { item, text in
                item.write(to: &text, level: level + 1, breakingTo: depth)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &text, level: level, breakingTo: depth) { member, text in
                text += JSONValue.string(member.key).text() + ": "
                member.value.write(to: &text, level: level + 1, breakingTo: depth)
            }
        }
    }

    static func write<Items: Collection>(
        _ items: Items, _ open: String, _ close: String, to text: inout String, level: Int,
        breakingTo depth: Int, _ body: (Items.Element, inout String) -> Void
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
}
