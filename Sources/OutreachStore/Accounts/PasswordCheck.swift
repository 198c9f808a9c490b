internal import Foundation
internal import Outreach
internal import PostgresClient
internal import Vault

/// Checks a password against its account, with the lock that many failures bring.
///
/// Unknown, disabled, locked and wrong are one answer: the hash is worked and the same statements run each
/// time. No connection is held while the hash is worked.
struct PasswordCheck: Sendable {
    /// Failures from which an account is locked, a minute at first and twice as long each time, up to an hour.
    static let patience = 5

    struct Account: Sendable {
        let id: AccountID
        let login: String
        let mustChange: Bool
    }

    let federation: Federation
    let cost: PasswordHash.Cost
    let requestID: String?

    /// Whose password it is said to be.
    enum Subject: Sendable {
        case login(String)
        case account(AccountID)

        var condition: SQL {
            switch self {
            // A text of PostgreSQL holds no NUL, and a login neither.
            case .login(let login): login.utf8.contains(0) ? "false" : "a.login = \(login)"
            case .account(let id): "a.account_id = \(id)"
            }
        }
    }

    private struct Known: Sendable {
        let account: Account
        let password: String?
        let isUsable: Bool
    }

    /// Runs `body` in a transaction of the service where the password is right; nil where it is not.
    func passed<Value: Sendable>(
        _ subject: Subject, password: String, action: AuditEvent.Action, pool: PostgresPool,
        _ body: nonisolated(nonsending) @Sendable (PostgresConnection, Account) async throws -> Value
    ) async throws -> Value? {
        let typed = PasswordPolicy.normalised(password)
        let first = try await pool.withConnection { connection in
            try await connection.transaction(.readCommitted.readOnly) { connection in
                try await connection.execute("SET LOCAL ROLE goutong_service")
                return try await known(subject, locking: false, on: connection)
            }
        }
        let kept = first?.password.flatMap(PasswordHash.init)
        let isRight = try await (kept ?? PasswordHash.decoy(cost: cost)).matches(typed) && kept != nil
        // Costs grow when somebody who has the password comes by.
        let stronger: PasswordHash? =
            if isRight, let kept, kept.cost != cost { try await .made(from: typed, cost: cost) } else { nil }
        return try await pool.withConnection { connection in
            try await connection.transaction { connection in
                try await connection.execute("SET LOCAL ROLE goutong_service")
                // Looked at again under the row's lock: guesses that came at the same time count.
                let now = try await known(subject, locking: true, on: connection)
                guard let now, isRight, now.isUsable, now.password == kept?.text else {
                    try await fail(now, action, on: connection)
                    return nil
                }
                try await connection.execute(
                    """
                    UPDATE goutong.account SET failures = 0, locked_until = NULL,
                        password = \(stronger?.text ?? now.password)
                    WHERE federation_id = \(federation.id) AND account_id = \(now.account.id)
                    """)
                return try await body(connection, now.account)
            }
        }
    }

    private func known(
        _ subject: Subject, locking: Bool, on connection: PostgresConnection
    ) async throws(PostgresError) -> Known? {
        let lock: SQL = locking ? "FOR NO KEY UPDATE" : ""
        return try await connection.query(
            """
            SELECT a.account_id, a.login, a.must_change, a.password,
                a.disabled_at IS NULL AND (a.locked_until IS NULL OR a.locked_until <= clock_timestamp())
            FROM goutong.account a
            WHERE a.federation_id = \(federation.id) AND \(subject.condition) \(lock)
            """
        ).first.map { row throws(PostgresError) in
            let (id, login, mustChange, password, isUsable) = try row.decode(
                (AccountID, String, Bool, String?, Bool).self)
            return Known(
                account: Account(id: id, login: login, mustChange: mustChange), password: password,
                isUsable: isUsable)
        }
    }

    /// Counts a failure, where there is an account that is not locked already, and says so in the audit. What
    /// was typed as the login is not kept: it may be a password.
    private func fail(
        _ known: Known?, _ action: AuditEvent.Action, on connection: PostgresConnection
    ) async throws {
        let id = known.flatMap { $0.isUsable ? $0.account.id.uuid : nil }
        let object = known.map { AuditEvent.Object(kind: "account", id: "\($0.account.id)") }
        _ = try await connection.pipeline([
            """
            UPDATE goutong.account SET failures = failures + 1,
                locked_until = CASE WHEN failures + 1 >= \(Self.patience)
                    THEN clock_timestamp() + interval '1 minute'
                        * least(60, power(2, least(failures + 1 - \(Self.patience), 10)))
                    ELSE locked_until END
            WHERE federation_id = \(federation.id) AND account_id = \(id)
            """,
            Authority.audit(
                AuditEvent(action, object: object, result: .refused), of: federation, by: "-",
                requestID: requestID),
        ])
    }
}
