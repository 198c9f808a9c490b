public import PostgresClient
internal import Schema
public import Vault

/// What waits in a federation's ledger, for whoever watches the service.
public struct LedgerStanding: Sendable {
    /// Entries of the audit that are not chained yet.
    public let unsealed: Int
    /// Firms whose journeys wait to be derived anew.
    public let queued: Int
    /// Seconds since a report last fixed its moment; nil before the first.
    public let reportAge: Double?

    /// Reads it, in a transaction of the service's role.
    public static func read(
        of federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> LedgerStanding {
        let (unsealed, queued, age) = try await connection.query(
            "SELECT unsealed, queued, report_age FROM goutong.ledger_standing(\(federation.id)::integer)"
        ).only().decode((Int, Int, Double?).self)
        return LedgerStanding(unsealed: unsealed, queued: queued, reportAge: age)
    }
}

extension Federation {
    /// Whether a vault has the key that the federation's persons were sealed with. Changes nothing: a
    /// federation that no key was ever used for is not fitted either.
    public func keyFits(_ vault: Vault, on connection: PostgresConnection) async throws(PostgresError) -> Bool
    {
        let rows = try await connection.query(
            "SELECT key_check FROM goutong.federation WHERE federation_id = \(id)")
        guard let row = rows.first else { return false }
        let kept: [UInt8]? = try row.decode([UInt8]?.self)
        return kept == vault.keyCheck
    }
}

extension Migrator {
    /// The number of the newest step that this product carries.
    public static var newest: Int? { Schema.migrations.map(\.number).max() }
}
