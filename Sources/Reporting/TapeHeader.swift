/// The header of a file in a tar archive (POSIX.1-1988 `ustar`; sizes from 8 GiB on as GNU tar writes them).
public struct TapeHeader {
    public static let block = 512

    public let name: String
    public let size: Int

    /// Bytes that the content takes, filled up to whole blocks.
    public var padded: Int { (size + Self.block - 1) / Self.block * Self.block }

    public init(name: String, size: Int) {
        self.name = name
        self.size = size
    }

    public var bytes: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.block)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
        }
        func octal(_ value: Int, _ digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: max(0, digits - text.count)) + text
        }
        put(name, at: 0)
        put(octal(0o600, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        if size < 1 << 33 {
            put(octal(size, 11), at: 124)
        } else {
            block[124] = 0x80
            for index in 0..<8 { block[135 - index] = UInt8(truncatingIfNeeded: size >> (8 * index)) }
        }
        put(octal(0, 11), at: 136)
        put("0", at: 156)
        put("ustar\u{0}00", at: 257)
        put(octal(Self.sum(of: block), 6) + "\u{0} ", at: 148)
        return block
    }

    /// nil where the block is no header, or a damaged one.
    public init?(_ block: [UInt8]) {
        guard block.count == Self.block, Array(block[257..<262]) == Array("ustar".utf8),
            Self.number(block[148..<154]) == Self.sum(of: block)
        else { return nil }
        name = String(decoding: block[0..<100].prefix { $0 != 0 }, as: UTF8.self)
        guard block[124] == 0x80 else {
            guard let size = Self.number(block[124..<135]) else { return nil }
            self.size = size
            return
        }
        guard block[125..<128].allSatisfy({ $0 == 0 }), block[128] < 0x40 else { return nil }
        size = block[128..<136].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        Int(String(decoding: digits, as: UTF8.self), radix: 8)
    }

    /// With the field of the sum itself taken as blanks.
    private static func sum(of block: [UInt8]) -> Int {
        block.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 32 : Int(block[$1])) }
    }
}
