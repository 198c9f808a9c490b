public import Outreach
public import PostgresClient
public import Vault

/// What a recording came to.
public struct Recorded: Hashable, Sendable {
    public enum Outcome: String, Sendable {
        /// New.
        case recorded
        /// The same document had been recorded: this is its first receipt.
        case replayed
        /// A correction or a void, now the current revision.
        case corrected
    }

    public let outcome: Outcome
    public let receipt: Receipt

    public init(outcome: Outcome, receipt: Receipt) {
        self.outcome = outcome
        self.receipt = receipt
    }
}

/// Why nothing was recorded. Nothing is half-written in any case.
public enum RecordingError: Error, Sendable {
    /// The document cannot be recorded as it stands.
    case refused(DocumentRefused)
    /// The id, or the revision to replace, holds other content: what is there, and what was sent.
    case conflict(current: Receipt, sentHash: [UInt8])
    /// A milestone's id holds other content.
    case milestoneConflict
    /// What is on record does not admit it: a merge, a declared week, an issue.
    case conflicting(DocumentIssue)
    /// A correction or void of a meeting, or a milestone of a firm, that does not exist.
    case notFound
    /// Outside the areas or the rights of the account, or the account is disabled.
    case notAllowed
    case vault(VaultError)
    case transaction(TransactionError)
}
