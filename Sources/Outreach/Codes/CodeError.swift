/// Why a code was refused: which rule, and how to mend it. Carries no value.
public struct CodeError: Error, Hashable, Sendable {
    /// Stable name of the rule, such as `uscc.check_character`.
    public let code: String
    public let rule: Bilingual
    public let mend: Bilingual

    public init(code: String, rule: Bilingual, mend: Bilingual) {
        self.code = code
        self.rule = rule
        self.mend = mend
    }

    init(_ code: String, _ zh: String, _ en: String, mendZh: String, mendEn: String) {
        self.init(code: code, rule: Bilingual(zh: zh, en: en), mend: Bilingual(zh: mendZh, en: mendEn))
    }
}
