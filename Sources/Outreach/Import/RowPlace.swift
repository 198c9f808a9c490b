/// A place in a file as problems name it: `3:E`, or `3` for the row as a whole.
public struct RowPlace: Hashable, Sendable, CustomStringConvertible {
    /// Of the file, from 1.
    public let line: Int
    /// Of the file, from 0; nil for the row as a whole.
    public let column: Int?

    public init(line: Int, column: Int?) {
        self.line = line
        self.column = column
    }

    /// nil for what is no such place.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let line = Int(parts[0]), line > 0 else { return nil }
        self.line = line
        guard parts.count == 2 else {
            column = nil
            return
        }
        var number = 0
        for byte in parts[1].utf8 {
            guard (65...90).contains(byte), number < 1 << 20 else { return nil }
            number = number * 26 + Int(byte) - 64
        }
        guard number > 0 else { return nil }
        column = number - 1
    }

    public var description: String { "\(line)" + (column.map { ":" + RowIssue.letter($0) } ?? "") }
}
