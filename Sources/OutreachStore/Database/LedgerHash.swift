internal import Outreach
public import PostgresClient
internal import Vault

/// SHA-256 over every fact of a federation, in one explicit text form: the same on every PostgreSQL from 15
/// to 18, and after a dump and a restore.
///
/// The text begins with the scheme and the federation's code. Then come the tables of `LedgerHashTable` in
/// their order, each as a line `== name column,column…` and its rows in key order, as PostgreSQL's COPY text
/// format writes them (tab between values, `\N` for NULL), with the values spelt out by `LedgerHashTable`.
/// Persons are no part of it: they may be erased, and the counted fact stays. Nor are the public lists and
/// what is derived.
public struct LedgerHash: Hashable, Sendable {
    public static let scheme = "goutong.ledger/1"

    public let digest: [UInt8]
    /// Rows that went into it.
    public let rows: Int

    /// 64 hexadecimal digits.
    public var text: String { digest.hexadecimal }

    /// - Parameter moment: facts as known then; nil: everything, with what was closed later.
    public static func compute(
        _ federation: Federation, asKnownAt moment: PostgresTimestamp? = nil,
        on connection: PostgresConnection
    ) async throws(TransactionError) -> LedgerHash {
        try await connection.transaction(.repeatableRead.readOnly) { connection in
            try await computing(federation, asKnownAt: moment, on: connection)
        }
    }

    /// The same within a transaction that is open.
    public static func computing(
        _ federation: Federation, asKnownAt moment: PostgresTimestamp? = nil,
        on connection: PostgresConnection
    ) async throws -> LedgerHash {
        // What spells values must not depend on the session.
        for setting in ["extra_float_digits = 1", "DateStyle = 'ISO, YMD'", "TimeZone = 'UTC'"] {
            try await connection.execute(SQL(raw: "SET LOCAL \(setting)"))
        }
        // A database of an earlier step lacks what later ones made: its backup's hash was made without.
        let tables = Set(
            try await connection.query(
                "SELECT relname::text FROM pg_class WHERE relnamespace = 'goutong'::regnamespace AND relkind = 'r'"
            ).map { row in try row.decode(String.self) })
        var hash = RunningSHA256()
        hash.append(Array("\(scheme) \(federation.code)\n".utf8))
        var rows = 0
        for table in LedgerHashTable.all where tables.contains(table.name) {
            hash.append(Array("== \(table.name) \(table.columnNames.joined(separator: ","))\n".utf8))
            let statement = SQL(raw: table.copy(of: federation.id, asKnownAt: moment))
            for try await chunk in connection.copyOut(statement) {
                hash.append(chunk)
                // A line end inside a value is written as `\n`.
                rows += chunk.count { $0 == UInt8(ascii: "\n") }
            }
        }
        return LedgerHash(digest: hash.digest, rows: rows)
    }
}
