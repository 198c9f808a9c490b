public import Outreach

/// The languages of the product. The raw value is what `--lang` takes.
public enum Language: String, CaseIterable, Sendable {
    case zh, en

    /// The BCP 47 tag of a page's `lang` attribute, and the name of the string catalogue.
    public var tag: String {
        switch self {
        case .zh: "zh-Hans"
        case .en: "en"
        }
    }

    /// A bilingual text in this language.
    public func of(_ text: Bilingual) -> String {
        switch self {
        case .zh: text.zh
        case .en: text.en
        }
    }
}
