/// Administrative code of a street, township or quasi-unit: nine digits (GB/T 2260 + GB/T 10114).
///
/// Whether such a unit exists on a day, and by which name, the dated map tells.
public struct AreaCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    public var description: String { text }

    public init(validating input: String) throws(CodeError) {
        let text = NormalisedText.code(input)
        guard text.utf8.count == 9 else {
            throw CodeError(
                "area.length", "街道（乡镇）代码须为9位数字", "a street or township code has nine digits",
                mendZh: "填写9位代码，或按名称查找", mendEn: "give the nine digits, or look the area up by name")
        }
        guard RegionCode.isWellFormed(text) else {
            throw CodeError(
                "area.form", "不是有效的街道（乡镇）代码", "not a street or township code",
                mendZh: "核对代码，或按名称查找", mendEn: "check the code, or look the area up by name")
        }
        self.text = text
    }

    /// The six-digit county code.
    public var district: String { String(text.prefix(6)) }

    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// Administrative codes of every level: province (…0000), prefecture (…00), county, township (nine
/// digits), village (twelve).
public enum RegionCode {
    private static let provinces: Set<String> = [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41",
        "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71",
        "81", "82",
    ]

    /// Six, nine or twelve digits of a known province; below a county only where there is a county.
    public static func isWellFormed(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard [6, 9, 12].contains(bytes.count), bytes.allSatisfy({ (48...57).contains($0) }),
            provinces.contains(String(text.prefix(2)))
        else { return false }
        guard bytes.count > 6 else { return true }
        return !text.dropFirst(4).hasPrefix("00") && !text.dropFirst(6).hasPrefix("000")
    }

    /// What digits 7–9 say of a unit.
    public enum Kind: String, Sendable {
        /// 001–099; in Beijing also 地区办事处.
        case subdistrict
        /// 100–199.
        case town
        /// 200–399.
        case township
        /// 400–599: development zones, farms and the like.
        case quasi
    }

    /// nil for a code that is shorter, or beyond the ranges in use.
    public static func kind(_ text: String) -> Kind? {
        guard text.utf8.count >= 9, let number = Int(text.dropFirst(6).prefix(3)) else { return nil }
        return switch number {
        case 1...99: .subdistrict
        case 100...199: .town
        case 200...399: .township
        case 400...599: .quasi
        default: nil
        }
    }
}
