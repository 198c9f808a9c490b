internal import Outreach

/// An object whose long arrays are made as they are written: of a country's areas there are more than anybody wants in
/// memory as values.
struct JSONDocument {
    enum Part {
        case value(JSONValue)
        case rows(AnyCollection<JSONValue>)

        static func rows<Rows: Collection>(_ rows: Rows, _ row: @escaping (Rows.Element) -> JSONValue) -> Part
        {
            .rows(AnyCollection(rows.lazy.map(row)))
        }
    }

    var members: [(key: String, part: Part)]

    /// As `JSONValue.rendered()` prints the same object.
    func rendered() -> String {
        var text = ""
        JSONValue.write(members, "{", "}", to: &text, level: 0, breakingTo: 2) { member, text in
            text += JSONValue.string(member.key).text() + ": "
            switch member.part {
            case .value(let value): value.write(to: &text, level: 1, breakingTo: 2)
            case .rows(let rows):
                JSONValue.write(rows, "[", "]", to: &text, level: 1, breakingTo: 2) { row, text in
                    row.write(to: &text, level: 2, breakingTo: 2)
                }
            }
        }
        return text + "\n"
    }
}
