internal import Outreach

// Figures have three values everywhere: a number, null where it is undefined, and infinity.
extension JSONValue {
    static func figure(_ value: Double?) -> JSONValue {
        switch value {
        case nil: .null
        case .some(.infinity): .string("inf")
        case .some(-.infinity): .string("-inf")
        case .some(let value): value.isNaN ? .null : .number(value)
        }
    }

    static func count(_ value: Int?) -> JSONValue { value.map { .integer($0) } ?? .null }

    static func flag(_ value: Bool?) -> JSONValue { value.map { .bool($0) } ?? .null }

    static func figures(_ values: [Double?]) -> JSONValue { .array(values.map(figure)) }

    static func counts(_ values: [Int]) -> JSONValue { .array(values.map { .integer($0) }) }

    /// Both ends; null where there is none.
    static func ends(_ interval: ConfidenceInterval?) -> JSONValue {
        interval.map { figures([$0.lower, $0.upper]) } ?? .null
    }

    /// Members in this order, nulls included.
    static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
        .object(members.map { Member($0.key, $0.value) })
    }

    /// The members of an object; none of anything else.
    var memberList: [(key: String, value: JSONValue)] {
        guard case .object(let members) = self else { return [] }
        return members.map { ($0.key, $0.value) }
    }

    /// This object with one member set: in its place, or last. Of anything else, itself.
    func replacing(_ key: String, by value: JSONValue) -> JSONValue {
        guard case .object(var members) = self else { return self }
        if let place = members.firstIndex(where: { $0.key == key }) {
            members[place] = Member(key, value)
        } else {
            members.append(Member(key, value))
        }
        return .object(members)
    }
}
