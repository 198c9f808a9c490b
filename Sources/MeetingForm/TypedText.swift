/// Typed text made uniform before it is understood: full-width letters, digits and marks become narrow.
enum TypedText {
    static func narrow(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000: scalars.append(" ")
            case 0x3002: scalars.append(".")
            default: scalars.append(scalar)
            }
        }
        return trim(String(scalars))
    }

    static func trim(_ text: some StringProtocol) -> String {
        var view = Substring(text)
        while view.first?.isWhitespace == true { view.removeFirst() }
        while view.last?.isWhitespace == true { view.removeLast() }
        return String(view)
    }

    /// The parts of a list, separated by semicolons of either width or line breaks; empty parts fall out.
    static func list(_ text: String) -> [String] {
        text.split { "；;\n".contains($0) }.map(trim).filter { !$0.isEmpty }
    }

    /// A whole number of plain digits; thousands separators and 约, 人, 份, 家 around it are allowed.
    static func number(_ text: String) -> Int? {
        var digits = narrow(text).filter { $0 != "," && $0 != " " }
        if digits.hasPrefix("约") { digits.removeFirst() }
        if let last = digits.last, "人份家次".contains(last) { digits.removeLast() }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return Int(digits)
    }
}
