/// Unified social credit code (统一社会信用代码), GB 32100-2015: 18 characters, upper case.
public struct CreditCode: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public var description: String { text }

    /// No I, O, S, V or Z.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    /// Normalises (full width, spaces, case) and checks length, alphabet, region digits and the check
    /// character.
    public init(validating input: String) throws(CodeError) {
        let text = NormalisedText.code(input)
        let bytes = Array(text.utf8)
        guard bytes.count == 18 else {
            throw CodeError(
                "uscc.length", "统一社会信用代码须为18位", "a credit code has 18 characters",
                mendZh: "对照营业执照补全或删去多余字符", mendEn: "compare with the business licence")
        }
        var values: [Int] = []
        for (position, byte) in bytes.enumerated() {
            guard let value = Self.alphabet.firstIndex(of: byte) else {
                throw CodeError(
                    "uscc.alphabet", "统一社会信用代码只含数字和大写字母，且没有 I O S V Z",
                    "a credit code has digits and letters, but none of I O S V Z",
                    mendZh: "检查是否把 0 写成 O、1 写成 I", mendEn: "check for O written for 0, or I for 1")
            }
            guard !(2..<8).contains(position) || value < 10 else {
                throw CodeError(
                    "uscc.region", "统一社会信用代码第3至8位是行政区划，只能是数字",
                    "characters 3 to 8 of a credit code are the region's digits",
                    mendZh: "对照营业执照核对第3至8位", mendEn: "compare characters 3 to 8 with the business licence")
            }
            values.append(value)
        }
        let sum = zip(values, Self.weights).reduce(0) { $0 + $1.0 * $1.1 }
        guard values[17] == (31 - sum % 31) % 31 else {
            throw CodeError(
                "uscc.check_character", "统一社会信用代码的校验位不对，有一位写错或两位颠倒",
                "the credit code's check character does not fit: a character is wrong or two are swapped",
                mendZh: "对照营业执照逐位核对；没有执照时可只填企业全称，代码后补",
                mendEn: "compare with the licence; without one give the firm's name and leave the code out")
        }
        self.text = text
    }

    /// Whether the organisation code inside (GB 11714, characters 9–17) fails its own check. Such codes
    /// exist: it is worth a warning, never a refusal.
    public var organisationCodeMismatch: Bool {
        let inner = Array(text.utf8)[8..<17].map { byte in
            byte >= UInt8(ascii: "A") ? Int(byte - UInt8(ascii: "A")) + 10 : Int(byte - UInt8(ascii: "0"))
        }
        let sum = zip(inner, [3, 7, 9, 10, 5, 8, 4, 2]).reduce(0) { $0 + $1.0 * $1.1 }
        let check = (11 - sum % 11) % 11
        return inner[8] != (check == 10 ? 33 : check)
    }
}

extension CreditCode {
    /// Whether bytes are a code in the form in which it is kept, so that nothing needs to be normalised.
    static func isValid(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard range.count == 18 else { return false }
        var sum = 0
        for position in 0..<17 {
            let value = Int(values[Int(bytes[range.lowerBound + position])])
            guard value < 31, !(2..<8).contains(position) || value < 10 else { return false }
            sum += value * weights[position]
        }
        return Int(values[Int(bytes[range.upperBound - 1])]) == (31 - sum % 31) % 31
    }

    /// By byte; 255 for what no code has.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()
}
