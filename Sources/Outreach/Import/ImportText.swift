/// Text of a row's bytes, brought to the form in which the ledger keeps it.
///
/// Most names are Chinese characters, digits and capital letters, which are in that form already: those are told
/// by their bytes. Every other text takes the same way as a document's.
enum ImportText {
    /// Printable ASCII but for the space, the CJK ideographs, and full-width brackets: nothing to normalise.
    static func isPlain(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            if byte > 0x20, byte < 0x7F {
                at += 1
            } else if at + 2 < range.upperBound, isPlainWide(byte, bytes[at + 1], bytes[at + 2]) {
                at += 3
            } else {
                return false
            }
        }
        return true
    }

    private static func isPlainWide(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        guard second & 0xC0 == 0x80, third & 0xC0 == 0x80 else { return false }
        switch first {
        case 0xE4: return second >= 0xB8
        case 0xE5...0xE8: return true
        // U+9FA5 ends what every version of Unicode has.
        case 0xE9: return second < 0xBE || (second == 0xBE && third <= 0xA5)
        case 0xEF: return second == 0xBC && (third == 0x88 || third == 0x89)
        default: return false
        }
    }

    /// `FoldedName` of a plain text, into `folded`.
    static func fold(_ bytes: [UInt8], _ range: Range<Int>, into folded: inout [UInt8]) {
        folded.removeAll(keepingCapacity: true)
        var at = range.lowerBound
        while at < range.upperBound {
            let byte = bytes[at]
            switch byte {
            case 0x30...0x39, 0x41...0x5A: folded.append(byte)
            case 0x61...0x7A: folded.append(byte - 32)
            case 0xE4...0xE9:
                folded.append(byte)
                folded.append(bytes[at + 1])
                folded.append(bytes[at + 2])
            default: break
            }
            at += byte < 0x80 ? 1 : 3
        }
        for form in legalForms { drop(form, from: &folded) }
        if folded.count > city.count, folded.starts(with: city) { folded.removeSubrange(6..<9) }
        if folded.isEmpty { folded.append(contentsOf: bytes[range]) }
    }

    private static let legalForms = ["股份有限公司", "有限责任公司", "有限公司"].map { Array($0.utf8) }
    private static let city = Array("北京市".utf8)

    /// Takes a legal form out wherever it stands, unless nothing else is left.
    private static func drop(_ form: [UInt8], from name: inout [UInt8]) {
        var found = 0
        var at = 0
        while at + form.count <= name.count {
            if name[at] == form[0], begins(form, name, at) {
                found += 1
                at += form.count
            } else {
                at += 1
            }
        }
        guard found > 0, found * form.count < name.count else { return }
        var kept = 0
        at = 0
        while at < name.count {
            if name[at] == form[0], at + form.count <= name.count, begins(form, name, at) {
                at += form.count
            } else {
                name[kept] = name[at]
                kept += 1
                at += 1
            }
        }
        name.removeSubrange(kept...)
    }

    private static func begins(_ form: [UInt8], _ name: [UInt8], _ start: Int) -> Bool {
        for offset in 0..<form.count where name[start + offset] != form[offset] { return false }
        return true
    }
}
