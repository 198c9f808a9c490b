internal import Logging
internal import Outreach
internal import OutreachStore
internal import PostgresClient

extension PeriodicTask {
    /// Purges applicants who never became members, once a day in the office; a day on which that failed is tried
    /// again every hour. Several services at once are safe: one of them is at it, the others go away.
    static func retention(
        of ledger: Ledger, months: Int, metrics: ServiceMetrics, logger: Logger
    ) -> PeriodicTask {
        // Writers wait while a batch goes, so that batches are small.
        let run = RetentionRun(federation: ledger.federation, months: months, batch: 100, asService: true)
        let done = Locked<Day?>(nil)
        return PeriodicTask(name: "retention", interval: .seconds(3600), metrics: metrics, logger: logger) {
            let today = OfficeTime.day(of: .now)
            guard done.withLock({ $0 }) != today else { return false }
            let outcome = try await ledger.pool.withConnection { connection in
                try await run.run(today: today, on: connection)
            }
            done.withLock { $0 = today }
            if outcome.erased > 0 {
                logger.notice(
                    "applicants purged",
                    metadata: [
                        "federation": "\(ledger.federation.code)",
                        "erased": .stringConvertible(outcome.erased), "before": "\(outcome.before.iso)",
                    ])
            }
            return false
        }
    }
}
