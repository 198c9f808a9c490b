/// How a firm is registered (登记注册类型): a type of a classification, which tells what kind of owner it has.
public struct RegistrationType: Hashable, Sendable {
    /// Three digits.
    public let code: String
    public let name: String

    public init(code: String, name: String) {
        self.code = code
        self.name = name
    }
}

/// The types of the classification in force, as lists name them: by code, or by name.
public struct RegistrationTypes: Sendable {
    /// 国统字〔2011〕86号, with what unions add to it.
    public static let version = "2011"

    private let codes: [String: String]

    public init(_ types: [RegistrationType]) {
        codes = Dictionary(types.flatMap { [($0.code, $0.code), (Self.folded($0.name), $0.code)] }) {
            first, _ in first
        }
    }

    /// Widths, spaces and 、 are no part of a name.
    public func code(validating input: String) throws(CodeError) -> String {
        // A spreadsheet's number.
        let text = input.hasSuffix(".0") ? String(input.dropLast(2)) : input
        guard let code = codes[Self.folded(text)] else {
            throw CodeError(
                "registration_type.unknown", "不是登记注册类型（国统字〔2011〕86号）的代码或名称",
                "neither a code nor a name of a registration type (Guo Tong Zi 2011 No. 86)",
                mendZh: "填三位代码（如 173）或全称（如 私营有限责任公司）；没有就留空",
                mendEn: "give the three digits (173) or the full name (私营有限责任公司), or leave it empty")
        }
        return code
    }

    private static func folded(_ text: String) -> String {
        NormalisedText.code(text).filter { $0 != "、" }
    }
}
