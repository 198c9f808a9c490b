public import Funnel
public import Outreach
public import PostgresClient

/// Reads everything the weekly report counts, as known at one moment.
public struct WeeklyFiguresReader: Sendable {
    let federation: Federation
    let areas: AreaTable
    let authority: Authority
    let scope: [Int]?

    /// - Parameters:
    ///   - authority: nil: the operator's.
    ///   - scope: versions of the areas whose figures these are, instead of the city's. Firms' journeys are the
    ///     whole federation's all the same: what they attribute to these areas is counted. nil: the city's.
    public init(
        federation: Federation, areas: AreaTable, authority: Authority? = nil, scope: Set<Int>? = nil
    ) {
        self.federation = federation
        self.areas = areas
        self.authority = authority ?? .operator(of: federation)
        self.scope = scope?.sorted()
    }

    /// - Parameters:
    ///   - moment: S, fixed beforehand or given.
    ///   - second: another connection to the same database, which halves the wait. What is stamped at or
    ///     before S is committed when S is fixed, and stays: snapshots opened after it read the same facts.
    public func figures(
        week: Week, at moment: PostgresTimestamp, definition: FunnelDefinition = FunnelDefinition(),
        on connection: PostgresConnection, and second: PostgresConnection? = nil
    ) async throws(TransactionError) -> WeeklyFigures {
        try await read(week: week, at: moment, definition: definition, on: connection, and: second).figures
    }

    /// What the report counts, without its lists of firms and records: quicker, for comparing many moments.
    /// - Parameter view: of the figures, those that are counted.
    func counts(
        week: Week, at moment: PostgresTimestamp, definition: FunnelDefinition,
        seenBy view: (WeeklyFigures) -> WeeklyFigures,
        on connection: PostgresConnection, and second: PostgresConnection?
    ) async throws(TransactionError) -> [WeeklyCount] {
        var reading = reading(of: week, at: moment, definition)
        reading.includesLists = false
        return view(try await read(reading, on: connection, and: second).figures).counts
    }

    /// The figures, and the head of the audit as it stood at the moment; nil where nothing was sealed by then.
    public func read(
        week: Week, at moment: PostgresTimestamp, definition: FunnelDefinition = FunnelDefinition(),
        on connection: PostgresConnection, and second: PostgresConnection? = nil
    ) async throws(TransactionError) -> (figures: WeeklyFigures, auditHead: AuditHead?) {
        try await read(reading(of: week, at: moment, definition), on: connection, and: second)
    }

    private func reading(
        of week: Week, at moment: PostgresTimestamp, _ definition: FunnelDefinition
    ) -> WeekReading {
        WeekReading(
            federation: federation, areas: areas, authority: authority, week: week, moment: moment,
            definition: definition, within: scope)
    }

    private func read(
        _ reading: WeekReading, on connection: PostgresConnection, and second: PostgresConnection?
    ) async throws(TransactionError) -> (figures: WeeklyFigures, auditHead: AuditHead?) {
        guard let second else {
            let activity = try await reading.activity(on: connection).get()
            let progress = try await reading.progress(on: connection).get()
            return (reading.figures(activity, progress), activity.auditHead)
        }
        async let progress = reading.progress(on: second)
        let activity = try await reading.activity(on: connection).get()
        return (reading.figures(activity, try await progress.get()), activity.auditHead)
    }
}
