internal import Outreach
public import PostgresClient
public import Vault

/// Signing in with a password, and changing it.
public struct SignIn: Sendable {
    private let federation: Federation
    private let cost: PasswordHash.Cost
    private let pool: PostgresPool

    /// - Parameter cost: of hashes that are made here.
    public init(federation: Federation, cost: PasswordHash.Cost = .current, pool: PostgresPool) {
        self.federation = federation
        self.cost = cost
        self.pool = pool
    }

    public struct Opened: Sendable {
        public let session: WebSession
        public let authority: Authority
    }

    /// Opens a session; nil where login and password are not those of an account that may sign in now, and no
    /// word of which it was.
    /// - Throws: `PasswordError.busy`.
    public func open(login: String, password: String, requestID: String?) async throws -> Opened? {
        let check = PasswordCheck(federation: federation, cost: cost, requestID: requestID)
        return try await check.passed(.login(login), password: password, action: .login, pool: pool) {
            connection, account in
            try await opened(account, .login, requestID: requestID, on: connection)
        }
    }

    /// Sets an account's own password. Sessions that were open end; the one returned goes on.
    /// - Parameter new: as `PasswordPolicy` has checked it.
    /// - Returns: nil where the old password is wrong, or the account locked.
    /// - Throws: `PasswordError.busy`.
    public func change(
        from old: String, to new: String, authority: Authority
    ) async throws -> Opened? {
        guard let id = authority.account else { return nil }
        let check = PasswordCheck(federation: federation, cost: cost, requestID: authority.requestID)
        let hash = try await PasswordHash.made(from: new, cost: cost)
        return try await check.passed(.account(id), password: old, action: .passwordSet, pool: pool) {
            connection, account in
            try await connection.execute(
                """
                UPDATE goutong.account SET password = \(hash.text), password_set_at = clock_timestamp(),
                    must_change = false
                WHERE federation_id = \(federation.id) AND account_id = \(account.id)
                """)
            let changed = PasswordCheck.Account(id: account.id, login: account.login, mustChange: false)
            return try await opened(changed, .passwordSet, requestID: authority.requestID, on: connection)
        }
    }

    private func opened(
        _ account: PasswordCheck.Account, _ action: AuditEvent.Action, requestID: String?,
        on connection: PostgresConnection
    ) async throws -> Opened {
        let session = WebSession.minted()
        let authority = Authority.account(
            account.id, login: account.login, rights: account.mustChange ? [] : nil, of: federation,
            requestID: requestID)
        _ = try await connection.pipeline([
            SessionStore(federation: federation).insert(session, for: account.id),
            authority.audit(.on(action, "account", "\(account.id)")),
        ])
        return Opened(session: session, authority: authority)
    }
}
