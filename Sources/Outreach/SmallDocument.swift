/// The small documents that a service takes beside meetings. All are read as strictly as a meeting: unknown
/// keys are refused by name, and every issue is told at once at its pointer.
enum SmallDocument {
    static func read<Value>(
        _ bytes: [UInt8], known: [String], _ body: (ObjectReader) -> Value?
    ) throws(DocumentRefused) -> Value {
        try IssueList.reading(
            try JSONReader.read(bytes), unreadable: Bilingual(zh: "文件不完整", en: "the document is not whole"),
            mend: Bilingual(zh: "补全必填字段", en: "fill in what is required")
        ) { value, issues in
            ObjectReader(value, at: "", known: known, issues: issues).flatMap(body)
        }
    }
}

extension MeetingVoid {
    /// The reason of a void, from `{ "why": "…" }`.
    public static func reason(_ bytes: [UInt8]) throws(DocumentRefused) -> String {
        try SmallDocument.read(bytes, known: ["why"]) { $0.prose("why", limit: 500, required: true) }
    }
}

extension AreaCode {
    /// The area of a week declared without meetings, from `{ "area": "110105021" }`.
    public static func declared(_ bytes: [UInt8]) throws(DocumentRefused) -> AreaCode {
        try SmallDocument.read(bytes, known: ["area"]) {
            $0.code("area", required: true, AreaCode.init(validating:))
        }
    }
}
