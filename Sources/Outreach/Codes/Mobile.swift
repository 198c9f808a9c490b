/// Mainland mobile number: 11 digits, the first 1, the second 3–9.
public struct Mobile: Hashable, Sendable {
    public let text: String

    /// Takes full-width digits, spaces, hyphens, brackets and the prefixes +86, 86 and 0086 off.
    public init(validating input: String) throws(CodeError) {
        var digits = NormalisedText.code(input).filter { $0 != "(" && $0 != ")" }
        for prefix in ["+86", "0086", "86"] where digits.count > 11 && digits.hasPrefix(prefix) {
            digits.removeFirst(prefix.count)
            break
        }
        let bytes = Array(digits.utf8)
        guard bytes.count == 11, bytes.allSatisfy({ (48...57).contains($0) }) else {
            throw CodeError(
                "mobile.length", "手机号须为11位数字", "a mobile number has 11 digits",
                mendZh: "核对后重填；座机请写在备注或联系人电话里", mendEn: "check it; a landline belongs elsewhere")
        }
        guard bytes[0] == UInt8(ascii: "1"), (UInt8(ascii: "3")...UInt8(ascii: "9")).contains(bytes[1]) else {
            throw CodeError(
                "mobile.prefix", "手机号须以13至19开头", "a mobile number begins with 13 to 19",
                mendZh: "核对前两位", mendEn: "check the first two digits")
        }
        text = digits
    }
}

/// Personal data: printed masked, so that no log holds it by accident.
extension Mobile: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `138****8000`.
    public var description: String { "\(text.prefix(3))****\(text.suffix(4))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
