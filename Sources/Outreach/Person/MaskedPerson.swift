/// A person as far as they are shown to who works on applications: `张*`, `138****8000`,
/// `110***********0015`.
public struct MaskedPerson: Hashable, Sendable {
    public let name: String
    public let mobile: String?
    /// Kind of the document, and its number masked.
    public let document: (kind: String, number: String)?

    public init(_ person: Person) {
        name = String(person.name.prefix(1)) + "*"
        mobile = person.mobile?.description
        document = person.document.map { ($0.kindName, $0.maskedNumber) }
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.mobile == right.mobile && left.document?.kind == right.document?.kind
            && left.document?.number == right.document?.number
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(mobile)
    }
}

extension IdentityDocument {
    /// As documents write it.
    public var kindName: String {
        switch self {
        case .residentID: "resident_id"
        case .other(let kind, _): kind.rawValue
        }
    }

    public var number: String {
        switch self {
        case .residentID(let id): id.text
        case .other(_, let number): number
        }
    }

    /// Of a short number only the last two characters.
    public var maskedNumber: String {
        switch self {
        case .residentID(let id): id.description
        case .other(_, let number):
            String(repeating: "*", count: max(2, number.count - 2)) + number.suffix(2)
        }
    }
}

extension Person {
    /// Keys and values of the meeting document. Personal data.
    public var json: JSONValue {
        .object(present: [
            "name": .string(name), "mobile": mobile.map { .string($0.text) },
            "document": document.map {
                .object([.init("kind", .string($0.kindName)), .init("number", .string($0.number))])
            },
        ])
    }
}

extension MaskedPerson {
    public var json: JSONValue {
        .object(present: [
            "name": .string(name), "mobile": mobile.map(JSONValue.string),
            "document": document.map {
                .object([.init("kind", .string($0.kind)), .init("number", .string($0.number))])
            },
        ])
    }
}
