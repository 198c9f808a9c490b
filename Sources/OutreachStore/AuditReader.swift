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
        try await authority.transaction(for: .reading, on: connection) { connection in
            try await checkAllowed(on: connection)
            var condition = filter.condition
            if let cursor {
                let at = PostgresTimestamp(microsecondsSince1970: cursor.at)
                condition += " AND (e.at, e.entry_id) < (\(at), \(cursor.id))"
            }
            let found = try await listings(
                condition, order: "e.at DESC, e.entry_id DESC LIMIT \(limit)", on: connection)
            _ = try await connection.query(authority.audit(AuditEvent(.auditRead)))
            return found
        }
    }

    func checkAllowed(on connection: PostgresConnection) async throws {
        guard authority.account != nil else { return }
        guard try await connection.query("SELECT goutong.actor_may('audit')").only().decode(Bool.self) else {
            throw AuditAccess.notAllowed
        }
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
