internal import Logging
internal import OutreachStore
internal import PostgresClient

extension PeriodicTask {
    /// Derives the journeys of firms that writers noted. Several services at once are safe: the database lets
    /// one of them drain a federation at a time, the others find nothing to do.
    static func journeyDrain(
        of ledger: Ledger, every interval: Duration, metrics: ServiceMetrics, logger: Logger
    ) -> PeriodicTask {
        PeriodicTask(
            name: "journeys", interval: interval, metrics: metrics, logger: logger
        ) {
            let drained = try await ledger.pool.transaction { connection in
                try await connection.execute("SET LOCAL ROLE goutong_service")
                return try await JourneyQueue.drain(
                    federation: ledger.federation, limit: batch, on: connection)
            }
            metrics.drained(drained)
            return drained >= batch
        }
    }

    /// Firms a round: some hundred milliseconds of one connection.
    private static let batch = 500
}
