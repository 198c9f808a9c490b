internal import Hummingbird
internal import NIOCore
internal import Outreach
internal import OutreachStore

extension Problem {
    init(person error: PersonError) {
        switch error {
        case .notFound: self = .notFound
        case .notAllowed: self = .notAllowed
        case .erased:
            self.init(
                .gone, code: "erased",
                title: Bilingual(zh: "本人信息已删除", en: "this person's data has been erased"))
        case .refused(let refused): self.init(refused)
        case .conflict(let issue):
            self.init(.conflict, code: "conflict", title: issue.rule, issues: [issue])
        case .vault: self = .failure
        case .transaction(let error): self.init(error)
        }
    }
}

/// A request's body as one JSON object with known members; values are never told.
struct PersonBody: Sendable {
    private let members: [JSONValue.Member]

    /// - Parameter known: the members that may be there.
    init(_ request: Request, known: [String]) async throws {
        let body = try await request.smallBody()
        let value = body.isEmpty ? .object([]) : try JSONValue.reading(body)
        guard case .object(let members) = value else {
            throw Self.issue(
                "type.object", "", Bilingual(zh: "应为对象 { }", en: "must be an object { }"),
                Bilingual(zh: "写成 JSON 对象", en: "write a JSON object"))
        }
        self.members = members.filter { $0.value != .null }
        try Self.check(members, known: known)
    }

    /// Refuses members that this body may not have.
    func check(known: [String]) throws { try Self.check(members, known: known) }

    private static func check(_ members: [JSONValue.Member], known: [String]) throws {
        guard let other = members.first(where: { !known.contains($0.key) }) else { return }
        // The key's own text may be anything: it is named by pointer only when it is a plain word.
        let isPlain =
            other.key.utf8.count <= 40 && other.key.utf8.allSatisfy { (97...122).contains($0) || $0 == 95 }
        throw issue(
            "key.unknown", isPlain ? "/\(other.key)" : "", Bilingual(zh: "没有这个字段", en: "no such key"),
            Bilingual(zh: "删去该字段", en: "take it out"))
    }

    func value(_ key: String) -> JSONValue? { members.first { $0.key == key }?.value }

    func text(_ key: String) throws -> String? {
        switch value(key) {
        case nil: return nil
        case .string(let text)?: return text
        default:
            throw Self.issue(
                "type.text", "/\(key)", Bilingual(zh: "应为文字", en: "must be text"),
                Bilingual(zh: "改为文字", en: "write text"))
        }
    }

    func required(_ key: String) throws -> String {
        guard let text = try text(key) else { throw Self.missing(key) }
        return text
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of _: Choice.Type = Choice.self
    ) throws -> Choice where Choice.RawValue == String {
        let text = try required(key)
        guard let choice = Choice(rawValue: text) else {
            let all = Choice.allCases.map(\.rawValue).joined(separator: " ")
            throw Self.issue(
                "choice.unknown", "/\(key)", Bilingual(zh: "没有这个选项", en: "no such choice"),
                Bilingual(zh: "可选：\(all)", en: "one of: \(all)"))
        }
        return choice
    }

    func day(_ key: String, otherwise: Day) throws -> Day {
        guard let text = try text(key) else { return otherwise }
        guard let day = Day(iso: text) else {
            throw Self.issue(
                "date.invalid", "/\(key)", Bilingual(zh: "日期不存在或格式不对", en: "not a date"),
                Bilingual(zh: "写成 2018-09-12", en: "write it as 2018-09-12"))
        }
        return day
    }

    func flag(_ key: String) throws -> Bool {
        switch value(key) {
        case nil: return false
        case .bool(let flag)?: return flag
        default:
            throw Self.issue(
                "type.boolean", "/\(key)", Bilingual(zh: "应为 true 或 false", en: "must be true or false"),
                Bilingual(zh: "改正后重试", en: "mend it and try again"))
        }
    }

    func identifier<Subject>(_ key: String, as _: Identifier<Subject>.Type) throws -> Identifier<Subject>? {
        guard let text = try text(key) else { return nil }
        guard let id = Identifier<Subject>(text) else {
            throw Self.issue(
                "id.form", "/\(key)", Bilingual(zh: "不是有效编号", en: "not an id"),
                Bilingual(zh: "用 UUID", en: "give a UUID"))
        }
        return id
    }

    static func missing(_ key: String) -> DocumentRefused {
        issue(
            "key.required", "/\(key)", Bilingual(zh: "必填", en: "required"),
            Bilingual(zh: "补填该字段", en: "fill it in"))
    }

    static func issue(_ code: String, _ pointer: String, _ rule: Bilingual, _ mend: Bilingual)
        -> DocumentRefused
    {
        DocumentRefused(first: DocumentIssue(code: code, pointer: pointer, rule: rule, mend: mend))
    }
}

extension Response {
    init(json: JSONValue, status: HTTPResponse.Status = .ok) {
        self.init(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: json.text())))
    }
}

extension APIContext {
    /// The applicant of the path. What is no id is nobody's.
    func applicant() throws -> ApplicantID {
        guard let id = parameters.get("applicant").flatMap({ ApplicantID($0) }) else {
            throw Problem.notFound
        }
        return id
    }
}
