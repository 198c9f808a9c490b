/// GB/T 4754-2017: a section (`A`), a division (`65` or `I65`), a group or a class (`6513`).
public struct IndustryCode: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public var description: String { text }

    /// Last division of each section, from A.
    private static let lastDivisions: [(section: Character, last: Int)] = [
        ("A", 5), ("B", 12), ("C", 43), ("D", 46), ("E", 50), ("F", 52), ("G", 60), ("H", 62),
        ("I", 65), ("J", 69), ("K", 70), ("L", 72), ("M", 75), ("N", 79), ("O", 82), ("P", 83),
        ("Q", 85), ("R", 90), ("S", 96), ("T", 97),
    ]

    public init(validating input: String) throws(CodeError) {
        let text = NormalisedText.code(input)
        let letter = text.first.flatMap { $0.isLetter ? $0 : nil }
        let digits = text.drop { $0.isLetter }
        let refusal = CodeError(
            "industry.unknown", "不是国民经济行业分类（GB/T 4754-2017）的代码",
            "not a code of GB/T 4754-2017",
            mendZh: "填门类字母（如 I）、大类（如 I65 或 65）或四位小类",
            mendEn: "give a section letter (I), a division (I65 or 65) or a class of four digits")
        guard text.count - digits.count <= 1, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            digits.count <= 4, digits.count != 1, !text.isEmpty
        else { throw refusal }
        if digits.isEmpty {
            guard let letter, Self.lastDivisions.contains(where: { $0.section == letter }) else {
                throw refusal
            }
        } else {
            guard let division = Int(digits.prefix(2)), (1...97).contains(division),
                let section = Self.lastDivisions.first(where: { division <= $0.last })?.section
            else { throw refusal }
            guard letter == nil || letter == section else {
                throw CodeError(
                    "industry.section", "门类字母与大类不符", "the section letter does not belong to the division",
                    mendZh: "该大类属于门类 \(section)", mendEn: "this division belongs to section \(section)")
            }
        }
        self.text = text
    }
}
