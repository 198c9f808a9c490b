public import Outreach
public import PostgresClient

/// Streams every fact of a federation as CSV, one table at a time, in one snapshot.
public struct LedgerExport: Sendable {
    let federation: Federation
    let authority: Authority

    /// - Parameter authority: nil: the operator's.
    public init(federation: Federation, authority: Authority? = nil) {
        self.federation = federation
        self.authority = authority ?? .operator(of: federation)
    }

    /// What an account needs, in every area: with less, the export would lack what it does not show.
    public static let neededRights: Set<Right> = [.meetings, .firms, .people]

    /// Names of the files.
    public static let fileNames = Set(LedgerTable.all.map(\.fileName)).union([LedgerDescriptor.fileName])

    /// Notes the export, which is committed before anything goes out.
    /// - Throws: in its body, `RecordingError.notAllowed`.
    public func announce(on connection: PostgresConnection) async throws(TransactionError) {
        try await authority.transaction(for: .reading, on: connection) { connection in
            if authority.account != nil {
                let scope = try await ActorScope.current(on: connection)
                guard scope.areas == nil, Self.neededRights.isSubset(of: scope.rights) else {
                    throw RecordingError.notAllowed
                }
            }
            try await authority.note(.on(.exportLedger, "federation", federation.code), on: connection)
        }
    }

    /// Calls `sink` for each table with its CSV in chunks; the header row comes first.
    public func run(
        on connection: PostgresConnection,
        _ sink: @Sendable (LedgerTable, PostgresCopyOut) async throws -> Void
    ) async throws(TransactionError) {
        try await authority.transaction(
            for: .reading, .repeatableRead.readOnly, on: connection
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
