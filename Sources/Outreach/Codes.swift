// Interfaces that the other modules already build on; the module's owner moves each into a file of its own.

/// Unified social credit code, GB 32100-2015: 18 characters, upper case.
public struct CreditCode: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public init(validating text: String) throws(CodeError) { self.text = text }
    public var description: String { text }
}
/// Citizen identity number, GB 11643-1999: 18 characters, upper case.
public struct ResidentID: Hashable, Sendable {
    public let text: String
    public init(validating text: String) throws(CodeError) { self.text = text }
}
/// Mainland mobile number, 11 digits.
public struct Mobile: Hashable, Sendable {
    public let text: String
    public init(validating text: String) throws(CodeError) { self.text = text }
}
/// Administrative code of a street, township or quasi-unit: nine digits (GB/T 2260 + GB/T 10114).
public struct AreaCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String
    public init(validating text: String) throws(CodeError) { self.text = text }
    public var description: String { text }
    /// The six-digit county code.
    public var district: String { String(text.prefix(6)) }
    public static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
/// GB/T 4754-2017 code: section, division, section+division, group or class.
public struct IndustryCode: Hashable, Sendable, CustomStringConvertible {
    public let text: String
    public init(validating text: String) throws(CodeError) { self.text = text }
    public var description: String { text }
}
/// Why a code was refused. Carries no value.
public struct CodeError: Error, Hashable, Sendable {
    public let code: String
    public let rule: Bilingual
    public let mend: Bilingual
    public init(code: String, rule: Bilingual, mend: Bilingual) { self.code = code; self.rule = rule; self.mend = mend }
}
