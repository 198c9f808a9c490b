internal import CLibPQ
internal import Foundation

/// A session with a PostgreSQL server.
///
/// The actor lives on the event loop, so libpq is used on that one thread and never blocks. One
/// operation is under way at a time; others wait in order. Code that needs several statements to stand
/// together uses ``transaction(_:_:)`` on a connection that nobody else uses (``PostgresPool``).
///
/// When a task is cancelled or a deadline passes, the server is asked to cancel; the call ends with
/// `cancelled` or `deadlineExceeded`, and the connection stays usable. A statement that completed
/// before the request arrived returns its result: what happened, happened. A server that does not
/// answer within ``cancelGrace`` costs the connection.
@safe public actor PostgresConnection {
    let loop: EventLoop
    let taskExecutor: LoopTaskExecutor
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

    /// The deadline of statements that name none; nil: no limit. COPY is only limited where asked.
    public let statementDeadline: Duration?

    /// How long the server may take to confirm a cancellation before the connection is closed.
    public let cancelGrace: Duration

    /// nil once closed.
    var handle: OpaquePointer?
    private(set) var source: EventSource?
    var statements = StatementCache(capacity: 256)
    var notificationSinks: [UUID: NotificationSink] = [:]

    /// While connecting: done, or why not.
    var isEstablished = false
    var reasonToGiveUp: PostgresError.Code?

    /// What is under way.
    private var operation: Operation?
    var isTaken = true  // until established
    private var line = WaitingLine<Bool>()
    private var lastOperation: UInt64 = 0

    private struct Operation {
        let id: UInt64
        var timers: [TimerTable.ID] = []
        var interruption: PostgresError.Code?
        var isCancelRequestRunning = false
        var afterCancelRequest: ((isolated PostgresConnection) -> Void)?
    }

    /// A connection that is yet to be established.
    init(on loop: EventLoop, statementDeadline: Duration?, cancelGrace: Duration) {
        self.loop = loop
        taskExecutor = LoopTaskExecutor(loop: loop)
        self.statementDeadline = statementDeadline
        self.cancelGrace = cancelGrace
    }

    isolated deinit { closeNow() }

    /// Starts watching the socket libpq uses now; false when the kernel refuses.
    func watchSocket() -> Bool {
        guard let handle = unsafe handle, let source = unsafe loop.watch(PQsocket(handle)) else {
            return false
        }
        source.whenIdle = { [weak self] in
            self?.assumeIsolated { $0.readWhileIdle() }
        }
        self.source = source
        return true
    }

    /// Stops watching it: while connecting, libpq may go on with another socket.
    func unwatchSocket() {
        guard let handle = unsafe handle, let source else { return }
        unsafe loop.drop(source, isClosed: PQsocket(handle) != source.descriptor)
        self.source = nil
    }

    // MARK: Status

    /// Whether the connection can take another statement, as far as the client knows.
    public var isUsable: Bool { unsafe handle.map { unsafe PQstatus($0) == CONNECTION_OK } ?? false }

    /// Whether no transaction is open and nothing is under way.
    public var isIdle: Bool { transactionStatus == PQTRANS_IDLE && !isTaken }

    /// 150018 for 15.18; 0 once closed.
    public var serverVersion: Int { unsafe handle.map { unsafe Int(PQserverVersion($0)) } ?? 0 }

    /// The process id of the server's side of the session; 0 once closed.
    public var backendID: Int { unsafe handle.map { unsafe Int(PQbackendPID($0)) } ?? 0 }

    var transactionStatus: PGTransactionStatusType {
        unsafe handle.map { unsafe PQtransactionStatus($0) } ?? PQTRANS_UNKNOWN
    }

    /// Ends the session. What is under way fails with `connectionLost`; later calls with
    /// `connectionClosed`.
    public func close() {
        closeNow()
    }

    func closeNow() {
        guard let handle = unsafe handle else { return }
        let waiting = source
        unwatchSocket()
        unsafe self.handle = nil
        unsafe PQfinish(handle)
        if let waiting { loop.resume(waiting, with: .abandoned) }
        for sink in notificationSinks.values { sink.continuation.finish() }
        notificationSinks = [:]
    }

    // MARK: Taking turns

    /// Runs `body` as the only operation on the connection, until it ends or is interrupted.
    ///
    /// - Parameter shielded: task cancellation does not interrupt it (ROLLBACK, COMMIT, clean-up).
    func exclusively<Value>(
        deadline: Duration?, shielded: Bool = false, at site: CallSite,
        _ body: () async throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        try await takeTurn(shielded: shielded, at: site)
        defer { passTurn() }
        return try await operate(deadline: deadline, shielded: shielded, at: site, body)
    }

    func takeTurn(shielded: Bool, at site: CallSite) async throws(PostgresError) {
        guard isTaken else {
            isTaken = true
            return
        }
        let id = mintOperationID()
        let isMine: Bool
        if shielded {
            isMine = await standInLine(id)
        } else {
            isMine = await withTaskCancellationHandler {
                await standInLine(id)
            } onCancel: {
                loop.run { [weak self] in
                    self?.assumeIsolated { _ = $0.line.serve(id, false) }
                }
            }
        }
        guard isMine else { throw PostgresError(.cancelled, at: site) }
    }

    func passTurn() {
        guard !line.serveFirst(true) else { return }
        isTaken = false
        // What arrives while idle was perhaps disarmed during the operation.
        if let source { loop.arm(source, for: .readable) }
    }

    private func standInLine(_ id: UInt64) async -> Bool {
        await withCheckedContinuation { line.join(id, $0) }
    }

    private func mintOperationID() -> UInt64 {
        lastOperation += 1
        return lastOperation
    }

    // MARK: Operations

    /// Runs `body`, whose caller has the turn, under a deadline and the task's cancellation.
    func operate<Value>(
        deadline: Duration?, shielded: Bool = false, at site: CallSite,
        _ body: () async throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        guard unsafe handle != nil else { throw PostgresError(.connectionClosed, at: site) }
        if !shielded, Task.isCancelled { throw PostgresError(.cancelled, at: site) }
        let id = startOperation(deadline: deadline)
        let outcome: Result<Value, PostgresError>
        if shielded {
            outcome = await captured(body)
        } else {
            outcome = await withTaskCancellationHandler {
                await captured(body)
            } onCancel: {
                loop.run { [weak self] in
                    self?.assumeIsolated { $0.interrupt(id, as: .cancelled) }
                }
            }
        }
        let interruption = await finishOperation()
        switch outcome {
        case .success(let value): return value
        case .failure(let error): throw error.explained(by: interruption, at: site)
        }
    }

    private func captured<Value>(
        _ body: () async throws(PostgresError) -> Value
    ) async -> Result<Value, PostgresError> {
        do throws(PostgresError) {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    func startOperation(deadline: Duration?) -> UInt64 {
        let id = mintOperationID()
        operation = Operation(id: id)
        if let deadline { schedule(after: deadline) { $0.interrupt(id, as: .deadlineExceeded) } }
        return id
    }

    /// Ends what is under way, and says what interrupted it.
    func endOperation() -> PostgresError.Code? {
        for timer in operation?.timers ?? [] { loop.cancel(timer) }
        defer { operation = nil }
        return operation?.interruption
    }

    private func finishOperation() async -> PostgresError.Code? {
        if operation?.isCancelRequestRunning == true {
            await withCheckedContinuation { ended in afterCancelRequest { _ in ended.resume() } }
        }
        return endOperation()
    }

    /// Goes on when no cancel request is on its way any more: it must not hit the next statement.
    func afterCancelRequest(_ action: @escaping (isolated PostgresConnection) -> Void) {
        guard operation?.isCancelRequestRunning == true else { return action(self) }
        operation?.afterCancelRequest = action
    }

    private func schedule(
        after delay: Duration, _ action: @escaping @Sendable (isolated PostgresConnection) -> Void
    ) {
        let timer = loop.schedule(after: delay) { [weak self] in
            self?.assumeIsolated { action($0) }
        }
        operation?.timers.append(timer)
    }

    /// Asks the server to cancel operation `id`, if it is still under way; the first reason counts.
    func interrupt(_ id: UInt64, as reason: PostgresError.Code) {
        guard operation?.id == id, operation?.interruption == nil, let handle = unsafe handle else { return }
        operation?.interruption = reason
        schedule(after: cancelGrace) { connection in
            guard connection.operation?.id == id else { return }
            connection.closeNow()
            connection.cancelRequestEnded(id)
        }
        guard let request = unsafe CancelRequest(handle) else { return }
        operation?.isCancelRequestRunning = true
        // PQcancel opens a connection of its own and blocks: never on the loop, never in the pool.
        Thread.detachNewThread { [loop, weak self] in
            request.send()
            loop.run { [weak self] in self?.assumeIsolated { $0.cancelRequestEnded(id) } }
        }
    }

    private func cancelRequestEnded(_ id: UInt64) {
        guard operation?.id == id else { return }
        operation?.isCancelRequestRunning = false
        let action = operation?.afterCancelRequest
        operation?.afterCancelRequest = nil
        action?(self)
    }

    // MARK: Waiting for the socket

    /// Suspends until the socket is ready, and what came is enough; throws when the connection was closed
    /// meanwhile.
    func waitUntil(
        _ interest: Readiness, isEnough: (() -> Bool)? = nil, at site: CallSite
    ) async throws(PostgresError) {
        guard let source else { throw PostgresError(.connectionLost, at: site) }
        // A continuation resumes where its task prefers to run, by default in the pool of threads, and only
        // then goes back to the actor: two changes of thread for each wait, were it not for the preference.
        let wakeUp: EventSource.WakeUp = await withTaskExecutorPreference(taskExecutor) {
            unsafe await withUnsafeContinuation { continuation in
                // Not before: changing the preference lets others have a turn on the loop, and so may suspending.
                // Whoever closed it then found nobody to wake.
                guard self.source === source else { return unsafe continuation.resume(returning: .abandoned) }
                unsafe loop.suspend(source, TaskWaiter(continuation, until: isEnough))
                loop.arm(source, for: interest)
            }
        }
        guard wakeUp == .ready, unsafe handle != nil else { throw PostgresError(.connectionLost, at: site) }
    }

    /// Something arrived while no statement is under way: a notification, or the end of the session.
    func readWhileIdle() {
        guard let handle = unsafe handle, let source, operation == nil, !isTaken else { return }
        if unsafe PQconsumeInput(handle) == 0 {
            closeNow()
        } else {
            deliverNotifications()
            loop.arm(source, for: .readable)
        }
    }
}

extension PostgresError {
    /// An error that followed from an interruption is reported as the interruption.
    func explained(by interruption: Code?, at site: CallSite) -> PostgresError {
        guard let interruption, sqlState == .queryCanceled || code == .connectionLost else { return self }
        var error = PostgresError(interruption, at: site)
        error.sqlState = sqlState
        error.statement = statement
        error.statementIndex = statementIndex
        return error
    }
}
