public import PostgresClient

/// The audit of deeds that are no transaction of their own: exports, backups.
public enum AuditTrail {
    /// Adds an entry, committed when this returns: before what it tells of goes out.
    public static func add(
        _ event: AuditEvent, by authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) {
        try await authority.transaction(for: .service, on: connection) { connection in
            _ = try await connection.query(authority.audit(event))
        }
    }
}
