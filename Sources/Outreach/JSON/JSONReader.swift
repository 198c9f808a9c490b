/// Reads JSON strictly: one value, UTF-8, no duplicate keys, no lone surrogates, no NUL, bounded depth.
///
/// Foundation's decoder stops at the first error, merges duplicate keys silently and has no place for a
/// pointer with a rule and a mend; a document is refused with every issue at its pointer.
struct JSONReader {
    private static let maximumDepth = 32
    /// In bytes; the longest key of a document has 25.
    private static let maximumKeyLength = 100

    private let bytes: [UInt8]
    private var position = 0
    private var path: [String] = []

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func read(_ bytes: [UInt8]) throws(DocumentRefused) -> JSONValue {
        var reader = JSONReader(bytes)
        do throws(DocumentIssue) {
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
            guard String(validating: bytes, as: UTF8.self) != nil else {
                throw reader.issue(
                    "json.encoding", "文件不是有效的 UTF-8 文本", "the file is not valid UTF-8",
                    "用 UTF-8 编码另存", "save it as UTF-8")
            }
            let value = try reader.value(depth: 0)
            reader.skipSpace()
            guard reader.position == bytes.count else { throw reader.syntax() }
            return value
        } catch {
            throw DocumentRefused(first: error)
        }
    }

    // MARK: - Values

    private mutating func value(depth: Int) throws(DocumentIssue) -> JSONValue {
        guard depth < Self.maximumDepth else {
            throw issue(
                "json.depth", "嵌套超过32层", "nested more than 32 levels deep", "检查文件是否损坏",
                "check that the file is whole")
        }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(DocumentIssue) -> JSONValue {
        position += 1
        var members: [JSONValue.Member] = []
        var keys: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw syntax() }
            let key = try string()
            guard Self.isPlain(key) else {
                throw issue(
                    "json.key_form", "字段名过长或含有不可见字符", "a key is too long or holds an invisible character",
                    "使用文件格式规定的字段名", "use the keys of the format")
            }
            path.append(key)
            guard keys.insert(key).inserted else {
                throw issue(
                    "json.duplicate_key", "同一字段出现了两次", "the same key appears twice", "删去其中一个",
                    "take one of them out")
            }
            skipSpace()
            guard take(":") else { throw syntax() }
            members.append(JSONValue.Member(key, try value(depth: depth + 1)))
            path.removeLast()
            skipSpace()
            if take(",") { continue }
            guard take("}") else { throw syntax() }
            return .object(members)
        }
    }

    /// A key becomes part of a pointer, which is printed: nothing in it may move a cursor or hide.
    private static func isPlain(_ key: String) -> Bool {
        key.utf8.count <= maximumKeyLength
            && key.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && !NormalisedText.isInvisible($0)
            }
    }

    private mutating func array(depth: Int) throws(DocumentIssue) -> JSONValue {
        position += 1
        var values: [JSONValue] = []
        skipSpace()
        if take("]") { return .array([]) }
        while true {
            path.append(String(values.count))
            values.append(try value(depth: depth + 1))
            path.removeLast()
            skipSpace()
            if take(",") { continue }
            guard take("]") else { throw syntax() }
            return .array(values)
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(DocumentIssue) -> JSONValue {
        guard bytes[position...].starts(with: word.utf8) else { throw syntax() }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(DocumentIssue) -> JSONValue {
        let start = position
        var isWhole = true
        _ = take("-")
        let leading = position
        let whole = skipDigits()
        guard whole > 0, whole == 1 || bytes[leading] != UInt8(ascii: "0") else { throw syntax() }
        if take(".") {
            isWhole = false
            guard skipDigits() > 0 else { throw syntax() }
        }
        if take("e") || take("E") {
            isWhole = false
            if !take("+") { _ = take("-") }
            guard skipDigits() > 0 else { throw syntax() }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let integer = Int(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else {
            throw issue(
                "json.number_range", "数字过大", "the number is too large", "核对后重填", "check it and enter it again"
            )
        }
        // 3.0 is a whole number written another way.
        if let integer = Int(exactly: number) { return .integer(integer) }
        return .number(number)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = peek, (48...57).contains(byte) { position += 1 }
        return position - start
    }

    // MARK: - Strings

    private mutating func string() throws(DocumentIssue) -> String {
        position += 1
        var scalars = String.UnicodeScalarView()
        var run = position
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                append(run..<position, to: &scalars)
                position += 1
                return String(scalars)
            case UInt8(ascii: "\\"):
                append(run..<position, to: &scalars)
                position += 1
                scalars.append(try escaped())
                run = position
            case ..<0x20:
                throw issue(
                    "json.control_character", "字符串中有未转义的控制字符",
                    "a control character stands unescaped in a string",
                    "删去该字符", "take the character out")
            default: position += 1
            }
        }
        throw syntax()
    }

    private func append(_ range: Range<Int>, to scalars: inout String.UnicodeScalarView) {
        scalars.append(contentsOf: String(decoding: bytes[range], as: UTF8.self).unicodeScalars)
    }

    private mutating func escaped() throws(DocumentIssue) -> Unicode.Scalar {
        guard let byte = peek else { throw syntax() }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): break
        default: throw syntax()
        }
        let unit = try hexUnit()
        if let scalar = Unicode.Scalar(UInt32(unit)) { return scalar }
        if (0xD800..<0xDC00).contains(unit), take("\\"), take("u") {
            let low = try hexUnit()
            if (0xDC00..<0xE000).contains(low),
                let scalar = Unicode.Scalar(
                    0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
            {
                return scalar
            }
        }
        throw issue(
            "json.lone_surrogate", "含有不成对的代理字符，不是有效文字", "a lone surrogate is no character",
            "删去该字符后重试", "take the character out")
    }

    private mutating func hexUnit() throws(DocumentIssue) -> UInt16 {
        guard position + 4 <= bytes.count,
            bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt16(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw syntax() }
        position += 4
        return unit
    }

    // MARK: - Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private func syntax() -> DocumentIssue {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return issue(
            "json.syntax", "第 \(line) 行第 \(column) 个字节处不是有效的 JSON",
            "not valid JSON at line \(line), byte \(column)",
            "检查引号、逗号和括号", "check quotes, commas and brackets")
    }

    private func issue(
        _ code: String, _ zh: String, _ en: String, _ mendZh: String, _ mendEn: String
    ) -> DocumentIssue {
        DocumentIssue(
            code: code, pointer: JSONPointer.text(path), rule: Bilingual(zh: zh, en: en),
            mend: Bilingual(zh: mendZh, en: mendEn))
    }
}

/// RFC 6901.
enum JSONPointer {
    static func text(_ path: [String]) -> String {
        path.map { "/" + escaped($0) }.joined()
    }

    private static func escaped(_ key: String) -> String {
        var escaped = ""
        for character in key {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
