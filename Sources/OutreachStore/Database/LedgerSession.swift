public import PostgresClient

/// What every session with the ledger has set.
public enum LedgerSession {
    /// Connects as the operator.
    public static func connect(to conninfo: String) async throws(PostgresError) -> PostgresConnection {
        let connection = try await PostgresConnection.connect(to: conninfo)
        do throws(PostgresError) {
            try await prepare(connection)
            return connection
        } catch {
            await connection.close()
            throw error
        }
    }

    /// Plans are not compiled: our statements are wide and read little. Of the 6 s that a weekly report of 350
    /// townships in a national federation took, 5 went into compiling it.
    public static func prepare(_ connection: PostgresConnection) async throws(PostgresError) {
        try await connection.script("SET jit = off")
    }
}
