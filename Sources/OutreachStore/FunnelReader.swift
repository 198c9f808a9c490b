public import Funnel
public import Outreach
public import PostgresClient

/// The firm funnel by group, in one snapshot, as known at a moment.
public struct FunnelReader: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    public struct Row: Hashable, Sendable {
        /// A code, a week's name, a venue kind or a band; empty where the group is not known.
        public let unit: String
        public let counts: FirmFunnelCounts
    }

    /// Entries from `from` to `to`, both included; facts up to `to` count.
    public func counts(
        definition: FunnelDefinition, from: Day, to: Day, by grouping: FunnelGrouping,
        at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Row] {
        try await FirmFunnelQuery(
            federation: federation.id, at: moment, definition: definition, since: from, to: to,
            grouping: grouping
        ).counts(on: connection).map { Row(unit: $0.unit, counts: $0.counts) }
    }
}
