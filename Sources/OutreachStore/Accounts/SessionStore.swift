internal import Outreach
public import PostgresClient

/// Sessions of browsers in the database.
public struct SessionStore: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// What a session's cookie stands for.
    public struct Found: Sendable {
        /// While its password must be changed, an account has no other right.
        public let authority: Authority
        /// The session with a new secret, where the one given was due; the cookie is to be set to it.
        public let renewed: WebSession?
    }

    /// Opens a session in the transaction of a sign-in, which has the service's role.
    func insert(_ session: WebSession, for account: AccountID) -> SQL {
        """
        INSERT INTO goutong.web_session (federation_id, session_id, account_id, secret_hash, rotated_at,
            created_at, expires_at)
        SELECT \(federation.id), \(session.id), \(account), \(session.hash), t.now, t.now,
            t.now + make_interval(secs => \(WebSession.Life.absolute))
        FROM (SELECT clock_timestamp()) AS t (now)
        """
    }

    /// On whose behalf a request with this cookie acts; nil where the session is unknown, ended, too long
    /// unused or older than the account's password, or the account disabled.
    public func find(
        _ session: WebSession, requestID: String? = nil, on connection: PostgresConnection
    ) async throws(TransactionError) -> Found? {
        try await connection.transaction { connection in
            let results = try await connection.pipeline([
                "SET LOCAL ROLE goutong_service",
                """
                SELECT s.account_id, a.login, a.must_change,
                    s.secret_hash = \(session.hash)
                        AND s.rotated_at < clock_timestamp() - make_interval(secs => \(WebSession.Life.rotation))
                FROM goutong.web_session s
                JOIN goutong.account a ON a.federation_id = s.federation_id
                    AND a.account_id = s.account_id AND a.disabled_at IS NULL
                WHERE s.federation_id = \(federation.id) AND s.session_id = \(session.id)
                  AND s.expires_at > clock_timestamp()
                  AND s.rotated_at > clock_timestamp() - make_interval(secs => \(WebSession.Life.idle))
                  AND s.created_at >= a.password_set_at
                  AND (s.secret_hash = \(session.hash)
                    OR (s.previous_hash = \(session.hash)
                        AND s.rotated_at > clock_timestamp() - make_interval(secs => \(WebSession.Life.grace))))
                """,
            ])
            guard let row = results[1].first else { return nil }
            let (account, login, mustChange, isDue) = try row.decode((AccountID, String, Bool, Bool).self)
            let authority = Authority.account(
                account, login: login, rights: mustChange ? [] : nil, of: federation, requestID: requestID)
            return Found(
                authority: authority, renewed: isDue ? try await renewed(session, on: connection) : nil)
        }
    }

    /// nil where another request has renewed it meanwhile.
    private func renewed(
        _ session: WebSession, on connection: PostgresConnection
    ) async throws(PostgresError) -> WebSession? {
        let next = WebSession.minted(id: session.id)
        let changed = try await connection.execute(
            """
            UPDATE goutong.web_session
            SET previous_hash = secret_hash, secret_hash = \(next.hash), rotated_at = clock_timestamp()
            WHERE federation_id = \(federation.id) AND session_id = \(session.id)
              AND secret_hash = \(session.hash)
            """)
        return changed == 1 ? next : nil
    }

    /// Ends a session, and clears those that have ended by themselves.
    public func end(
        _ session: WebSession, authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) {
        try await authority.transaction(for: .service, on: connection) { connection in
            _ = try await connection.pipeline([
                """
                DELETE FROM goutong.web_session
                WHERE federation_id = \(federation.id)
                  AND ((session_id = \(session.id) AND account_id = \(authority.account?.uuid))
                    OR expires_at < clock_timestamp())
                """,
                authority.audit(AuditEvent(.logout)),
            ])
        }
    }
}
