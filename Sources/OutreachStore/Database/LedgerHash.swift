internal import Outreach
public import PostgresClient
internal import Vault

/// SHA-256 over every fact of a federation, in one explicit text form: the same on every PostgreSQL from 15
/// to 18, and after a dump and a restore.
///
/// The text begins with the scheme and the federation's code. Then come the tables of `LedgerHashTable` in
/// their order, each as a line `== name column,column…` and its rows in key order, as PostgreSQL's COPY text
/// format writes them (tab between values, `\N` for NULL), with the values spelt out by `LedgerHashTable`. What a
/// later step added to a table stands apart, behind it, where any row has it.
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
        let columns = try await columns(on: connection)
        var hash = RunningSHA256()
        hash.append(Array("\(scheme) \(federation.code)\n".utf8))
        var rows = 0
        for table in LedgerHashTable.all {
            guard let known = columns[table.name], table.added.map(known.contains) ?? true else { continue }
            var heading = Array("== \(table.name) \(table.columnNames.joined(separator: ","))\n".utf8)
            if table.added == nil {
                hash.append(heading)
                heading = []
            }
            let statement = SQL(raw: table.copy(of: federation.id, asKnownAt: moment))
            for try await chunk in connection.copyOut(statement) where !chunk.isEmpty {
                hash.append(heading)
                heading = []
                hash.append(chunk)
                // A line end inside a value is written as `\n`.
                rows += chunk.count { $0 == UInt8(ascii: "\n") }
            }
        }
        return LedgerHash(digest: hash.digest, rows: rows)
    }

    /// Names of the columns of every table.
    private static func columns(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [String: Set<String>] {
        let rows = try await connection.query(
            """
            SELECT c.relname::text, array_agg(a.attname::text)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'goutong'::regnamespace AND c.relkind = 'r'
            GROUP BY 1
            """
        ).decode((String, [String]).self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.0, Set($0.1)) })
    }
}
