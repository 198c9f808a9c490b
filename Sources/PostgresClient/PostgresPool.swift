internal import Foundation

/// Connections for many tasks, lent in the order in which they were asked for.
///
/// A connection that broke, or comes back inside a transaction, is closed and replaced. Session state
/// (`SET`, `LISTEN`) stays with a connection when it is lent on: use `SET LOCAL`.
public actor PostgresPool {
    public struct Configuration: Sendable {
        /// The greatest number of connections.
        public var size: Int
        /// How long a task waits for a connection before `poolExhausted`.
        public var acquireDeadline: Duration
        public var connectDeadline: Duration
        /// How long a server that was reached before is tried again, with pauses that differ from task to
        /// task, before its absence is an error: a restart or a failover. Before the first connection a
        /// failure is reported at once, since then the address may be wrong.
        public var reconnectDeadline: Duration
        /// See ``PostgresConnection/statementDeadline``.
        public var statementDeadline: Duration?

        public init(
            size: Int = 8, acquireDeadline: Duration = .seconds(10),
            connectDeadline: Duration = .seconds(10), reconnectDeadline: Duration = .seconds(1),
            statementDeadline: Duration? = nil
        ) {
            precondition(size > 0, "a pool needs a connection")
            self.size = size
            self.acquireDeadline = acquireDeadline
            self.connectDeadline = connectDeadline
            self.reconnectDeadline = reconnectDeadline
            self.statementDeadline = statementDeadline
        }
    }

    private enum Grant: Sendable {
        case connection(PostgresConnection)
        /// A place became free: the waiter may connect.
        case place
        case refused(PostgresError.Code)
    }

    private let loop = EventLoop.next
    public nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.asUnownedSerialExecutor() }

    private let conninfo: String
    private let configuration: Configuration
    private let prepare: @Sendable (PostgresConnection) async throws(PostgresError) -> Void

    private var idle: [PostgresConnection] = []
    /// Places taken: idle, lent, or being connected.
    private var taken = 0
    private var line = WaitingLine<Grant>()
    private var lastWaiter: UInt64 = 0
    private var isShutDown = false
    private var wasReached = false
    private var shutdownWaiters: [CheckedContinuation<Void, Never>] = []
    private var acquired = 0
    private var refused = 0
    private var waited = Duration.zero

    /// Connects nothing yet.
    ///
    /// - Parameter prepare: run once on each new connection, for instance to set its role.
    public init(
        conninfo: String, configuration: Configuration = Configuration(),
        prepare: @escaping @Sendable (PostgresConnection) async throws(PostgresError) -> Void = {
            (_) async throws(PostgresError) in
        }
    ) {
        self.conninfo = conninfo
        self.configuration = configuration
        self.prepare = prepare
    }

    /// Lends a connection to `body`, and takes it back however that ends.
    ///
    /// Throws what `body` throws, and `PostgresError`: `poolExhausted`, `poolShutDown`, `cancelled`, or
    /// why no connection could be made.
    public nonisolated(nonsending) func withConnection<Value>(
        file: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        let connection = try await acquire(at: CallSite(file: file, line: line))
        do {
            let value = try await body(connection)
            await release(connection)
            return value
        } catch {
            await release(connection)
            throw error
        }
    }

    /// A transaction on a connection of its own. An error of the pool is reported as `begin`.
    public nonisolated(nonsending) func transaction<Value>(
        _ options: TransactionOptions = .readCommitted, file: String = #fileID, line: Int = #line,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async throws(TransactionError) -> Value {
        let connection: PostgresConnection
        do throws(PostgresError) {
            connection = try await acquire(at: CallSite(file: file, line: line))
        } catch {
            throw .begin(error)
        }
        do throws(TransactionError) {
            let value = try await connection.transaction(options, file: file, line: line, body)
            await release(connection)
            return value
        } catch {
            await release(connection)
            throw error
        }
    }

    /// Refuses new tasks, closes idle connections, and returns when the last one lent is back.
    public func shutdown() async {
        isShutDown = true
        line.serveAll(.refused(.poolShutDown))
        let closing = idle
        idle = []
        taken -= closing.count
        for connection in closing { await connection.close() }
        guard taken > 0 else { return }
        await withCheckedContinuation { shutdownWaiters.append($0) }
    }

    /// How the pool stands and what it has done so far.
    public struct Standing: Sendable {
        /// The greatest number of connections.
        public let size: Int
        /// Connected and with nothing to do.
        public let idle: Int
        /// Lent, or being connected.
        public let lent: Int
        /// Tasks that wait for a connection.
        public let waiting: Int
        /// Connections lent since the start, requests for one that came to nothing, and the time that all
        /// of them took.
        public let acquired: Int
        public let refused: Int
        public let waited: Duration
    }

    public var standing: Standing {
        Standing(
            size: configuration.size, idle: idle.count, lent: taken - idle.count, waiting: line.count,
            acquired: acquired, refused: refused, waited: waited)
    }

    // MARK: Lending

    private func acquire(at site: CallSite) async throws(PostgresError) -> PostgresConnection {
        let begun = ContinuousClock.now
        defer { waited += ContinuousClock.now - begun }
        do throws(PostgresError) {
            let connection = try await find(at: site)
            acquired += 1
            return connection
        } catch {
            refused += 1
            throw error
        }
    }

    private func find(at site: CallSite) async throws(PostgresError) -> PostgresConnection {
        guard !isShutDown else { throw PostgresError(.poolShutDown, at: site) }
        guard !Task.isCancelled else { throw PostgresError(.cancelled, at: site) }
        if line.isEmpty {
            while let connection = idle.popLast() {
                if await connection.isAlive() { return connection }
                await connection.close()
                giveUpPlace()
            }
            if taken < configuration.size {
                taken += 1
                return try await connect(at: site)
            }
        }
        switch await waitForGrant() {
        case .connection(let connection): return connection
        case .place: return try await connect(at: site)
        case .refused(let code): throw PostgresError(code, at: site)
        }
    }

    private func waitForGrant() async -> Grant {
        lastWaiter += 1
        let id = lastWaiter
        let timer = loop.schedule(after: configuration.acquireDeadline) { [weak self] in
            self?.assumeIsolated { _ = $0.line.serve(id, .refused(.poolExhausted)) }
        }
        defer { loop.cancel(timer) }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { line.join(id, $0) }
        } onCancel: {
            loop.run { [weak self] in
                self?.assumeIsolated { _ = $0.line.serve(id, .refused(.cancelled)) }
            }
        }
    }

    /// Fills a place that was taken; gives it up when that fails.
    private func connect(at site: CallSite) async throws(PostgresError) -> PostgresConnection {
        do throws(PostgresError) {
            let connection = try await reach(at: site)
            do throws(PostgresError) {
                try await prepare(connection)
                return connection
            } catch {
                await connection.close()
                throw error
            }
        } catch {
            giveUpPlace()
            throw error
        }
    }

    /// Connects, more than once where the server was there before.
    private func reach(at site: CallSite) async throws(PostgresError) -> PostgresConnection {
        let end = ContinuousClock.now.advanced(by: configuration.reconnectDeadline)
        var delay = ReconnectDelay()
        var random = SystemRandomNumberGenerator()
        while true {
            do throws(PostgresError) {
                let connection = try await PostgresConnection.connect(
                    to: conninfo, deadline: configuration.connectDeadline,
                    statementDeadline: configuration.statementDeadline, file: site.file, line: site.line)
                wasReached = true
                return connection
            } catch {
                let pause = delay.next(using: &random)
                guard wasReached, error.code == .connectionFailed,
                    ContinuousClock.now.advanced(by: pause) < end
                else { throw error }
                guard (try? await Task.sleep(for: pause)) != nil else {
                    throw PostgresError(.cancelled, at: site)
                }
                guard !isShutDown else { throw PostgresError(.poolShutDown, at: site) }
            }
        }
    }

    private func release(_ connection: PostgresConnection) async {
        let isOfUse = await connection.isIdleAndUsable
        guard isOfUse, !isShutDown else {
            await connection.close()
            return giveUpPlace()
        }
        if !line.serveFirst(.connection(connection)) { idle.append(connection) }
    }

    /// Passes a free place to the first in line.
    private func giveUpPlace() {
        if line.serveFirst(.place) { return }
        taken -= 1
        guard isShutDown, taken == 0 else { return }
        for waiter in shutdownWaiters { waiter.resume() }
        shutdownWaiters = []
    }
}

extension PostgresConnection {
    fileprivate var isIdleAndUsable: Bool { isUsable && isIdle }

    /// The same after a look at what has come since: perhaps the end of the session.
    fileprivate func isAlive() -> Bool {
        readWhileIdle()
        return isIdleAndUsable
    }
}
