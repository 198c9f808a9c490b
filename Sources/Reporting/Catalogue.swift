import Foundation
import Reports

/// The visible words of one language: a flat list of keys, loaded once from the bundled file.
public struct Catalogue: Sendable {
    public let language: Language
    private let texts: [String: String]

    /// The bundled words of a language.
    public init(_ language: Language) {
        self =
            switch language {
            case .zh: Self.chinese
            case .en: Self.english
            }
    }

    private init(language: Language, texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    public var keys: Set<String> { Set(texts.keys) }

    /// The text of a key that may be unknown: a code that a newer service brings.
    public func known(_ key: String) -> String? { texts[key] }

    /// The text of a key. An unknown key comes back as `⟦key⟧`, which no reader can overlook and
    /// which the tests refuse in every rendering.
    public subscript(key: String) -> String { texts[key] ?? "⟦\(key)⟧" }

    /// The text of a key with each `{name}` replaced, in one pass: a value is never read as a pattern.
    public func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String>) -> String {
        var filled = ""
        var rest = self[key][...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            filled += rest[..<open]
            filled += values.first { $0.key == name }?.value ?? "⟦\(name)⟧"
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }

    // Apart: a command speaks one language, and reading words takes a millisecond.
    private static let chinese = bundled(.zh, .chineseStrings)
    private static let english = bundled(.en, .englishStrings)

    private static func bundled(_ language: Language, _ resource: ReportResource) -> Catalogue {
        do {
            let texts = try JSONDecoder().decode([String: String].self, from: Data(resource.text.utf8))
            return Catalogue(language: language, texts: texts)
        } catch {
            preconditionFailure("the bundled words of \(language.tag) are not a flat JSON object")
        }
    }
}
