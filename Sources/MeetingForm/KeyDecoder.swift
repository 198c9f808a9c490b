/// Bytes from a terminal to keys: UTF-8, escape sequences and bracketed paste, in any chunks.
///
/// A sequence cut by a read waits for its rest; `flush` says that no rest will come.
public struct KeyDecoder: Sendable {
    private var pending: [UInt8] = []
    private var pasting = false
    private var keys: [Key] = []
    private var text: [UInt8] = []

    public init() {}

    /// Whether bytes wait for a rest: an escape alone, or half a character.
    public var isWaiting: Bool { !pending.isEmpty }

    /// The keys completed by these bytes.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> [Key] {
        pending.append(contentsOf: bytes)
        var index = 0
        while index < pending.count, let used = step(at: index) { index += used }
        pending.removeFirst(index)
        endText()
        defer { keys = [] }
        return keys
    }

    /// What the waiting bytes mean when nothing follows: an escape is the Esc key, half a character is dropped.
    public mutating func flush() -> [Key] {
        defer { pending = [] }
        return pending.first == 0x1B && pending.count == 1 ? [.escape] : []
    }

    /// Reads one unit and returns its length; nil where it is not complete yet.
    private mutating func step(at index: Int) -> Int? {
        let byte = pending[index]
        switch byte {
        case 0x1B: return escape(at: index)
        case 0x20..<0x7F:
            text.append(byte)
            return 1
        case 0x80...: return character(at: index)
        default:
            if pasting {
                // A pasted line break or tab is a space: it never answers a question.
                if byte == 0x0A || byte == 0x0D || byte == 0x09 { text.append(0x20) }
            } else if let key = Self.control[byte] {
                emit(key)
            }
            return 1
        }
    }

    private mutating func character(at index: Int) -> Int? {
        let length =
            switch pending[index] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        let available = pending[index...].prefix(length)
        for (offset, byte) in available.enumerated().dropFirst() where !(0x80...0xBF).contains(byte) {
            return offset
        }
        guard available.count == length else { return nil }
        if length > 1, String(validating: available, as: UTF8.self) != nil {
            text.append(contentsOf: available)
        }
        return length
    }

    /// CSI and SS3 sequences; unknown ones are swallowed whole. Esc before another key is Esc, then the key.
    private mutating func escape(at index: Int) -> Int? {
        guard index + 1 < pending.count else { return nil }
        let kind = pending[index + 1]
        guard kind == UInt8(ascii: "[") || kind == UInt8(ascii: "O") else {
            emit(.escape)
            return 1
        }
        var end = index + 2
        while end < pending.count, !(0x40...0x7E).contains(pending[end]) {
            // A control character cannot be inside a sequence: what came so far was noise.
            if pending[end] < 0x20 { return end - index }
            end += 1
        }
        guard end < pending.count else { return nil }
        // Modifiers follow a semicolon (`1;5C`): the key is the same without them.
        let parameters =
            String(decoding: pending[(index + 2)..<end], as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        let final = Character(Unicode.Scalar(pending[end]))
        switch (final, parameters) {
        case ("~", "200"): pasting = true
        case ("~", "201"): pasting = false
        case ("~", "1"), ("~", "7"), ("H", _): emit(.home)
        case ("~", "4"), ("~", "8"), ("F", _): emit(.end)
        case ("~", "3"): emit(.delete)
        case ("A", _): emit(.up)
        case ("B", _): emit(.down)
        case ("C", _): emit(.right)
        case ("D", _): emit(.left)
        default: break
        }
        return end + 1 - index
    }

    private mutating func emit(_ key: Key) {
        endText()
        keys.append(key)
    }

    private mutating func endText() {
        guard !text.isEmpty else { return }
        keys.append(.text(String(decoding: text, as: UTF8.self)))
        text = []
    }

    private static let control: [UInt8: Key] = [
        0x01: .home, 0x02: .left, 0x03: .interrupt, 0x04: .endOfInput, 0x05: .end, 0x06: .right,
        0x08: .backspace, 0x09: .tab, 0x0A: .enter, 0x0B: .killToEnd, 0x0C: .redraw, 0x0D: .enter,
        0x0E: .down, 0x10: .up, 0x15: .killToStart, 0x17: .killWord, 0x7F: .backspace,
    ]
}
