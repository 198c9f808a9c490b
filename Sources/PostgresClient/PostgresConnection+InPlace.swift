extension PostgresConnection {
    /// Runs `body` on the connection's own thread, where a statement costs no change of thread. For bodies that only
    /// ask and answer: while one computes, no connection of that thread moves.
    ///
    /// Other tasks' statements may come between those of `body`: it is no transaction.
    public nonisolated func inPlace<Value: Sendable>(
        _ body: @Sendable (PostgresConnection) async throws -> Value
    ) async rethrows -> Value {
        try await withTaskExecutorPreference(taskExecutor) { try await body(self) }
    }
}
