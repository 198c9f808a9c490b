public import Outreach
public import PostgresClient

/// Accounts of a federation.
public struct AccountStore: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// Adds an account without a password: it can have API tokens.
    /// - Parameters:
    ///   - unit: code of the union unit whose areas it sees.
    ///   - authority: the operator, or an administrator.
    public func add(
        login: String, name: String, role: AccountRole, unit: String, authority: Authority,
        on connection: PostgresConnection
    ) async throws(TransactionError) -> AccountID {
        let id = AccountID(AuditEvent.newID())
        try await authority.transaction(for: .reading, on: connection) { connection in
            try await connection.execute(
                """
                INSERT INTO goutong.account (federation_id, account_id, login, display_name, role, unit_code,
                    created_at)
                VALUES (\(federation.id), \(id), \(login), \(name), \(role.rawValue), \(unit),
                    clock_timestamp())
                """)
            _ = try await connection.query(authority.audit(.on(.accountAdd, "account", "\(id)")))
        }
        return id
    }
}
