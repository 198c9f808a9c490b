public import Outreach
public import PostgresClient
public import Vault

/// Accounts of a federation, as the operator and administrators keep them.
public struct AccountStore: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// Adds an account; without a password it can have API tokens only.
    /// - Parameters:
    ///   - unit: code of the union unit whose areas it sees.
    ///   - mustChange: whether its owner must change the password at the first sign-in.
    ///   - authority: the operator, or an administrator.
    /// - Throws: in its body, `AccountError`.
    public func add(
        login: String, name: String, role: AccountRole, unit: String, password: PasswordHash? = nil,
        mustChange: Bool = false, authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) -> AccountID {
        let id = AccountID(AuditEvent.newID())
        try await changing(authority, on: connection) { connection in
            try await connection.execute(
                """
                INSERT INTO goutong.account (federation_id, account_id, login, display_name, role, unit_code,
                    password, password_set_at, must_change, created_at)
                VALUES (\(federation.id), \(id), \(login), \(name), \(role.rawValue), \(unit),
                    \(password?.text), CASE WHEN \(password != nil) THEN clock_timestamp() END, \(mustChange),
                    clock_timestamp())
                """)
            _ = try await connection.query(authority.audit(.on(.accountAdd, "account", "\(id)")))
        }
        return id
    }

    /// Accounts that the authority may see, by login: all, or its own.
    public func list(
        authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) -> [AccountRecord] {
        try await authority.transaction(for: .reading, .readCommitted.readOnly, on: connection) {
            connection in
            try await records("true", on: connection)
        }
    }

    /// One account; nil where it is missing, or not the authority's to see.
    public func find(
        _ id: AccountID, authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) -> AccountRecord? {
        try await authority.transaction(for: .reading, .readCommitted.readOnly, on: connection) {
            connection in
            try await records("account_id = \(id)", on: connection).first
        }
    }

    /// The account of a login.
    public func find(
        login: String, authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) -> AccountRecord? {
        try await authority.transaction(for: .reading, .readCommitted.readOnly, on: connection) {
            connection in
            try await records("login = \(login)", on: connection).first
        }
    }

    /// The authority's own account, and what it may do now.
    public func own(
        _ authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) -> (account: AccountRecord, rights: [Right])? {
        guard let id = authority.account else { return nil }
        return try await authority.transaction(for: .reading, .readCommitted.readOnly, on: connection) {
            connection in
            guard let account = try await records("account_id = \(id)", on: connection).first else {
                return nil
            }
            let rights = try await connection.query(
                "SELECT string_to_array(current_setting('goutong.rights', true), ',')"
            ).only().decode([String].self)
            return (account, rights.compactMap(Right.init))
        }
    }

    /// Changes what is given; the rest stays.
    /// - Parameter password: of a new password, which its owner must change at the next sign-in.
    /// - Throws: in its body, `AccountError`.
    public func change(
        _ id: AccountID, _ change: AccountRequest.Change, password: PasswordHash? = nil,
        mustChange: Bool = true, authority: Authority, on connection: PostgresConnection
    ) async throws(TransactionError) {
        try await changing(authority, on: connection) { connection in
            let changed = try await connection.execute(
                """
                UPDATE goutong.account SET
                    display_name = coalesce(\(change.name), display_name),
                    role = coalesce(\(change.role?.rawValue), role),
                    unit_code = coalesce(\(change.unit), unit_code),
                    disabled_at = CASE \(change.disabled)::boolean WHEN true
                        THEN coalesce(disabled_at, clock_timestamp()) WHEN false THEN NULL ELSE disabled_at END,
                    revision = revision + 1
                WHERE federation_id = \(federation.id) AND account_id = \(id)
                """)
            guard changed == 1 else { throw AccountError.unknown }
            if let password {
                try await connection.execute(
                    """
                    UPDATE goutong.account SET password = \(password.text), password_set_at = clock_timestamp(),
                        must_change = \(mustChange), failures = 0, locked_until = NULL
                    WHERE federation_id = \(federation.id) AND account_id = \(id)
                    """)
                _ = try await connection.query(authority.audit(.on(.passwordSet, "account", "\(id)")))
            }
            let action: AuditEvent.Action = change.disabled == true ? .accountDisable : .accountChange
            _ = try await connection.query(authority.audit(.on(action, "account", "\(id)")))
        }
    }

    private func records(
        _ condition: SQL, on connection: PostgresConnection
    ) async throws(PostgresError) -> [AccountRecord] {
        try await connection.query(
            """
            SELECT account_id, login, display_name, role, unit_code, password_set_at IS NOT NULL, must_change,
                locked_until > clock_timestamp(), disabled_at IS NOT NULL
            FROM goutong.account
            WHERE federation_id = \(federation.id) AND \(condition) ORDER BY login
            """
        ).map { row throws(PostgresError) in
            let (id, login, name, role, unit, hasPassword, mustChange, isLocked, isDisabled) = try row.decode(
                (AccountID, String, String, String, String, Bool, Bool, Bool?, Bool).self)
            return AccountRecord(
                id: id, login: login, name: name, role: role, unit: unit, hasPassword: hasPassword,
                mustChange: mustChange, isLocked: isLocked ?? false, isDisabled: isDisabled)
        }
    }

    /// A transaction of an administrator; what the schema refuses is said by name.
    private func changing(
        _ authority: Authority, on connection: PostgresConnection,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Void
    ) async throws(TransactionError) {
        do throws(TransactionError) {
            try await authority.transaction(for: .reading, on: connection, body)
        } catch {
            guard let constraint = error.postgresError?.constraint,
                let named = AccountError(constraint: constraint)
            else { throw error }
            throw .body(named, rollback: nil)
        }
    }
}

/// An account as administrators see it: nothing of its password.
public struct AccountRecord: Hashable, Sendable {
    public let id: AccountID
    public let login: String
    public let name: String
    /// An `AccountRole`, as the schema has it.
    public let role: String
    public let unit: String
    public let hasPassword: Bool
    public let mustChange: Bool
    public let isLocked: Bool
    public let isDisabled: Bool
}

public enum AccountError: Error, Hashable, Sendable {
    /// No such account, or not the authority's to see.
    case unknown
    case loginTaken
    case unknownUnit

    init?(constraint: String) {
        switch constraint {
        case "account_login_key": self = .loginTaken
        case "account_unit_fkey": self = .unknownUnit
        case "api_token_account_fkey": self = .unknown
        default: return nil
        }
    }
}
