internal import Foundation
public import PostgresClient

/// Which entries of the audit are asked for; nil: any.
public struct AuditFilter: Hashable, Sendable {
    /// The first moment, and the first that is too late.
    public var from: PostgresTimestamp?
    public var until: PostgresTimestamp?
    /// A login, or `operator:` and a user of the operating system.
    public var actor: String?
    /// An action such as `person.look`, or all of a kind: `person`.
    public var action: String?
    /// The id of what was dealt with, its kind, or `kind:id`.
    public var object: String?

    public init() {}

    var condition: SQL {
        var condition: SQL = "true"
        if let from { condition += " AND e.at >= \(from)" }
        if let until { condition += " AND e.at < \(until)" }
        if let actor { condition += " AND e.actor = \(actor)" }
        if let action { condition += " AND (e.action = \(action) OR starts_with(e.action, \(action + ".")))" }
        if let object {
            condition +=
                " AND \(object) IN (e.object_id, e.object_kind, concat(e.object_kind, ':', e.object_id))"
        }
        return condition
    }
}

/// An entry with its place in the chain; nil while it waits to be sealed.
public struct AuditListing: Hashable, Sendable {
    public let entry: AuditEntry
    public let position: Int?
    public let code: [UInt8]?
}

/// A place in a list that is read on: opaque to whoever has it.
public struct AuditCursor: Hashable, Sendable {
    let at: Int64
    let id: UUID

    public init(after listing: AuditListing) {
        at = listing.entry.at.microsecondsSince1970
        id = listing.entry.id
    }

    public init?(_ text: String) {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let at = Int64(parts[0]), let id = UUID(uuidString: String(parts[1])) else {
            return nil
        }
        self.at = at
        self.id = id
    }

    public var text: String { "\(at).\(id.uuidString.lowercased())" }
}

public enum AuditAccess: Error, Sendable {
    /// The account does not have the right `audit`.
    case notAllowed
}

/// Reads the audit, and notes that it was read.
public struct AuditReader: Sendable {
    let federation: Federation
    let authority: Authority

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, authority: Authority? = nil) {
        self.federation = federation
        self.authority = authority ?? .operator(of: federation)
    }

    /// Entries from the latest on.
    /// - Throws: in its body, `AuditAccess.notAllowed`.
    public func list(
        _ filter: AuditFilter = AuditFilter(), after cursor: AuditCursor? = nil, limit: Int,
        on connection: PostgresConnection
    ) async throws(TransactionError) -> [AuditListing] {
        var condition = filter.condition
        if let cursor {
            let at = PostgresTimestamp(microsecondsSince1970: cursor.at)
            condition += " AND (e.at, e.entry_id) < (\(at), \(cursor.id))"
        }
        return try await reading(noting: .auditRead, on: connection) { connection in
            try await listings(
                condition, order: "e.at DESC, e.entry_id DESC LIMIT \(limit)", on: connection)
        }
    }

    /// The head of the chain now, or as it was when a link was its last one; nil where there is none.
    /// - Throws: in its body, `AuditAccess.notAllowed`.
    public func head(
        at position: Int? = nil, on connection: PostgresConnection
    ) async throws(TransactionError) -> AuditHead? {
        try await reading(noting: .auditRead, on: connection) { connection in
            try await link(at: position, on: connection)
        }
    }

    /// Looks, and notes that it did. A refusal is committed with its entry, so it is a value inside and an
    /// error outside.
    func reading<Value: Sendable>(
        noting action: AuditEvent.Action, on connection: PostgresConnection,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws(TransactionError) -> Value {
        let seen: Value? = try await authority.transaction(for: .reading, on: connection) { connection in
            guard try await isAllowed(on: connection) else {
                try await authority.note(AuditEvent(action, result: .refused), on: connection)
                return nil
            }
            let seen = try await body(connection)
            try await authority.note(AuditEvent(action), on: connection)
            return seen
        }
        guard let seen else { throw .body(AuditAccess.notAllowed, rollback: nil) }
        return seen
    }

    /// Row-level security would show others nothing; an empty audit must not be told from a hidden one.
    func isAllowed(on connection: PostgresConnection) async throws -> Bool {
        guard authority.account != nil else { return true }
        return try await connection.query("SELECT goutong.actor_may('audit')").only().decode(Bool.self)
    }

    func link(at position: Int? = nil, on connection: PostgresConnection) async throws -> AuditHead? {
        var condition: SQL = "federation_id = \(federation.id)"
        if let position { condition += " AND position = \(position)" }
        return try AuditHead(
            try await connection.query(
                "SELECT position, code FROM goutong.audit_link WHERE \(condition) ORDER BY position DESC LIMIT 1"
            ))
    }

    func listings(
        _ condition: SQL, order: SQL, on connection: PostgresConnection
    ) async throws -> [AuditListing] {
        try await connection.query(
            """
            SELECT l.position, l.code, \(AuditEntry.columns)
            FROM goutong.audit_entry e LEFT JOIN goutong.audit_link l USING (federation_id, entry_id)
            WHERE e.federation_id = \(federation.id) AND \(condition)
            ORDER BY \(order)
            """
        ).map { row in
            AuditListing(
                entry: try AuditEntry(row, from: 2), position: try row.decode(Int?.self, at: 0),
                code: try row.decode([UInt8]?.self, at: 1))
        }
    }
}
