public import Outreach
public import PostgresClient

/// API tokens in the database: issued by an account's administrator, checked by the service.
public struct TokenStore: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// On whose behalf a request with this token acts; nil where the token is unknown, revoked or expired,
    /// or its account disabled: the caller must not tell which.
    public func authority(
        of token: APIToken, requestID: String? = nil, on connection: PostgresConnection
    ) async throws(TransactionError) -> Authority? {
        guard token.federation == federation.code else { return nil }
        return try await connection.transaction(.readCommitted.readOnly) { connection in
            let results = try await connection.pipeline([
                "SET LOCAL ROLE goutong_service",
                """
                SELECT t.account_id, a.login, t.rights
                FROM goutong.api_token t
                JOIN goutong.account a ON a.federation_id = t.federation_id
                    AND a.account_id = t.account_id AND a.disabled_at IS NULL
                WHERE t.federation_id = \(federation.id) AND t.token_hash = \(token.hash)
                  AND t.revoked_at IS NULL AND t.expires_at > clock_timestamp()
                """,
            ])
            return try results[1].first.map { row in
                let (account, login, rights) = try row.decode((AccountID, String, [String]?).self)
                return .account(
                    account, login: login, rights: rights.map { $0.compactMap(Right.init) },
                    of: federation, requestID: requestID)
            }
        }
    }

    /// Issues a token. The database keeps its hash; the token itself is the caller's to show, once.
    /// - Parameters:
    ///   - rights: nil: all that the account's role may do.
    ///   - authority: the operator, or an administrator.
    public func issue(
        to account: AccountID, name: String, rights: [Right]? = nil, validFor days: Int,
        authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) -> APIToken {
        let token = APIToken.minted(for: federation.code)
        try await authority.transaction(for: .reading, on: connection) { connection in
            try await connection.execute(
                """
                INSERT INTO goutong.api_token (federation_id, token_id, account_id, name, token_hash, rights,
                    created_at, expires_at)
                VALUES (\(federation.id), \(AuditEvent.newID()), \(account), \(name), \(token.hash),
                    \(rights.map { $0.map(\.rawValue) }), clock_timestamp(),
                    clock_timestamp() + make_interval(days => \(days)::integer))
                """)
            _ = try await connection.query(
                authority.audit(.on(.tokenIssue, "account", "\(account)")))
        }
        return token
    }

    /// Tokens of an account that the authority may see, the newest first.
    public func list(
        of account: AccountID, authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) -> [TokenRecord] {
        try await authority.transaction(for: .reading, .readCommitted.readOnly, on: connection) {
            connection in
            try await connection.query(
                """
                SELECT token_id, name, rights, expires_at, expires_at <= clock_timestamp(), revoked_at IS NOT NULL
                FROM goutong.api_token
                WHERE federation_id = \(federation.id) AND account_id = \(account)
                ORDER BY created_at DESC, token_id
                """
            ).map { row throws(PostgresError) in
                let (id, name, rights, expiresAt, isExpired, isRevoked) = try row.decode(
                    (Identifier<APIToken>, String, [String]?, PostgresTimestamp, Bool, Bool).self)
                return TokenRecord(
                    id: id, name: name, rights: rights, expiresAt: expiresAt, isExpired: isExpired,
                    isRevoked: isRevoked)
            }
        }
    }

    /// Ends a token. Ending it twice changes nothing.
    /// - Returns: false where there is none such, or it is not the authority's to end.
    public func revoke(
        _ id: Identifier<APIToken>, of account: AccountID, authority: Authority,
        on connection: PostgresConnection
    ) async throws(TransactionError) -> Bool {
        try await authority.transaction(for: .reading, on: connection) { connection in
            let changed = try await connection.execute(
                """
                UPDATE goutong.api_token SET revoked_at = coalesce(revoked_at, clock_timestamp())
                WHERE federation_id = \(federation.id) AND account_id = \(account) AND token_id = \(id)
                """)
            guard changed == 1 else { return false }
            _ = try await connection.query(authority.audit(.on(.tokenRevoke, "token", "\(id)")))
            return true
        }
    }
}

/// A token as it is listed: everything but the token.
public struct TokenRecord: Sendable {
    public let id: Identifier<APIToken>
    public let name: String
    /// nil: all that the account's role may do.
    public let rights: [String]?
    public let expiresAt: PostgresTimestamp
    public let isExpired: Bool
    public let isRevoked: Bool
}
