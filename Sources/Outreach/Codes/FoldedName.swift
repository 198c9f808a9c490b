/// A firm's name as matching sees it: widths, spaces, punctuation and legal forms folded away, wherever in
/// the name they stand.
///
/// A branch keeps what tells it from its head office: 分公司 and the like are never folded.
public struct FoldedName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public var description: String { text }

    public init(_ name: some StringProtocol) {
        var scalars = String.UnicodeScalarView()
        for scalar in name.unicodeScalars {
            let narrow = NormalisedText.narrowed(scalar)
            guard narrow.properties.isAlphabetic || narrow.properties.numericType != nil else { continue }
            scalars.append(narrow)
        }
        var text = String(scalars).uppercased()
        for form in ["股份有限公司", "有限责任公司", "有限公司"] {
            let bare = text.replacing(form, with: "")
            // A name that is nothing but a legal form keeps it.
            if !bare.isEmpty { text = bare }
        }
        if text.hasPrefix("北京市"), text.count > 3 { text = "北京" + text.dropFirst(3) }
        // A name of marks alone folds to itself: it must not match every other such name.
        self.text = text.isEmpty ? String(name) : text
    }
}
