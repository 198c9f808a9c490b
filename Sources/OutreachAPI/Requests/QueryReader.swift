internal import Foundation
internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// Reads the query of a request, strictly: a parameter that the address does not know, or that stands there
/// twice, is refused by name. `+` is a plus sign (RFC 3986): instants have one.
struct QueryReader {
    private var values: [String: String] = [:]

    init(_ request: Request, known: [String]) throws(Problem) {
        for pair in (request.uri.query ?? "").split(separator: "&", omittingEmptySubsequences: true) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first.flatMap({ String($0).removingPercentEncoding }),
                let value = parts.count > 1 ? String(parts[1]).removingPercentEncoding : "",
                !value.unicodeScalars.contains("\0")
            else { throw .badEncoding }
            guard known.contains(key) else {
                throw .query(
                    "query.unknown", "",
                    Bilingual(zh: "没有这个查询参数", en: "no such query parameter"),
                    Bilingual(
                        zh: "可用：" + known.joined(separator: " "),
                        en: "there are: " + known.joined(separator: " ")))
            }
            guard values.updateValue(value, forKey: key) == nil else {
                throw .query(
                    "query.twice", key, Bilingual(zh: "同一参数出现了两次", en: "the parameter stands there twice"),
                    Bilingual(zh: "只留一个", en: "leave one"))
            }
        }
    }

    func text(_ key: String) -> String? { values[key] }

    func day(_ key: String) throws(Problem) -> Day? {
        try read(
            key, "date.form", Bilingual(zh: "不是有效日期", en: "not a date"),
            Bilingual(zh: "写成 2018-12-30", en: "write it as 2018-12-30"), Day.init(iso:))
    }

    /// A day that is not in the future: nothing is foretold.
    func pastDay(_ key: String) throws(Problem) -> Day? {
        let day = try day(key)
        if let day, day > OfficeTime.day(of: .now) {
            throw .query(
                "date.future", key, Bilingual(zh: "日期在将来", en: "the day lies in the future"),
                Bilingual(zh: "填今天或更早的日期", en: "give today or an earlier day"))
        }
        return day
    }

    func moment(_ key: String) throws(Problem) -> PostgresTimestamp? {
        try read(
            key, "instant.form", Bilingual(zh: "不是有效的时刻", en: "not an instant"),
            Bilingual(
                zh: "写成 2018-12-31T18:00:00+08:00", en: "write it as 2018-12-31T18:00:00+08:00"),
            OfficeTime.moment)
    }

    /// `true` or `false`; false without a word.
    func flag(_ key: String) throws(Problem) -> Bool {
        try read(
            key, "type.boolean", Bilingual(zh: "应为 true 或 false", en: "must be true or false"),
            Bilingual(zh: "改正后重试", en: "mend it and try again"), Bool.init) ?? false
    }

    func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, of _: Choice.Type = Choice.self
    ) throws(Problem) -> Choice? where Choice.RawValue == String {
        let all = Choice.allCases.map(\.rawValue).joined(separator: " ")
        return try read(
            key, "choice.unknown", Bilingual(zh: "没有这个选项", en: "no such choice"),
            Bilingual(zh: "可选：\(all)", en: "one of: \(all)"), Choice.init(rawValue:))
    }

    func identifier<Subject>(
        _ key: String, as _: Identifier<Subject>.Type = Identifier<Subject>.self
    ) throws(Problem) -> Identifier<Subject>? {
        try read(
            key, "id.form", Bilingual(zh: "不是有效编号", en: "not an id"),
            Bilingual(zh: "用 UUID", en: "give a UUID"), Identifier<Subject>.init)
    }

    /// Six or nine digits; whether there is such an area is another question.
    func areaCode(_ key: String) throws(Problem) -> String? {
        try read(
            key, "area.form", Bilingual(zh: "应为6位或9位数字", en: "must be six or nine digits"),
            Bilingual(zh: "核对区划代码", en: "check the code")
        ) { text in
            [6, 9].contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) } ? text : nil
        }
    }

    /// A page size: at least one; more than `most` is taken as `most`.
    func limit(_ key: String, usual: Int, most: Int) throws(Problem) -> Int {
        let asked = try read(
            key, "number.range", Bilingual(zh: "应为正整数", en: "must be a positive whole number"),
            Bilingual(zh: "例如 \(usual)", en: "for example \(usual)")
        ) { text -> Int? in
            guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            // More digits than a number holds is more than the most.
            let number = Int(text) ?? Int.max
            return number >= 1 ? number : nil
        }
        return min(asked ?? usual, most)
    }

    func read<Value>(
        _ key: String, _ code: String, _ rule: Bilingual, _ mend: Bilingual, _ make: (String) -> Value?
    ) throws(Problem) -> Value? {
        guard let text = values[key] else { return nil }
        guard let value = make(text) else { throw .query(code, key, rule, mend) }
        return value
    }
}

extension Problem {
    /// 400, with the parameter's name where a document has its pointer.
    static func query(_ code: String, _ key: String, _ rule: Bilingual, _ mend: Bilingual) -> Problem {
        query(
            DocumentIssue(
                code: code, pointer: key.isEmpty ? "/query" : "/query/\(key)", rule: rule, mend: mend))
    }

    static func query(_ issue: DocumentIssue) -> Problem {
        Problem(
            .badRequest, code: "invalid-query", title: Bilingual(zh: "查询参数有误", en: "the query is not valid"),
            issues: [issue])
    }
}
