/// Rows of a CSV file (RFC 4180) as its bytes arrive, UTF-8: a file of any size is read in the room of one chunk.
///
///     records.append(chunk)
///     while records.next() { … records.fields … records.bytes … }
///
/// Blank lines are passed over. A row whose quotes are wrong has a `problem`; reading goes on behind it.
public struct CSVRecords: Sendable {
    public enum Problem: Sendable {
        /// A quote inside a field that did not begin with one, or text behind a closing quote.
        case quoteOutOfPlace
        case quoteNotClosed
        /// Longer than `longestRow`: most likely a quote that is never closed.
        case tooLong
    }

    /// In bytes.
    public static let longestRow = 1 << 20

    /// What `fields` point into.
    public private(set) var bytes: [UInt8] = []
    /// The fields of the row, without their quotes.
    public private(set) var fields: [Range<Int>] = []
    /// The line of the file on which the row begins, from 1.
    public private(set) var line = 1
    public private(set) var problem: Problem?

    private var position = 0
    private var nextLine = 1
    private var isWhole = false
    /// Fields of the row in which quotes are doubled.
    private var doubled: [Int] = []

    public init() {}

    /// Takes more of the file. What `fields` pointed into is gone.
    public mutating func append(_ chunk: [UInt8]) {
        bytes.removeSubrange(..<position)
        position = 0
        bytes.append(contentsOf: chunk)
    }

    /// Nothing more comes: the last row may lack its line end.
    public mutating func finish() { isWhole = true }

    /// Goes to the next row; false where more of the file is needed first, or none is left.
    public mutating func next() -> Bool {
        while position < bytes.count {
            let outcome = Self.scan(
                bytes, from: position, isWhole: isWhole, fields: &fields, doubled: &doubled)
            line = nextLine
            switch outcome {
            case .row(let end, let lines, let problem):
                position = end
                nextLine += lines
                self.problem = problem
            case .unfinished:
                let isTooLong = bytes.count - position > Self.longestRow
                guard isWhole || isTooLong else { return false }
                problem = isTooLong ? .tooLong : .quoteNotClosed
                fields.removeAll(keepingCapacity: true)
                skipLine()
                return true
            }
            if problem == nil, fields.count == 1, fields[0].isEmpty { continue }
            for field in doubled { undouble(field) }
            return true
        }
        return false
    }

    /// The text of a field; "" where the row is too short to have it.
    public func text(_ field: Int) -> String {
        field < fields.count ? String(decoding: bytes[fields[field]], as: UTF8.self) : ""
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        position = min(position + 1, bytes.count)
        nextLine += 1
    }

    private mutating func undouble(_ field: Int) {
        let range = fields[field]
        var kept = range.lowerBound
        var next = range.lowerBound
        while next < range.upperBound {
            bytes[kept] = bytes[next]
            next += bytes[next] == UInt8(ascii: "\"") ? 2 : 1
            kept += 1
        }
        fields[field] = range.lowerBound..<kept
    }

    private enum Outcome {
        case row(end: Int, lines: Int, Problem?)
        /// The bytes end inside the row.
        case unfinished
    }

    private static func scan(
        _ bytes: [UInt8], from start: Int, isWhole: Bool, fields: inout [Range<Int>], doubled: inout [Int]
    ) -> Outcome {
        let quote = UInt8(ascii: "\"")
        let comma = UInt8(ascii: ",")
        let newline = UInt8(ascii: "\n")
        let end = bytes.count
        fields.removeAll(keepingCapacity: true)
        doubled.removeAll(keepingCapacity: true)
        var problem: Problem?
        var lines = 1
        var at = start
        while true {
            if at < end, bytes[at] == quote {
                at += 1
                let begun = at
                var hasDoubled = false
                while true {
                    while at < end, bytes[at] != quote {
                        if bytes[at] == newline { lines += 1 }
                        at += 1
                    }
                    guard at < end else { return .unfinished }
                    guard at + 1 < end, bytes[at + 1] == quote else { break }
                    hasDoubled = true
                    at += 2
                }
                if hasDoubled { doubled.append(fields.count) }
                fields.append(begun..<at)
                at += 1
                if at < end, bytes[at] == UInt8(ascii: "\r") { at += 1 }
                if at < end, bytes[at] != comma, bytes[at] != newline {
                    problem = .quoteOutOfPlace
                    while at < end, bytes[at] != comma, bytes[at] != newline { at += 1 }
                }
            } else {
                let begun = at
                while at < end, bytes[at] != comma, bytes[at] != newline {
                    if bytes[at] == quote { problem = .quoteOutOfPlace }
                    at += 1
                }
                let hasReturn =
                    at > begun && bytes[at - 1] == UInt8(ascii: "\r") && (at == end || bytes[at] == newline)
                fields.append(begun..<(hasReturn ? at - 1 : at))
            }
            guard at < end else { return isWhole ? .row(end: at, lines: lines, problem) : .unfinished }
            at += 1
            if bytes[at - 1] == newline { return .row(end: at, lines: lines, problem) }
        }
    }
}
