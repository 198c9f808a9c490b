/// A text in both languages of the product.
public struct Bilingual: Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// One thing wrong with a document: where, which rule, and how to mend it. It never carries the value.
public struct DocumentIssue: Error, Hashable, Sendable {
    /// Stable name of the rule, such as `uscc.check_character`.
    public let code: String
    /// JSON Pointer (RFC 6901) to the field, `""` for the whole document.
    public let pointer: String
    public let rule: Bilingual
    public let mend: Bilingual

    public init(code: String, pointer: String, rule: Bilingual, mend: Bilingual) {
        self.code = code
        self.pointer = pointer
        self.rule = rule
        self.mend = mend
    }
}

/// A document that was refused: every issue found, in document order, never empty.
public struct DocumentRefused: Error, Hashable, Sendable {
    public let issues: [DocumentIssue]

    public init(first: DocumentIssue, others: [DocumentIssue] = []) {
        issues = [first] + others
    }

    /// nil where there is nothing to refuse.
    public init?(_ issues: [DocumentIssue]) {
        guard !issues.isEmpty else { return nil }
        self.issues = issues
    }
}
