import PostgresClient
import TestSupport
import Testing

@Suite("Pool")
struct PoolTests {
    private func withPool<Value>(
        size: Int, acquireDeadline: Duration = TestDatabase.patience,
        _ body: (PostgresPool) async throws -> Value
    ) async throws -> Value {
        let pool = PostgresPool(
            conninfo: try await ThrowAwayServer.shared.conninfo,
            configuration: .init(
                size: size, acquireDeadline: acquireDeadline, connectDeadline: TestDatabase.patience))
        let value = try await body(pool)
        await pool.shutdown()
        return value
    }

    private func backend(_ pool: PostgresPool) async throws -> Int {
        try await pool.withConnection { await $0.backendID }
    }

    @Test("never more connections than its size, and all work gets done", arguments: [1, 3])
    func bounds(size: Int) async throws {
        try await withPool(size: size) { pool in
            let backends = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<60 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            try await connection.query("SELECT pg_backend_pid()").only().decode(Int.self)
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect((1...size).contains(backends.count))
        }
    }

    @Test("first come, first served")
    func fairness() async throws {
        try await withPool(size: 1) { pool in
            let order = Log<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { _ in
                    for number in 0..<10 {
                        group.addTask {
                            try await pool.withConnection { _ in order.add(number) }
                        }
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                try await group.waitForAll()
            }
            #expect(order.entries == Array(0..<10))
        }
    }

    @Test("waiting ends at the acquire deadline, or with the task")
    func exhaustion() async throws {
        try await withPool(size: 1, acquireDeadline: .milliseconds(50)) { pool in
            try await pool.withConnection { _ in
                let error = await postgresError { try await pool.withConnection { _ in } }
                #expect(error?.code == .poolExhausted)
            }
            _ = try await backend(pool)
        }
        try await withPool(size: 1) { pool in
            try await pool.withConnection { _ in
                let task = Task { await postgresError { try await pool.withConnection { _ in } } }
                try await Task.sleep(for: .milliseconds(50))
                task.cancel()
                #expect(await task.value?.code == .cancelled)
            }
            _ = try await backend(pool)
        }
    }

    @Test("a broken connection is replaced")
    func health() async throws {
        try await withPool(size: 1) { pool in
            let first = try await backend(pool)
            #expect(try await backend(pool) == first)
            try await withConnection { administrator in
                try await administrator.execute("SELECT pg_terminate_backend(\(Int32(first)), 5000)")
            }
            try await Task.sleep(for: .milliseconds(100))
            let second = try await backend(pool)
            #expect(second != first)
            let lost = await postgresError {
                try await pool.withConnection { connection in
                    _ = try await connection.query("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(lost?.code == .connectionLost)
            #expect(try await backend(pool) != second)
        }
    }

    @Test("a server that was reached before is tried again for a while, one that never was is not")
    func reconnecting() async throws {
        let server = try await ThrowAwayServer.shared.conninfo
        try await TestDatabase.fresh { database in
            let pool = PostgresPool(
                conninfo: database.conninfo,
                configuration: .init(
                    size: 1, connectDeadline: TestDatabase.patience,
                    reconnectDeadline: TestDatabase.patience))
            let first = try await backend(pool)
            // Sessions end, and new ones are refused, until the database takes them again.
            let administrator = try await PostgresConnection.connect(
                to: server, deadline: TestDatabase.patience)
            try await administrator.execute(
                "ALTER DATABASE \(identifier: database.name) ALLOW_CONNECTIONS false")
            try await administrator.execute("SELECT pg_terminate_backend(\(Int32(first)), 5000)")
            async let second = backend(pool)
            try await Task.sleep(for: .milliseconds(300))
            try await administrator.execute(
                "ALTER DATABASE \(identifier: database.name) ALLOW_CONNECTIONS true")
            #expect(try await second != first)

            try await administrator.execute(
                "ALTER DATABASE \(identifier: database.name) ALLOW_CONNECTIONS false")
            let stranger = PostgresPool(
                conninfo: database.conninfo,
                configuration: .init(
                    size: 1, connectDeadline: TestDatabase.patience,
                    reconnectDeadline: TestDatabase.patience))
            let error = await postgresError { _ = try await backend(stranger) }
            #expect(error?.code == .connectionFailed)
            await administrator.close()
            await pool.shutdown()
            await stranger.shutdown()
        }
    }

    @Test("a task that is cancelled while its server is away stops trying")
    func reconnectingInVain() async throws {
        let server = try await ThrowAwayServer.shared.conninfo
        try await TestDatabase.fresh { database in
            let pool = PostgresPool(
                conninfo: database.conninfo,
                configuration: .init(
                    size: 1, connectDeadline: TestDatabase.patience,
                    reconnectDeadline: TestDatabase.patience))
            let first = try await backend(pool)
            let administrator = try await PostgresConnection.connect(
                to: server, deadline: TestDatabase.patience)
            try await administrator.execute(
                "ALTER DATABASE \(identifier: database.name) ALLOW_CONNECTIONS false")
            try await administrator.execute("SELECT pg_terminate_backend(\(Int32(first)), 5000)")
            let asking = Task { await postgresError { _ = try await backend(pool) } }
            try await Task.sleep(for: .milliseconds(200))
            asking.cancel()
            #expect(await asking.value?.code == .cancelled)
            await administrator.close()
            await pool.shutdown()
        }
    }

    @Test("a connection that comes back inside a transaction is not lent on")
    func openTransaction() async throws {
        try await withPool(size: 1) { pool in
            let first = try await backend(pool)
            try await pool.withConnection { try await $0.script("BEGIN") }
            #expect(try await backend(pool) != first)
        }
    }

    @Test("connections are prepared once; a failure to connect gives the place back")
    func prepare() async throws {
        let conninfo = try await ThrowAwayServer.shared.conninfo
        let prepared = Log<String>()
        let pool = PostgresPool(
            conninfo: conninfo, configuration: .init(size: 1, connectDeadline: TestDatabase.patience)
        ) {
            (connection) async throws(PostgresError) in
            prepared.add("once more")
            if prepared.entries.count == 1 { try await connection.execute("SELECT 1/0") }
            try await connection.execute("SET application_name = 'prepared'")
        }
        let error = await postgresError { _ = try await backend(pool) }
        #expect(error?.sqlState == .divisionByZero)
        for _ in 0..<3 {
            let name = try await pool.withConnection {
                try await $0.query("SELECT current_setting('application_name')").only().decode(String.self)
            }
            #expect(name == "prepared")
        }
        #expect(prepared.entries.count == 2)
        await pool.shutdown()
    }

    @Test("shutting down refuses new tasks and waits for the last one")
    func shutdown() async throws {
        let pool = PostgresPool(
            conninfo: try await ThrowAwayServer.shared.conninfo,
            configuration: .init(connectDeadline: TestDatabase.patience))
        let done = Log<String>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await pool.withConnection { connection in
                    try await connection.execute("SELECT pg_sleep(0.3)")
                    done.add("slept")
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            await pool.shutdown()
            #expect(done.entries == ["slept"])
            try await group.waitForAll()
        }
        let error = await postgresError { try await pool.withConnection { _ in } }
        #expect(error?.code == .poolShutDown)
    }

    @Test("a transaction of the pool")
    func transaction() async throws {
        try await withPool(size: 2) { pool in
            let value = try await pool.transaction(.serializable.readOnly) { connection in
                try await connection.query("SELECT 7").only().decode(Int.self)
            }
            #expect(value == 7)
            let error = try await #require(throws: TransactionError.self) {
                try await pool.transaction { try await $0.execute("SELECT 1/0") }
            }
            #expect(SQLState.divisionByZero ~= error)
        }
    }
}
