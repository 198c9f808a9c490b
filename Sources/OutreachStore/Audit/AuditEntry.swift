public import Foundation
internal import Outreach
public import PostgresClient
internal import Vault

/// One entry of the audit as it stands in the database.
public struct AuditEntry: Hashable, Sendable {
    public let federation: Int
    public let id: UUID
    public let at: PostgresTimestamp
    public let account: UUID?
    public let actor: String
    public let action: String
    public let objectKind: String?
    public let objectID: String?
    public let reason: String?
    public let result: String
    public let requestID: String?

    /// Every column, of the table or alias `e`, in the order in which rows are decoded.
    static let columns: SQL = """
        e.federation_id, e.entry_id, e.at, e.account_id, e.actor, e.action, e.object_kind, e.object_id,
        e.reason, e.result, e.request_id
        """

    /// From a row whose columns are `columns`, from one on.
    init(_ row: PostgresRow, from first: Int = 0) throws(PostgresError) {
        federation = try row.decode(Int.self, at: first)
        id = try row.decode(UUID.self, at: first + 1)
        at = try row.decode(PostgresTimestamp.self, at: first + 2)
        account = try row.decode(UUID?.self, at: first + 3)
        actor = try row.decode(String.self, at: first + 4)
        action = try row.decode(String.self, at: first + 5)
        objectKind = try row.decode(String?.self, at: first + 6)
        objectID = try row.decode(String?.self, at: first + 7)
        reason = try row.decode(String?.self, at: first + 8)
        result = try row.decode(String.self, at: first + 9)
        requestID = try row.decode(String?.self, at: first + 10)
    }
}

/// A place in the chain: what its code covers beside the entry.
struct AuditPlace: Sendable {
    /// The first link follows these.
    static let beginning = [UInt8](repeating: 0, count: 32)

    let previous: [UInt8]
    let position: Int
    let sealedAt: PostgresTimestamp

    /// The code of an entry at this place, by the scheme `goutong.audit/1`.
    func code(of entry: AuditEntry, key: AuditKey) -> [UInt8] { key.code(of: text(of: entry)) }

    /// Each field by its name and the length of its UTF-8, NULL as `-`: no two entries share a text, wherever
    /// one ends and the next begins. Moments are microseconds since 1970, UTC.
    func text(of entry: AuditEntry) -> String {
        let fields: [(name: String, value: String?)] = [
            ("previous", previous.hexadecimal), ("position", "\(position)"),
            ("sealed_at", "\(sealedAt.microsecondsSince1970)"), ("federation_id", "\(entry.federation)"),
            ("entry_id", entry.id.uuidString.lowercased()), ("at", "\(entry.at.microsecondsSince1970)"),
            ("account_id", entry.account?.uuidString.lowercased()), ("actor", entry.actor),
            ("action", entry.action), ("object_kind", entry.objectKind), ("object_id", entry.objectID),
            ("reason", entry.reason), ("result", entry.result), ("request_id", entry.requestID),
        ]
        return fields.reduce(into: "goutong.audit/1\n") { text, field in
            text += field.name
            text += field.value.map { ":\($0.utf8.count):\($0)\n" } ?? ":-\n"
        }
    }
}
