internal import CLibPQ

extension PostgresConnection {
    /// Runs one statement and returns its rows.
    ///
    /// The statement is prepared on first use and kept for the life of the connection (the 256 used
    /// last). Throws `sqlState` when the server refuses it, `deadlineExceeded` after `deadline` (by
    /// default ``statementDeadline``), `cancelled` with the task, `connectionLost` when the outcome is
    /// unknown.
    public nonisolated(nonsending) func query(
        _ statement: SQL, deadline: Duration? = nil, file: String = #fileID, line: Int = #line
    ) async throws(PostgresError) -> PostgresRows {
        let site = CallSite(file: file, line: line)
        let result = try await run(statement, deadline: deadline ?? statementDeadline, at: site)
        return PostgresRows(result, at: site)
    }

    /// Runs one statement and returns how many rows it inserted, updated, deleted or returned.
    @discardableResult
    public nonisolated(nonsending) func execute(
        _ statement: SQL, deadline: Duration? = nil, file: String = #fileID, line: Int = #line
    ) async throws(PostgresError) -> Int {
        let site = CallSite(file: file, line: line)
        return try await run(statement, deadline: deadline ?? statementDeadline, at: site).affectedRows
    }

    /// Runs a text of many statements, as one transaction unless it says otherwise, and drops its
    /// results. For migrations: nothing is bound or prepared, and no deadline applies unless given.
    public func script(
        _ text: String, deadline: Duration? = nil, file: String = #fileID, line: Int = #line
    ) async throws(PostgresError) {
        let site = CallSite(file: file, line: line)
        _ = try await runSimple(text, deadline: deadline, at: site)
    }

    /// Asks the server for a sign of life.
    public func ping(
        deadline: Duration = .seconds(5), file: String = #fileID, line: Int = #line
    ) async throws(PostgresError) {
        _ = try await runSimple("", deadline: deadline, at: CallSite(file: file, line: line))
    }

    func runSimple(
        _ text: String, deadline: Duration?, shielded: Bool = false, at site: CallSite
    ) async throws(PostgresError) -> ResultHandle {
        try refuseNUL(in: text, at: site)
        return try await exclusively(deadline: deadline, shielded: shielded, at: site) {
            () async throws(PostgresError) in
            guard unsafe PQsendQuery(try open(at: site), text) == 1 else { throw refused(at: site) }
            try await flush(at: site)
            return try await lastResult(statement: nil, at: site)
        }
    }

    private nonisolated(nonsending) func run(
        _ statement: SQL, deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) -> ResultHandle {
        let call = try PreparedCall(statement, at: site)
        if let result = try await exchange(call, deadline: deadline, at: site) { return result }
        return try await run(call, deadline: deadline, at: site)
    }

    private func run(
        _ call: PreparedCall, deadline: Duration?, at site: CallSite
    ) async throws(PostgresError) -> ResultHandle {
        try await exclusively(deadline: deadline, at: site) { () async throws(PostgresError) in
            guard let name = statements.name(for: call.key) else {
                // Prepare and execute in one flight.
                return try await fly([call], at: site)[0]
            }
            do throws(PostgresError) {
                guard unsafe call.send(as: name, on: try open(at: site)) else { throw refused(at: site) }
                try await flush(at: site)
                return try await lastResult(statement: call.key.text, at: site)
            } catch {
                // See `flyAgainIfStale`.
                guard statements.forget([call.key], after: error), transactionStatus == PQTRANS_IDLE else {
                    throw error
                }
                return try await fly([call], at: site)[0]
            }
        }
    }

    nonisolated func refuseNUL(in text: String, at site: CallSite) throws(PostgresError) {
        if text.containsNUL {
            throw PostgresError(.invalidStatement, message: "NUL in the text", at: site)
        }
    }
}
