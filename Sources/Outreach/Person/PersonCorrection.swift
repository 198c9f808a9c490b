/// What somebody says is right about a person: `{"name", "mobile", "document": {"kind", "number"}}`, whole, by
/// the rules of a meeting document.
public enum PersonCorrection {
    /// - Parameter day: of the meeting where the person applied, for their age.
    public static func decode(_ bytes: [UInt8], on day: Day) throws(DocumentRefused) -> Person {
        guard bytes.count <= 16_384 else {
            throw DocumentRefused(
                first: DocumentIssue(
                    code: "document.too_large", pointer: "",
                    rule: Bilingual(zh: "文件超过16 KiB", en: "the document is larger than 16 KiB"),
                    mend: Bilingual(
                        zh: "只写姓名、手机号和证件", en: "write name, mobile and document only")))
        }
        return try decode(try JSONReader.read(bytes), on: day)
    }

    public static func decode(_ value: JSONValue, on day: Day) throws(DocumentRefused) -> Person {
        try IssueList.reading(
            value, unreadable: Bilingual(zh: "不是个人信息", en: "not a person"),
            mend: Bilingual(zh: "写姓名、手机号和证件", en: "write name, mobile and document")
        ) { value, issues in
            let reader = ApplicantReader(
                day: day, isCorrection: false,
                parent: MeetingDocumentReader(today: day, areas: NoArea(), issues: issues))
            return ObjectReader(value, at: "", known: ["name", "mobile", "document"], issues: issues)
                .flatMap(reader.person)
        }
    }

    private struct NoArea: AreaDirectory {
        func entry(_ code: AreaCode, on day: Day) -> AreaEntry? { nil }
    }
}
