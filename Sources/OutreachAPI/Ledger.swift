public import OutreachStore
public import PostgresClient
public import Vault

/// What controllers work with: one federation's ledger, through the service's pool.
public struct Ledger: Sendable {
    public let federation: Federation
    public let areas: AreaTable
    public let vault: Vault
    public let pool: PostgresPool
    /// Of passwords that are hashed here.
    public let passwordCost: PasswordHash.Cost
    /// Of the pool, as the pool is.
    let exports: ExportGate

    public init(
        federation: Federation, areas: AreaTable, vault: Vault, pool: PostgresPool,
        passwordCost: PasswordHash.Cost = .current, exports: ExportGate = ExportGate()
    ) {
        self.federation = federation
        self.areas = areas
        self.vault = vault
        self.pool = pool
        self.passwordCost = passwordCost
        self.exports = exports
    }

    /// Runs `body` in a transaction with an account's rights and scope.
    func transaction<Value: Sendable>(
        as authority: Authority, for purpose: Authority.Purpose,
        _ options: TransactionOptions = .readCommitted,
        _ body: nonisolated(nonsending) @Sendable (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await pool.withConnection { connection in
            try await authority.transaction(for: purpose, options, on: connection, body)
        }
    }
}
