public import Outreach

/// The language that a form speaks; Chinese first.
public enum FormLanguage: String, CaseIterable, Sendable {
    case zh, en

    /// The words of `text` in this language.
    public func callAsFunction(_ text: Bilingual) -> String {
        switch self {
        case .zh: text.zh
        case .en: text.en
        }
    }
}
