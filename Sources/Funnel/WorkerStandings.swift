/// Where the applicants that records list stood on the last day, each in one place.
public struct WorkerStandings: Hashable, Sendable {
    /// Not yet verified.
    public var pending: Int
    /// Verified, and not yet admitted.
    public var verified: Int
    public var admitted: Int
    public var rejected: Int
    public var withdrawn: Int
    /// A member already, or listed twice.
    public var duplicate: Int

    public init(
        pending: Int, verified: Int, admitted: Int, rejected: Int, withdrawn: Int, duplicate: Int
    ) {
        self.pending = pending
        self.verified = verified
        self.admitted = admitted
        self.rejected = rejected
        self.withdrawn = withdrawn
        self.duplicate = duplicate
    }

    public var listed: Int { pending + verified + admitted + rejected + withdrawn + duplicate }
}
