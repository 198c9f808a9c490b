internal import Outreach
internal import OutreachClient

/// One line of a list, or one record, as programs read it: what people read is told from the same members,
/// so that both are the same from the ledger of this machine and from a service.
struct JSONRow {
    let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    subscript(_ key: String) -> JSONValue? {
        guard case .object(let members) = json else { return nil }
        return members.first { $0.key == key }.flatMap { $0.value == .null ? nil : $0.value }
    }

    func text(_ key: String) -> String? {
        guard case .string(let text)? = self[key] else { return nil }
        return text
    }

    func number(_ key: String) -> Int? {
        guard case .integer(let number)? = self[key] else { return nil }
        return number
    }

    func flag(_ key: String) -> Bool { self[key] == .bool(true) }

    func row(_ key: String) -> JSONRow? { self[key].map(JSONRow.init) }

    func rows(_ key: String) -> [JSONRow]? {
        guard case .array(let values)? = self[key] else { return nil }
        return values.map(JSONRow.init)
    }

    /// A list of words, with a space between two.
    func words(_ key: String) -> String? {
        guard case .array(let values)? = self[key] else { return nil }
        return values.compactMap { if case .string(let text) = $0 { text } else { nil } }.joined(
            separator: " ")
    }

    /// What an answer of our service must hold.
    /// - Throws: an obstacle, where it is not there.
    func required<Value>(_ value: (JSONRow) -> Value?) throws -> Value {
        guard let value = value(self) else { throw CommandFailure(asking: .notOurs(status: 200)) }
        return value
    }
}
