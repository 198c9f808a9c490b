public import Outreach

/// What to count and as of when: the whole input of an evaluation beside the facts.
public struct FunnelQuery: Hashable, Sendable {
    public var definition: FunnelDefinition
    /// V, the last day that counts.
    public var asOf: Day
    /// S, the moment up to which records are known; the scale of `FunnelFact.recorded`.
    public var asKnownAt: Int
    /// Days of entry, the upper bound excluded.
    public var entries: Range<Day>

    public init(definition: FunnelDefinition, asOf: Day, asKnownAt: Int, entries: Range<Day>) {
        self.definition = definition
        self.asOf = asOf
        self.asKnownAt = asKnownAt
        self.entries = entries
    }
}
