internal import CLibPQ

extension PostgresConnection {
    /// Runs `body` in a transaction: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// The error tells which step failed. A task cancelled during `body` rolls back; COMMIT, once sent,
    /// is waited for. Nothing else may use the connection meanwhile.
    public nonisolated(nonsending) func transaction<Value>(
        _ options: TransactionOptions = .readCommitted, file: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws(TransactionError) -> Value {
        let site = CallSite(file: file, line: line)
        do throws(PostgresError) {
            try await begin(options, at: site)
        } catch {
            throw .begin(error)
        }
        let value: Value
        do {
            value = try await body(self)
            try Task.checkCancellation()
        } catch {
            throw .body(error, rollback: await rollback(at: site))
        }
        try await commit(at: site)
        return value
    }

    /// The same with `body` on the connection's own thread, where a statement costs no change of thread. For
    /// bodies that only ask and answer: while one computes, no connection of that thread moves.
    public nonisolated func transactionInPlace<Value: Sendable>(
        _ options: TransactionOptions = .readCommitted, file: String = #fileID, line: Int = #line,
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async throws(TransactionError) -> Value {
        try await withTaskExecutorPreference(taskExecutor) { () async throws(TransactionError) in
            try await transaction(options, file: file, line: line) { connection in
                try await body(connection)
            }
        }
    }

    private func begin(_ options: TransactionOptions, at site: CallSite) async throws(PostgresError) {
        guard unsafe handle == nil || transactionStatus == PQTRANS_IDLE else {
            throw PostgresError(.invalidStatement, message: "a transaction is open already", at: site)
        }
        _ = try await runSimple(options.begin.text, deadline: endingDeadline, at: site)
    }

    private func commit(at site: CallSite) async throws(TransactionError) {
        let result: ResultHandle
        do throws(PostgresError) {
            result = try await runSimple("COMMIT", deadline: endingDeadline, shielded: true, at: site)
        } catch {
            // A deadline that the server confirmed (57014) is a refusal; without an answer nobody knows.
            let isUnanswered = error.code == .connectionLost || error.code == .deadlineExceeded
            throw isUnanswered && error.sqlState != .queryCanceled
                ? .commitUnknown(error) : .commitRefused(error)
        }
        // The server answers COMMIT of a failed transaction with ROLLBACK, without an error.
        guard result.commandTag == "COMMIT" else {
            throw .commitRefused(PostgresError(.transactionAborted, at: site))
        }
    }

    /// Rolls back; a connection that cannot is closed, which makes the server do it.
    private func rollback(at site: CallSite) async -> PostgresError? {
        guard transactionStatus != PQTRANS_IDLE else { return nil }
        do throws(PostgresError) {
            _ = try await runSimple("ROLLBACK", deadline: endingDeadline, shielded: true, at: site)
            return nil
        } catch {
            closeNow()
            return error
        }
    }

    /// BEGIN, COMMIT and ROLLBACK are limited even where statements are not.
    private var endingDeadline: Duration { statementDeadline ?? .seconds(60) }
}
