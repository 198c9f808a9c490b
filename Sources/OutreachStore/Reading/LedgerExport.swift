public import Outreach
public import PostgresClient
internal import Synchronization

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
            try await copy(Tables(), on: connection, sink)
        }
    }

    /// The same with two tables at a time, both of one snapshot: sorting keeps the server busier than a reader
    /// does.
    ///
    /// For the operator: an account's rights are looked up before a snapshot could be taken over.
    public func run(
        on connection: PostgresConnection, beside second: PostgresConnection,
        _ sink: @escaping @Sendable (LedgerTable, PostgresCopyOut) async throws -> Void
    ) async throws(TransactionError) {
        guard authority.account == nil else { return try await run(on: connection, sink) }
        let tables = Tables()
        try await connection.transaction(.repeatableRead.readOnly) { connection in
            let snapshot = try await connection.query("SELECT pg_export_snapshot()").only().decode(
                String.self)
            async let beside: Void = second.transaction(.repeatableRead.readOnly) { second in
                try await second.script("SET TRANSACTION SNAPSHOT '\(snapshot)'")
                try await copy(tables, on: second, sink)
            }
            try await copy(tables, on: connection, sink)
            try await beside
        }
    }

    /// Copies the next table that nobody has taken, until there is none.
    private func copy(
        _ tables: Tables, on connection: PostgresConnection,
        _ sink: @Sendable (LedgerTable, PostgresCopyOut) async throws -> Void
    ) async throws {
        try await connection.execute("SET LOCAL TimeZone = 'UTC'")
        while let table = tables.next() {
            // COPY takes no binds: the federation's number is an integer of ours.
            let source = table.source.split(separator: "$federation", omittingEmptySubsequences: false)
                .joined(separator: String(federation.id))
            let columns = table.columns.map(\.name).joined(separator: ", ")
            try await sink(
                table,
                connection.copyOut(
                    SQL(raw: "COPY (SELECT \(columns) FROM \(source)) TO STDOUT (FORMAT csv, HEADER true)")))
        }
    }

    /// The tables that nobody has taken yet.
    private final class Tables: Sendable {
        private let left = Mutex(LedgerTable.all[...])

        func next() -> LedgerTable? { left.withLock { $0.popFirst() } }
    }
}
