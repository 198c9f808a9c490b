/// One prepared statement and its answer on a connection that nobody else uses: sent, waited for and read on the
/// loop's thread, so that the task that asked is suspended once and resumed once.
///
/// Lives on the loop's thread.
@safe
final class Exchange: SocketWaiter, @unchecked Sendable {
    enum Outcome: Sendable {
        case answered(ResultHandle)
        case failed(PostgresError)
        /// Nothing came of it: the statement is not prepared, or no longer, or others use the connection.
        case needsMore
    }

    let call: PreparedCall
    let deadline: Duration?
    let site: CallSite
    let reader: LastResult
    /// Of what is under way; nil before and after.
    var operation: UInt64?
    /// Whether the task was cancelled.
    private(set) var isCancelled = false
    /// Whether some of it has yet to leave.
    var isSending = false
    /// Whether the connection broke.
    var isLost = false

    /// What came of it, once the task is resumed. Behind a lock for ThreadSanitizer, which does not see how the
    /// runtime orders a resumption that comes before the suspension.
    let outcome = Locked(Outcome.needsMore)

    private let connection: PostgresConnection
    private var task: UnsafeContinuation<Void, Never>?

    init(
        _ call: PreparedCall, on connection: PostgresConnection, deadline: Duration?, at site: CallSite
    ) {
        self.call = call
        self.connection = connection
        self.deadline = deadline
        self.site = site
        reader = LastResult(statement: call.key.text, site: site)
    }

    func begin(for task: UnsafeContinuation<Void, Never>) {
        unsafe self.task = task
        connection.assumeIsolated { $0.begin(self) }
    }

    func cancel() {
        isCancelled = true
        guard let operation else { return }
        connection.assumeIsolated { $0.interrupt(operation, as: .cancelled) }
    }

    func isSatisfied() -> Bool { connection.assumeIsolated { $0.advance(self) } }

    func wake(_ wakeUp: EventSource.WakeUp) { connection.assumeIsolated { $0.conclude(self, wakeUp) } }

    func end(as outcome: Outcome) {
        self.outcome.withLock { $0 = outcome }
        unsafe task?.resume()
        unsafe task = nil
    }
}
