/// Citizen identity number (公民身份号码), GB 11643-1999: 18 characters, upper case X.
public struct ResidentID: Hashable, Sendable {
    public let text: String

    private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let checks = Array("10X98765432".utf8)

    /// Normalises and checks length, digits, birth date and check character. Regions are not looked up:
    /// abolished codes stay valid on the cards that carry them.
    public init(validating input: String) throws(CodeError) {
        let text = NormalisedText.code(input)
        let bytes = Array(text.utf8)
        guard bytes.count == 18 else {
            throw CodeError(
                "resident_id.length", "公民身份号码须为18位", "an identity number has 18 characters",
                mendZh: "对照身份证核对；15位的旧号码请换用18位",
                mendEn: "compare with the card; use the 18-character form of an old number")
        }
        let digits = bytes.prefix(17).map { Int($0) - 48 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else {
            throw CodeError(
                "resident_id.digits", "公民身份号码前17位只能是数字",
                "the first 17 characters of an identity number are digits",
                mendZh: "对照身份证核对", mendEn: "compare with the card")
        }
        let sum = zip(digits, Self.weights).reduce(0) { $0 + $1.0 * $1.1 }
        guard bytes[17] == Self.checks[sum % 11] else {
            throw CodeError(
                "resident_id.check_character", "公民身份号码的校验位不对，有一位写错或两位颠倒",
                "the identity number's check character does not fit: a digit is wrong or two are swapped",
                mendZh: "对照身份证逐位核对", mendEn: "compare with the card, digit by digit")
        }
        guard Self.birth(digits) != nil else {
            throw CodeError(
                "resident_id.birth_date", "公民身份号码中的出生日期不存在",
                "the birth date in the identity number does not exist",
                mendZh: "对照身份证核对第7至14位", mendEn: "compare characters 7 to 14 with the card")
        }
        self.text = text
    }

    /// The 18-character form of a 15-digit number issued before 1999.
    public static func upgrading(legacy input: String) throws(CodeError) -> ResidentID {
        let text = NormalisedText.code(input)
        let old = Array(text.utf8)
        guard old.count == 15, old.allSatisfy({ (48...57).contains($0) }) else {
            throw CodeError(
                "resident_id.legacy", "旧身份证号须为15位数字", "an old identity number has 15 digits",
                mendZh: "核对后重填", mendEn: "check and enter it again")
        }
        let digits = (old.prefix(6) + Array("19".utf8) + old.dropFirst(6)).map { Int($0) - 48 }
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        let check = Character(Unicode.Scalar(checks[sum % 11]))
        return try ResidentID(validating: digits.map(String.init).joined() + String(check))
    }

    private static func birth(_ digits: [Int]) -> Day? {
        func number(_ range: Range<Int>) -> Int { digits[range].reduce(0) { $0 * 10 + $1 } }
        return Day(year: number(6..<10), month: number(10..<12), day: number(12..<14))
    }

    /// Day of birth.
    public var birthDay: Day {
        Self.birth(text.utf8.prefix(17).map { Int($0) - 48 }) ?? Day(ordinal: 0)
    }

    /// Whole years lived on a day; negative before birth.
    public func age(on day: Day) -> Int {
        let (birth, today) = (birthDay.parts, day.parts)
        let hadBirthday = (today.month, today.day) >= (birth.month, birth.day)
        return today.year - birth.year - (hadBirthday ? 0 : 1)
    }
}

/// Personal data: printed masked, so that no log holds it by accident.
extension ResidentID: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `110***********0015`.
    public var description: String { "\(text.prefix(3))***********\(text.suffix(4))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
