import Foundation
import Reports

/// The visible words of one language: a flat list of keys, loaded once from the bundled file.
public struct Catalogue: Sendable {
    public let language: Language
    private let texts: [String: String]

    /// The bundled words of a language.
    public init(_ language: Language) {
        self = Self.bundled[language] ?? Catalogue(language: language, texts: [:])
    }

    private init(language: Language, texts: [String: String]) {
        self.language = language
        self.texts = texts
    }

    public var keys: Set<String> { Set(texts.keys) }

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

    private static let bundled: [Language: Catalogue] = {
        var catalogues: [Language: Catalogue] = [:]
        for language in Language.allCases {
            let resource: ReportResource = language == .zh ? .chineseStrings : .englishStrings
            do {
                let texts = try JSONDecoder().decode([String: String].self, from: Data(resource.text.utf8))
                catalogues[language] = Catalogue(language: language, texts: texts)
            } catch {
                preconditionFailure("the bundled words of \(language.tag) are not a flat JSON object")
            }
        }
        return catalogues
    }()
}
