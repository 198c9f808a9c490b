/// A file that is imported: its bytes in UTF-8, without a byte order mark, piece by piece. Read from its
/// beginning as often as `restart` is called.
public protocol ImportSource: AnyObject {
    /// SHA-256 of the file as it is on the disk, after it was read to its end.
    var hash: [UInt8] { get }

    func restart() throws
    /// nil at the end.
    func next() throws -> [UInt8]?
}

/// How far a step has come, for whoever watches.
public struct ImportProgress: Sendable {
    public enum Step: Sendable { case reading, checking, publishing }

    public let step: Step
    /// Rows so far.
    public let rows: Int
    /// Rows in all, where that is known.
    public let total: Int?

    public init(_ step: Step, rows: Int, of total: Int? = nil) {
        self.step = step
        self.rows = rows
        self.total = total
    }
}
