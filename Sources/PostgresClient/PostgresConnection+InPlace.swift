extension PostgresConnection {
    /// Runs `body` in the connection's own isolation, where a statement costs no change of thread. For
    /// bodies that only ask and answer: while one computes, no connection of the same loop moves.
    ///
    /// Other tasks' statements may come between those of `body`: it is no transaction.
    public func inPlace<Value: Sendable>(
        _ body: @Sendable (isolated PostgresConnection) async throws -> Value
    ) async rethrows -> Value {
        try await body(self)
    }
}
