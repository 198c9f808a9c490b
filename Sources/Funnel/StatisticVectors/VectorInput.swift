internal import Outreach

/// An object of a file of vectors: members by key, each read with its rule, refused at its pointer.
struct VectorInput {
    let value: JSONValue
    private let pointer: String
    private let members: [String: JSONValue]
    private let usage: KeyUsage?
    /// The names of keys that lead here from what `usage` is of.
    private let path: String

    /// - Parameter usage: takes down which keys stand in the object and in those below, and which were read.
    init(
        _ value: JSONValue, at pointer: String, noting usage: KeyUsage? = nil, below path: String = ""
    ) throws(DocumentIssue) {
        guard case .object(let all) = value else {
            throw Self.issue(
                "type.object", pointer, Bilingual(zh: "应为对象 { }", en: "must be an object { }"),
                mend: Bilingual(
                    zh: "按统计向量文件的格式填写", en: "write it as a file of vectors has it"))
        }
        self.value = value
        self.pointer = pointer
        members = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0.value) })
        self.usage = usage
        self.path = path
        if let usage { for member in all { usage.given.insert(path + member.key) } }
    }

    func has(_ key: String) -> Bool { member(key) != nil }

    /// nil where it is missing or null.
    private func member(_ key: String) -> JSONValue? {
        usage?.used.insert(path + key)
        return members[key].flatMap { $0 == .null ? nil : $0 }
    }

    // MARK: - Single values

    func required(_ key: String) throws(DocumentIssue) -> JSONValue {
        guard let value = member(key) else {
            throw issue(
                "key.required", key, Bilingual(zh: "必填", en: "required"),
                mend: Bilingual(zh: "补填该字段", en: "fill it in"))
        }
        return value
    }

    func text(_ key: String) throws(DocumentIssue) -> String {
        guard case .string(let text) = try required(key) else { throw wrongType("text", key, "文字", "text") }
        return text
    }

    /// Large enough for any count, small enough that as many as a list may have add up.
    static let counts = 0...1_000_000_000_000
    /// Elements of a list.
    static let listLimit = 1_000_000

    func integer(
        _ key: String, in range: ClosedRange<Int> = counts
    ) throws(DocumentIssue) -> Int {
        try integer(try required(key), key, in: range)
    }

    func number(
        _ key: String, in range: ClosedRange<Double> = -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
    ) throws(DocumentIssue) -> Double {
        let number = try number(try required(key), key)
        guard range.contains(number) else {
            throw outside(key, "\(range.lowerBound)", "\(range.upperBound)")
        }
        return number
    }

    /// `conf`, .95 where it is not given.
    func confidence() throws(DocumentIssue) -> Double { try share("conf", or: 0.95) }

    /// A number strictly between 0 and 1.
    func share(_ key: String, or missing: Double) throws(DocumentIssue) -> Double {
        guard has(key) else { return missing }
        let share = try number(try required(key), key)
        guard 0 < share, share < 1 else {
            throw issue(
                "number.range", key,
                Bilingual(zh: "应大于 0 且小于 1", en: "must lie strictly between 0 and 1"),
                mend: Bilingual(zh: "例如 0.95", en: "0.95, for example"))
        }
        return share
    }

    /// - Parameter usage: where this object's own keys are nobody's concern.
    func object(_ key: String, noting usage: KeyUsage? = nil) throws(DocumentIssue) -> VectorInput {
        try VectorInput(
            try required(key), at: at(key), noting: usage ?? self.usage,
            below: usage == nil ? "\(path)\(key)/" : "")
    }

    // MARK: - Lists

    func elements(_ key: String) throws(DocumentIssue) -> [JSONValue] {
        guard case .array(let values) = try required(key) else {
            throw wrongType("array", key, "列表 [ ]", "a list [ ]")
        }
        guard values.count <= Self.listLimit else {
            throw tooLarge(
                "list.too_long", key, zh: "最多 \(Self.listLimit) 项",
                en: "must have at most \(Self.listLimit) elements")
        }
        return values
    }

    func objects(_ key: String) throws(DocumentIssue) -> [VectorInput] {
        var objects: [VectorInput] = []
        for (index, value) in try elements(key).enumerated() {
            objects.append(
                try VectorInput(value, at: at("\(key)/\(index)"), noting: usage, below: "\(path)\(key)/"))
        }
        return objects
    }

    func integers(
        _ key: String, in range: ClosedRange<Int> = counts
    ) throws(DocumentIssue) -> [Int] {
        var integers: [Int] = []
        for (index, value) in try elements(key).enumerated() {
            integers.append(try integer(value, "\(key)/\(index)", in: range))
        }
        return integers
    }

    func numbers(_ key: String) throws(DocumentIssue) -> [Double] {
        var numbers: [Double] = []
        for (index, value) in try elements(key).enumerated() {
            let number = try number(value, "\(key)/\(index)")
            guard number.isFinite else { throw wrongType("number", "\(key)/\(index)", "数字", "a number") }
            numbers.append(number)
        }
        return numbers
    }

    /// Numbers within [0, 1].
    func shares(_ key: String) throws(DocumentIssue) -> [Double] {
        let numbers = try numbers(key)
        if let index = numbers.firstIndex(where: { !(0...1).contains($0) }) {
            throw outside("\(key)/\(index)", "0", "1")
        }
        return numbers
    }

    /// Lists of whole numbers, each of `width` or, without, all of one length.
    func rows(
        _ key: String, width: Int? = nil, in range: ClosedRange<Int> = counts
    ) throws(DocumentIssue) -> [[Int]] {
        var rows: [[Int]] = []
        for (index, value) in try elements(key).enumerated() {
            guard case .array(let values) = value else {
                throw wrongType("array", "\(key)/\(index)", "列表 [ ]", "a list [ ]")
            }
            var row: [Int] = []
            for (column, value) in values.enumerated() {
                row.append(try integer(value, "\(key)/\(index)/\(column)", in: range))
            }
            let wanted = width ?? rows.first?.count ?? row.count
            guard row.count == wanted else {
                throw issue(
                    "list.length", "\(key)/\(index)",
                    Bilingual(zh: "应有 \(wanted) 个数", en: "must have \(wanted) numbers"),
                    mend: Bilingual(zh: "补齐或删去多余的", en: "fill in what is missing, or take out what is more"))
            }
            rows.append(row)
        }
        return rows
    }

    // MARK: - x of n

    func proportion(_ x: String = "x", of n: String = "n") throws(DocumentIssue) -> Proportion {
        try proportion(try integer(x), of: try integer(n), at: x)
    }

    func proportions(_ x: String = "x", of n: String = "n") throws(DocumentIssue) -> [Proportion] {
        let (xs, ns) = (try integers(x), try integers(n))
        guard xs.count == ns.count else { throw differs(n, from: x) }
        var proportions: [Proportion] = []
        for index in xs.indices {
            proportions.append(try proportion(xs[index], of: ns[index], at: "\(x)/\(index)"))
        }
        return proportions
    }

    func proportion(_ x: Int, of n: Int, at key: String) throws(DocumentIssue) -> Proportion {
        guard x <= n else {
            throw issue(
                "number.not_part", key,
                Bilingual(zh: "x 不能大于 n", en: "x must not be greater than n"),
                mend: Bilingual(zh: "核对 x 和 n", en: "check x and n"))
        }
        return Proportion(x: x, n: n)
    }

    // MARK: - Issues

    func issue(_ code: String, _ key: String, _ rule: Bilingual, mend: Bilingual) -> DocumentIssue {
        Self.issue(code, at(key), rule, mend: mend)
    }

    func outside(_ key: String, _ low: String, _ high: String) -> DocumentIssue {
        issue(
            "number.range", key,
            Bilingual(zh: "应在 \(low) 到 \(high) 之间", en: "must lie between \(low) and \(high)"),
            mend: Bilingual(zh: "核对后重填", en: "check it and enter it again"))
    }

    /// What real data never reach, and would take hours or all memory.
    func tooLarge(
        _ code: String, _ key: String, zh: String, en: String,
        mend: Bilingual = Bilingual(zh: "分成几个算例", en: "make several cases of it")
    ) -> DocumentIssue {
        issue(code, key, Bilingual(zh: zh, en: en), mend: mend)
    }

    func differs(_ key: String, from other: String) -> DocumentIssue {
        issue(
            "list.length", key,
            Bilingual(zh: "与 \(other) 的长度不同", en: "is not as long as \(other)"),
            mend: Bilingual(zh: "两个列表逐项对应", en: "give one element for each of the other's"))
    }

    private static func issue(
        _ code: String, _ pointer: String, _ rule: Bilingual, mend: Bilingual
    ) -> DocumentIssue {
        DocumentIssue(code: code, pointer: pointer, rule: rule, mend: mend)
    }

    private func at(_ key: String) -> String { "\(pointer)/\(key)" }

    /// A key that the file's maker chose, as a pointer has it (RFC 6901).
    static func escaped(_ key: String) -> String {
        key.replacing("~", with: "~0").replacing("/", with: "~1")
    }

    func wrongType(_ type: String, _ key: String, _ zh: String, _ en: String) -> DocumentIssue {
        issue(
            "type.\(type)", key, Bilingual(zh: "应为\(zh)", en: "must be \(en)"),
            mend: Bilingual(zh: "改为\(zh)", en: "write \(en)"))
    }

    private func integer(
        _ value: JSONValue, _ key: String, in range: ClosedRange<Int>
    ) throws(DocumentIssue) -> Int {
        guard case .integer(let integer) = value else {
            throw wrongType("integer", key, "整数", "a whole number")
        }
        guard range.contains(integer) else {
            throw outside(key, "\(range.lowerBound)", "\(range.upperBound)")
        }
        return integer
    }

    private func number(_ value: JSONValue, _ key: String) throws(DocumentIssue) -> Double {
        switch value {
        case .integer(let integer): return Double(integer)
        case .number(let number): return number
        case .string("inf"): return .infinity
        case .string("-inf"): return -.infinity
        default: throw wrongType("number", key, "数字", "a number")
        }
    }
}
