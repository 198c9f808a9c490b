public import Funnel
public import Outreach
public import PostgresClient

/// Reads everything the weekly report counts, as known at one moment.
public struct WeeklyFiguresReader: Sendable {
    let federation: Federation
    let areas: AreaTable
    let authority: Authority

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, areas: AreaTable, authority: Authority? = nil) {
        self.federation = federation
        self.areas = areas
        self.authority = authority ?? .operator(of: federation)
    }

    /// - Parameters:
    ///   - moment: S, fixed beforehand or given.
    ///   - second: another connection to the same database, which halves the wait. What is stamped at or
    ///     before S is committed when S is fixed, and stays: snapshots opened after it read the same facts.
    public func figures(
        week: Week, at moment: PostgresTimestamp, definition: FunnelDefinition = FunnelDefinition(),
        on connection: PostgresConnection, and second: PostgresConnection? = nil
    ) async throws(TransactionError) -> WeeklyFigures {
        let reading = WeekReading(
            federation: federation, areas: areas, authority: authority, week: week, moment: moment,
            definition: definition)
        guard let second else {
            let activity = try await reading.activity(on: connection).get()
            let progress = try await reading.progress(on: connection).get()
            return reading.figures(activity, progress)
        }
        async let progress = reading.progress(on: second)
        let activity = try await reading.activity(on: connection).get()
        return reading.figures(activity, try await progress.get())
    }
}
