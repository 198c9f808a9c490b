/// What a federation adds to a report when it sends it round. Blank where nothing is known yet.
public struct Circulation: Hashable, Sendable {
    /// The running number of the issue (第__期).
    public var number: Int?
    public var preparer: String?
    public var reviewer: String?
    public var signer: String?
    /// The head of the audit chain at the moment of issue.
    public var auditHead: String?
    /// 1 for the first issue of its week, then 2, 3 …; nil before it is issued.
    public var edition: Int?
    /// Why it was issued again.
    public var reason: String?

    /// The edition that this one takes the place of.
    var replaces: Int? { edition.flatMap { $0 > 1 ? $0 - 1 : nil } }

    public init(
        number: Int? = nil, preparer: String? = nil, reviewer: String? = nil, signer: String? = nil,
        auditHead: String? = nil, edition: Int? = nil, reason: String? = nil
    ) {
        self.number = number
        self.preparer = preparer
        self.reviewer = reviewer
        self.signer = signer
        self.auditHead = auditHead
        self.edition = edition
        self.reason = reason
    }
}
