public import PostgresClient

/// Streams every fact of a federation as CSV, one table at a time, in one snapshot.
public struct LedgerExport: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// Calls `sink` for each table with its CSV in chunks; the header row comes first.
    public func run(
        on connection: PostgresConnection,
        _ sink: @Sendable (LedgerTable, PostgresCopyOut) async throws -> Void
    ) async throws(TransactionError) {
        try await connection.transaction(
            TransactionOptions.repeatableRead.readOnly
        ) { connection in
            try await connection.execute("SET LOCAL TimeZone = 'UTC'")
            for table in LedgerTable.all {
                // COPY takes no binds: the federation's number is an integer of ours.
                let source = table.source.split(separator: "$federation", omittingEmptySubsequences: false)
                    .joined(separator: String(federation.id))
                let columns = table.columns.map(\.name).joined(separator: ", ")
                let rows = connection.copyOut(
                    SQL(raw: "COPY (SELECT \(columns) FROM \(source)) TO STDOUT (FORMAT csv, HEADER true)"))
                try await sink(table, rows)
            }
        }
    }
}
