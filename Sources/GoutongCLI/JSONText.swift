internal import Foundation

/// One flat JSON object on one line, keys in the order given.
enum JSONText {
    enum Value {
        case string(String)
        case number(Int)
        case null
    }

    static func object(_ members: [(String, Value)]) -> String {
        "{" + members.map { quoted($0.0) + ":" + text(of: $0.1) }.joined(separator: ",") + "}"
    }

    private static func text(of value: Value) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .number(let number): String(number)
        case .null: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
