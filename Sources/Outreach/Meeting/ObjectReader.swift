internal import Foundation

/// Collects issues while a document is read: reading goes on, so that every issue is told at once.
final class IssueList {
    /// More would help nobody: a document with so many issues is of another format.
    static let limit = 200

    private(set) var issues: [DocumentIssue] = []

    func add(_ code: String, _ pointer: String, _ rule: Bilingual, mend: Bilingual) {
        guard issues.count < Self.limit else { return }
        issues.append(DocumentIssue(code: code, pointer: pointer, rule: rule, mend: mend))
    }

    func add(_ error: CodeError, at pointer: String) {
        add(error.code, pointer, error.rule, mend: error.mend)
    }
}

extension IssueList {
    /// Reads a document whole: what `body` makes of it, or every issue that it noted on the way.
    /// - Parameters:
    ///   - unreadable: the rule where `body` makes nothing of it and noted no issue.
    ///   - mend: of that rule.
    static func reading<Value>(
        _ document: JSONValue, unreadable: @autoclosure () -> Bilingual, mend: @autoclosure () -> Bilingual,
        _ body: (JSONValue, IssueList) -> Value?
    ) throws(DocumentRefused) -> Value {
        let issues = IssueList()
        let read = body(document, issues)
        if let refused = DocumentRefused(issues.inOrder(of: document)) { throw refused }
        guard let read else {
            throw DocumentRefused(
                first: DocumentIssue(
                    code: "document.unreadable", pointer: "", rule: unreadable(), mend: mend()))
        }
        return read
    }

    /// The issues as a reader of the document meets their places; what is missing stands where its object
    /// begins.
    func inOrder(of document: JSONValue) -> [DocumentIssue] {
        var places: [String: Int] = [:]
        Self.number(document, at: "", into: &places)
        func place(_ pointer: String) -> Int {
            var pointer = pointer[...]
            while true {
                if let place = places[String(pointer)] { return place }
                guard let slash = pointer.lastIndex(of: "/") else { return 0 }
                pointer = pointer[..<slash]
            }
        }
        return issues.enumerated()
            .map { (place: place($0.element.pointer), turn: $0.offset, issue: $0.element) }
            .sorted { ($0.place, $0.turn) < ($1.place, $1.turn) }
            .map(\.issue)
    }

    private static func number(_ value: JSONValue, at pointer: String, into places: inout [String: Int]) {
        places[pointer] = places.count
        switch value {
        case .array(let values):
            for (index, value) in values.enumerated() {
                number(value, at: "\(pointer)/\(index)", into: &places)
            }
        case .object(let members):
            for member in members {
                number(member.value, at: pointer + JSONPointer.text([member.key]), into: &places)
            }
        default: break
        }
    }
}

/// One object of a document: members by key, each read with its rule and reported at its pointer.
struct ObjectReader {
    let pointer: String
    let issues: IssueList
    private var members: [String: JSONValue] = [:]

    /// nil (and an issue) where the value is no object. Keys that are not `known` are refused by name.
    init?(_ value: JSONValue, at pointer: String, known: [String], issues: IssueList) {
        guard case .object(let all) = value else {
            issues.add(
                "type.object", pointer, Bilingual(zh: "应为对象 { }", en: "must be an object { }"),
                mend: Bilingual(zh: "按 goutong.meeting/1 的格式填写", en: "write it as goutong.meeting/1 says"))
            return nil
        }
        self.pointer = pointer
        self.issues = issues
        for member in all {
            guard known.contains(member.key) else {
                let near = Self.nearest(to: member.key, in: known)
                issues.add(
                    "key.unknown", pointer + JSONPointer.text([member.key]),
                    Bilingual(zh: "没有这个字段", en: "no such key"),
                    mend: near.map {
                        Bilingual(zh: "是否指 \($0)？否则删去", en: "did you mean \($0)? otherwise take it out")
                    } ?? Bilingual(zh: "删去该字段", en: "take it out"))
                continue
            }
            if member.value != .null { members[member.key] = member.value }
        }
    }

    func at(_ key: String) -> String { pointer + JSONPointer.text([key]) }
    func has(_ key: String) -> Bool { members[key] != nil }

    /// The value of a key; a missing one that is required is an issue.
    func value(_ key: String, required: Bool = false) -> JSONValue? {
        if members[key] == nil, required {
            issues.add(
                "key.required", at(key), Bilingual(zh: "必填", en: "required"),
                mend: Bilingual(zh: "补填该字段", en: "fill it in"))
        }
        return members[key]
    }

    private func wrongType(_ key: String, _ zh: String, _ en: String, code: String) {
        issues.add(
            code, at(key), Bilingual(zh: "应为\(zh)", en: "must be \(en)"),
            mend: Bilingual(zh: "改为\(zh)，没有就写 null 或删去", en: "write \(en), or null where there is none"))
    }

    /// Text without control characters, invisible marks taken out, at most `limit` characters. Blank is
    /// missing.
    func text(
        _ key: String, limit: Int = 200, keepsLines: Bool = false, required: Bool = false
    ) -> String? {
        guard let value = value(key, required: required) else { return nil }
        guard case .string(let raw) = value else {
            wrongType(key, "文字", "text", code: "type.text")
            return nil
        }
        return text(raw, at: at(key), limit: limit, keepsLines: keepsLines, required: required)
    }

    /// Free text: several lines, stored in clear, so without numbers that name a person.
    func prose(_ key: String, limit: Int, required: Bool = false) -> String? {
        guard let prose = text(key, limit: limit, keepsLines: true, required: required) else { return nil }
        guard !PersonalNumber.occurs(in: prose) else {
            issues.add(PersonalNumber.refusal, at: at(key))
            return nil
        }
        return prose
    }

    /// The name of a person, a firm or a place: one line that no spreadsheet would run as a formula.
    func name(_ key: String, limit: Int = 200, required: Bool = false) -> String? {
        guard let name = text(key, limit: limit, required: required) else { return nil }
        guard let first = name.unicodeScalars.first, !"=+-@＝＋－＠".unicodeScalars.contains(first) else {
            issues.add(
                "text.formula", at(key),
                Bilingual(
                    zh: "名称不能以 = + - @ 开头（会被表格当作公式）",
                    en: "a name may not begin with = + - @, which a spreadsheet runs as a formula"),
                mend: Bilingual(zh: "删去开头的符号", en: "take the sign at its beginning out"))
            return nil
        }
        return name
    }

    func text(
        _ raw: String, at pointer: String, limit: Int, keepsLines: Bool = false, required: Bool = false
    ) -> String? {
        guard raw.utf8.count <= limit * 4, raw.unicodeScalars.count <= limit else {
            issues.add(
                "text.too_long", pointer,
                Bilingual(zh: "超过 \(limit) 个字", en: "longer than \(limit) characters"),
                mend: Bilingual(zh: "缩短到 \(limit) 个字以内", en: "shorten it to \(limit) characters"))
            return nil
        }
        guard !raw.unicodeScalars.contains(where: NormalisedText.isForbidden) else {
            issues.add(
                "text.control_character", pointer,
                Bilingual(zh: "含有控制字符（如 NUL）", en: "holds a control character such as NUL"),
                mend: Bilingual(zh: "删去该字符", en: "take the character out"))
            return nil
        }
        let text = NormalisedText.prose(raw, keepsLines: keepsLines)
        guard !text.isEmpty else {
            if required {
                issues.add(
                    "text.blank", pointer, Bilingual(zh: "不能为空", en: "must not be blank"),
                    mend: Bilingual(zh: "补填该字段", en: "fill it in"))
            }
            return nil
        }
        return text
    }

    func integer(_ key: String, in range: ClosedRange<Int> = 0...1_000_000) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .integer(let number) = value else {
            wrongType(key, "整数", "a whole number", code: "type.integer")
            return nil
        }
        guard range.contains(number) else {
            issues.add(
                "number.range", at(key),
                Bilingual(
                    zh: "应在 \(range.lowerBound) 到 \(range.upperBound) 之间",
                    en: "must lie between \(range.lowerBound) and \(range.upperBound)"),
                mend: Bilingual(zh: "核对后重填；没有统计就写 null", en: "check it; write null where nobody counted"))
            return nil
        }
        return number
    }

    func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        switch value(key) {
        case nil: return nil
        case .integer(let whole)? where range.contains(Double(whole)): return Double(whole)
        case .number(let number)? where range.contains(number): return number
        case .integer?, .number?:
            issues.add(
                "number.range", at(key),
                Bilingual(zh: "数字超出范围", en: "the number is out of range"),
                mend: Bilingual(zh: "核对后重填", en: "check it and enter it again"))
        default: wrongType(key, "数字", "a number", code: "type.number")
        }
        return nil
    }

    func flag(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let flag) = value else {
            wrongType(key, "true 或 false", "true or false", code: "type.boolean")
            return nil
        }
        return flag
    }

    /// A day that exists and does not lie after `latest`.
    func day(_ key: String, latest: Day? = nil, required: Bool = false) -> Day? {
        guard let raw = rawText(key, required: required) else { return nil }
        guard let day = Day(iso: raw) else {
            issues.add(
                "date.invalid", at(key), Bilingual(zh: "日期不存在或格式不对", en: "no such date, or not in its form"),
                mend: Bilingual(zh: "写成 2018-09-12", en: "write it as 2018-09-12"))
            return nil
        }
        if let latest, day > latest {
            issues.add(
                "date.future", at(key), Bilingual(zh: "日期在将来", en: "the date lies in the future"),
                mend: Bilingual(zh: "填写实际发生的日期", en: "give the day on which it happened"))
            return nil
        }
        return day
    }

    func time(_ key: String) -> TimeOfDay? {
        guard let raw = rawText(key) else { return nil }
        guard let time = TimeOfDay(raw) else {
            issues.add(
                "time.invalid", at(key), Bilingual(zh: "时间格式不对", en: "not a time"),
                mend: Bilingual(zh: "写成 14:00", en: "write it as 14:00"))
            return nil
        }
        return time
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, as _: Choice.Type = Choice.self, required: Bool = false
    ) -> Choice? where Choice.RawValue == String {
        guard let raw = rawText(key, required: required) else { return nil }
        return choice(raw, at: at(key))
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ raw: String, at pointer: String, as _: Choice.Type = Choice.self
    ) -> Choice? where Choice.RawValue == String {
        guard let choice = Choice(rawValue: raw) else {
            let all = Choice.allCases.map(\.rawValue).joined(separator: " ")
            issues.add(
                "choice.unknown", pointer, Bilingual(zh: "没有这个选项", en: "no such choice"),
                mend: Bilingual(zh: "可选：\(all)", en: "one of: \(all)"))
            return nil
        }
        return choice
    }

    func code<Code>(
        _ key: String, required: Bool = false, _ make: (String) throws(CodeError) -> Code
    ) -> Code? {
        guard let raw = rawText(key, required: required) else { return nil }
        do throws(CodeError) {
            return try make(raw)
        } catch {
            issues.add(error, at: at(key))
            return nil
        }
    }

    func identifier<Subject>(_ key: String, as _: Identifier<Subject>.Type) -> Identifier<Subject>? {
        guard let raw = rawText(key, required: true) else { return nil }
        guard let id = Identifier<Subject>(raw), id.uuid.uuid.6 >> 4 == 7, id.uuid.uuid.8 >> 6 == 2 else {
            issues.add(
                "id.uuid7", at(key), Bilingual(zh: "编号须为 UUIDv7", en: "the id must be a UUID version 7"),
                mend: Bilingual(zh: "由设备生成，不要手写", en: "let the device mint it"))
            return nil
        }
        return id
    }

    /// An object below a key.
    func object(_ key: String, known: [String], required: Bool = false) -> ObjectReader? {
        value(key, required: required).flatMap {
            ObjectReader($0, at: at(key), known: known, issues: issues)
        }
    }

    /// The elements below a key, each with its pointer; at most `limit`.
    func elements(_ key: String, limit: Int = 1000) -> [(value: JSONValue, pointer: String)] {
        guard let value = value(key) else { return [] }
        guard case .array(let values) = value else {
            wrongType(key, "列表 [ ]", "a list [ ]", code: "type.array")
            return []
        }
        guard values.count <= limit else {
            issues.add(
                "list.too_long", at(key), Bilingual(zh: "超过 \(limit) 条", en: "more than \(limit) entries"),
                mend: Bilingual(zh: "分成几场登记", en: "record it as several meetings"))
            return []
        }
        return values.enumerated().map { ($1, at(key) + "/\($0)") }
    }

    /// A list of texts.
    func texts(_ key: String, limit: Int = 200) -> [String] {
        elements(key).compactMap { value, pointer in
            guard case .string(let raw) = value else {
                issues.add(
                    "type.text", pointer, Bilingual(zh: "应为文字", en: "must be text"),
                    mend: Bilingual(zh: "改为文字", en: "write text"))
                return nil
            }
            guard !PersonalNumber.occurs(in: raw) else {
                issues.add(PersonalNumber.refusal, at: pointer)
                return nil
            }
            return text(raw, at: pointer, limit: limit)
        }
    }

    private func rawText(_ key: String, required: Bool = false) -> String? {
        guard let value = value(key, required: required) else { return nil }
        guard case .string(let raw) = value else {
            wrongType(key, "文字", "text", code: "type.text")
            return nil
        }
        return raw
    }

    /// The known key within two edits; nil where none is.
    private static func nearest(to key: String, in known: [String]) -> String? {
        known.map { ($0, distance(Array(key), Array($0))) }.filter { $0.1 <= 2 }.min { $0.1 < $1.1 }?.0
    }

    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        guard abs(a.count - b.count) <= 2 else { return 3 }
        var row = Array(0...b.count)
        for (i, left) in a.enumerated() {
            var previous = row[0]
            row[0] = i + 1
            for (j, right) in b.enumerated() {
                let kept = row[j + 1]
                row[j + 1] = min(kept + 1, row[j] + 1, previous + (left == right ? 0 : 1))
                previous = kept
            }
        }
        return row[b.count]
    }
}
