extension MeetingSubmission {
    /// Largest document taken, in bytes.
    public static let maximumBytes = 1 << 20

    /// Reads a document `goutong.meeting/1`, strictly. Throws every issue found, in document order, each
    /// with its JSON Pointer, rule and mend; never a value.
    ///
    /// - Parameters:
    ///   - today: in the office; nothing may be dated later.
    ///   - areas: the dated map, for code and name on the meeting's day.
    public static func decode(
        _ bytes: [UInt8], today: Day, areas: some AreaDirectory
    ) throws(DocumentRefused) -> MeetingSubmission {
        guard bytes.count <= maximumBytes else {
            throw DocumentRefused(
                first: DocumentIssue(
                    code: "document.too_large", pointer: "",
                    rule: Bilingual(zh: "文件超过1 MiB", en: "the document is larger than 1 MiB"),
                    mend: Bilingual(
                        zh: "缩短备注和意见，名单分几场登记",
                        en: "shorten notes and opinions; record long lists as several meetings")))
        }
        return try decode(try JSONReader.read(bytes), today: today, areas: areas)
    }

    /// The same of a value that was read already: one of a batch.
    public static func decode(
        _ value: JSONValue, today: Day, areas: some AreaDirectory
    ) throws(DocumentRefused) -> MeetingSubmission {
        try IssueList.reading(
            value, unreadable: Bilingual(zh: "不是沟通会文件", en: "not a meeting document"),
            mend: Bilingual(zh: "按 goutong.meeting/1 的格式填写", en: "write it as goutong.meeting/1 says")
        ) { value, issues in
            if case .object(let members) = value,
                members.contains(where: { $0.key == "void" && $0.value != .null })
            {
                return MeetingVoid(value, issues: issues).map(MeetingSubmission.void)
            }
            return MeetingDocumentReader(today: today, areas: areas, issues: issues)
                .document(value).map(MeetingSubmission.record)
        }
    }

    public var replaces: Int? {
        switch self {
        case .record(let document): document.replaces
        case .void(let void): void.replaces
        }
    }

    public var voidReason: String? {
        if case .void(let void) = self { void.why } else { nil }
    }
}

extension ObjectReader {
    /// `schema` must name the one that is read.
    func checkSchema() {
        guard let schema = text("schema", required: true), schema != MeetingDocument.schema else { return }
        issues.add(
            "schema.unknown", at("schema"),
            Bilingual(zh: "不认识的文件格式", en: "an unknown schema"),
            mend: Bilingual(zh: "写 \(MeetingDocument.schema)", en: "write \(MeetingDocument.schema)"))
    }
}

extension MeetingVoid {
    /// `{ schema, id, replaces, "void": { "why" } }`.
    fileprivate init?(_ value: JSONValue, issues: IssueList) {
        guard
            let reader = ObjectReader(
                value, at: "", known: ["schema", "id", "replaces", "void"], issues: issues)
        else { return nil }
        reader.checkSchema()
        let id = reader.identifier("id", as: MeetingID.self)
        _ = reader.value("replaces", required: true)
        let replaces = reader.integer("replaces", in: 1...1_000_000)
        let why = reader.object("void", known: ["why"], required: true)?
            .prose("why", limit: 500, required: true)
        guard let id, let replaces, let why else { return nil }
        self.init(id: id, replaces: replaces, why: why)
    }
}
