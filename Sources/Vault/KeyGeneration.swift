internal import Crypto
internal import Foundation

/// One master key of an installation, and its place in the row of keys that followed each other.
struct KeyGeneration: Sendable {
    /// From 0 up; never used again.
    let number: Int
    let key: SymmetricKey

    /// A line of the key file: `NUMBER:BASE64`, or the bare Base64 of the first key, which has no number.
    init?(line: Substring) {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard let text = parts.last, let bytes = Data(base64Encoded: String(text)), bytes.count == 32 else {
            return nil
        }
        if parts.count == 2 {
            guard let number = Int(parts[0]), (0...Self.highest).contains(number) else { return nil }
            self.number = number
        } else {
            number = 0
        }
        key = SymmetricKey(data: bytes)
    }

    init(number: Int, key: SymmetricKey) {
        self.number = number
        self.key = key
    }

    var line: String {
        let text = key.withUnsafeBytes { Data($0).base64EncodedString() }
        return number == 0 ? text : "\(number):\(text)"
    }

    /// What leads a sealed value: nothing for the first key's, so that old values stay as they are; else
    /// six letters and two bytes of number. A nonce that happens to begin so is one in 2⁴⁸, and is tried as
    /// what it is as well.
    var prefix: [UInt8] { Self.prefix(of: number) }

    static func prefix(of number: Int) -> [UInt8] {
        number == 0 ? [] : mark + [UInt8(number >> 8), UInt8(number & 0xFF)]
    }

    static let mark = Array("goutng".utf8)
    static let highest = 0xFFFF

    /// The generation that a sealed value says it is of.
    static func number(of sealed: [UInt8]) -> Int {
        guard sealed.starts(with: mark), sealed.count >= 8 else { return 0 }
        return Int(sealed[6]) << 8 | Int(sealed[7])
    }
}
