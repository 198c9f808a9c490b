/// What an import would do, or did: rows of the file, by what becomes of them.
public struct ImportCount: Hashable, Sendable {
    /// Rows of the file without its header and blank lines; documents, of JSON lines.
    public var rows = 0
    public var bad = 0
    /// Firms, meetings or milestones that the ledger did not have.
    public var added = 0
    /// Firms that the ledger had and that a row adds something to.
    public var changed = 0
    /// What the ledger had just so.
    public var present = 0
    /// Firms that meetings bring, and firms of theirs that the ledger knew.
    public var newFirms = 0
    public var knownFirms = 0

    public init() {}

    public var good: Int { rows - bad }
}

/// Whether an import with bad rows publishes the good ones.
public enum OnError: String, CaseIterable, Sendable { case stop, skip }
