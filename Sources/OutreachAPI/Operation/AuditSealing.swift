internal import Logging
internal import OutreachStore
internal import Vault

extension PeriodicTask {
    /// Chains what the audit was told since the last round. Several services at once are safe: one of them has
    /// the chain of a federation at a time.
    static func auditSealing(
        of ledger: Ledger, metrics: ServiceMetrics, logger: Logger
    ) -> PeriodicTask {
        let sealer = AuditSealer(
            federation: ledger.federation, key: ledger.vault.auditKey, pool: ledger.pool)
        return PeriodicTask(name: "audit", interval: .seconds(3), metrics: metrics, logger: logger) {
            _ = try await sealer.sealOnce()
            return false
        }
    }
}
