/// What a federation adds to a report when it sends it round. Blank where nothing is known yet.
public struct Circulation: Hashable, Sendable {
    /// The running number of the issue (第__期).
    public var number: Int?
    public var preparer: String?
    public var reviewer: String?
    public var signer: String?
    /// The head of the audit chain at the moment of issue.
    public var auditHead: String?

    public init(
        number: Int? = nil, preparer: String? = nil, reviewer: String? = nil, signer: String? = nil,
        auditHead: String? = nil
    ) {
        self.number = number
        self.preparer = preparer
        self.reviewer = reviewer
        self.signer = signer
        self.auditHead = auditHead
    }
}
