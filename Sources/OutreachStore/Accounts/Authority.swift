public import Foundation
public import Outreach
public import PostgresClient

/// On whose behalf the ledger is read or written: what the database then allows, and what the audit says.
///
/// The operator works on the machine itself, as the schema's owner. An account works through the service,
/// whose login has no right of its own: each transaction takes the account's rights and scope, and one of
/// the roles that row-level security governs.
public struct Authority: Hashable, Sendable {
    /// What a transaction of an account is for. Raw values are roles of the database.
    public enum Purpose: String, Sendable {
        /// Seeing what the account may see, and administering accounts.
        case reading = "goutong_reader"
        /// Recording in the account's areas.
        case recording = "goutong_recorder"
        /// Counting: every fact of the federation, no person.
        case counting = "goutong_figures"
        /// Credentials, audit, journeys.
        case service = "goutong_service"
    }

    enum Subject: Hashable, Sendable {
        case `operator`(name: String)
        case account(AccountID, login: String, rights: [Right]?)
    }

    let subject: Subject
    let federation: Int
    /// Ties the audit to a request; nil on a terminal.
    public let requestID: String?
    /// Of a token that each of its transactions must find valid; nil where it was checked before.
    private(set) var tokenHash: [UInt8]?

    /// Whoever runs a command on the machine, by the name of the operating system's user.
    public static func `operator`(_ name: String = NSUserName(), of federation: Federation) -> Authority {
        Authority(subject: .operator(name: name), federation: federation.id, requestID: nil)
    }

    /// - Parameter rights: what a token is limited to; nil: all that the account's role may do.
    public static func account(
        _ id: AccountID, login: String, rights: [Right]? = nil, of federation: Federation,
        requestID: String? = nil
    ) -> Authority {
        Authority(
            subject: .account(id, login: login, rights: rights), federation: federation.id,
            requestID: requestID)
    }

    /// The same account in another request with its token, which each transaction checks as it begins. Until
    /// one has, nothing is proven.
    public func again(with token: APIToken, requestID: String?) -> Authority {
        var again = Authority(subject: subject, federation: federation, requestID: requestID)
        again.tokenHash = token.hash
        return again
    }

    /// The account; nil for the operator.
    public var account: AccountID? {
        if case .account(let id, _, _) = subject { id } else { nil }
    }

    /// The account's login; nil for the operator.
    public var login: String? {
        if case .account(_, let login, _) = subject { login } else { nil }
    }

    /// How the audit names it.
    var actor: String {
        switch subject {
        case .operator(let name): "operator:\(name)"
        case .account(_, let login, _): login
        }
    }

    // MARK: Transactions

    /// Runs `body` in a transaction with the rights that the purpose needs, in the account's scope.
    /// - Throws: in its body, `AuthorityError.unknownAccount` where the account is gone or disabled, or its
    ///   token has ended.
    public func transaction<Value: Sendable>(
        for purpose: Purpose, _ options: TransactionOptions = .readCommitted,
        on connection: PostgresConnection,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws(TransactionError) -> Value {
        try await connection.transaction(options) { connection in
            _ = try await begin(for: purpose, then: [], on: connection)
            return try await body(connection)
        }
    }

    /// Sends `statements` behind what gives this transaction its rights, in one flight.
    func begin(
        for purpose: Purpose, then statements: [SQL], on connection: PostgresConnection
    ) async throws -> [PostgresRows] {
        let opening = opening(for: purpose)
        guard !(opening.isEmpty && statements.isEmpty) else { return [] }
        let results = try await connection.pipeline(opening + statements)
        // Between the two roles stands what must be found.
        let proofs = results.prefix(opening.count).dropFirst().dropLast()
        guard proofs.allSatisfy({ !$0.isEmpty }) else { throw AuthorityError.unknownAccount }
        return Array(results.dropFirst(opening.count))
    }

    private func opening(for purpose: Purpose) -> [SQL] {
        guard case .account(let id, _, let rights) = subject else { return [] }
        let enter: SQL = """
            SELECT login FROM goutong.enter(\(federation)::integer, \(id),
                \(rights.map { $0.map(\.rawValue) }))
            """
        return ["SET LOCAL ROLE goutong_service", enter] + tokenCheck(of: id)
            + ["SET LOCAL ROLE \(identifier: purpose.rawValue)"]
    }

    private func tokenCheck(of account: AccountID) -> [SQL] {
        guard let tokenHash else { return [] }
        return [
            """
            SELECT token_id FROM goutong.api_token
            WHERE federation_id = \(federation) AND token_hash = \(tokenHash) AND account_id = \(account)
              AND revoked_at IS NULL AND expires_at > clock_timestamp()
            """
        ]
    }

    // MARK: Audit

    /// Adds an entry to the audit, inside the transaction of what it tells.
    public func note(_ event: AuditEvent, on connection: PostgresConnection) async throws(PostgresError) {
        _ = try await connection.query(audit(event))
    }

    /// The statement that adds an entry to the audit, in the transaction of what it tells.
    func audit(_ event: AuditEvent) -> SQL {
        """
        SELECT goutong.audit(\(federation)::integer, \(AuditEvent.newID()), \(account?.uuid), \(actor),
            \(event.action.rawValue), \(event.object?.kind), \(event.object?.id), \(event.reason),
            \(event.result.rawValue), \(requestID))
        """
    }

    /// The same before there is an authority: of somebody who did not get in.
    static func audit(
        _ event: AuditEvent, of federation: Federation, by actor: String, requestID: String?
    ) -> SQL {
        """
        SELECT goutong.audit(\(federation.id)::integer, \(AuditEvent.newID()), NULL, \(actor),
            \(event.action.rawValue), \(event.object?.kind), \(event.object?.id), \(event.reason),
            \(event.result.rawValue), \(requestID))
        """
    }
}

public enum AuthorityError: Error, Sendable {
    /// No such account, or it is disabled, or its token has ended.
    case unknownAccount
}
