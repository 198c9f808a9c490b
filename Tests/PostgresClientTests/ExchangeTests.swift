import PostgresClient
import Testing

/// What holds for a statement's first run (`InterruptionTests`) holds when it is prepared already, which goes
/// another way.
@Suite("Statements that are prepared already")
struct ExchangeTests {
    /// A connection on which `SELECT pg_sleep($1)` is prepared.
    private func withSleeper(
        statementDeadline: Duration? = .seconds(60), _ body: (PostgresConnection) async throws -> Void
    ) async throws {
        try await withConnection(statementDeadline: statementDeadline) { connection in
            try await sleep(0, on: connection)
            try await body(connection)
        }
    }

    private func sleep(
        _ seconds: Double, on connection: PostgresConnection, deadline: Duration? = nil
    ) async throws {
        try await connection.execute("SELECT pg_sleep(\(seconds))", deadline: deadline)
    }

    @Test("past its deadline it is cancelled on the server; the connection goes on", .timeLimit(.minutes(10)))
    func deadline() async throws {
        try await withSleeper { connection in
            let error = await postgresError {
                try await sleep(3600, on: connection, deadline: .milliseconds(50))
            }
            #expect(error?.code == .deadlineExceeded && error?.sqlState == .queryCanceled)
            try await expectAlive(connection)
        }
    }

    @Test(
        "a cancelled task ends it; the connection goes on", .timeLimit(.minutes(10)), arguments: 0..<5,
        [false, true])
    func cancellation(round: Int, isInPlace: Bool) async throws {
        try await withSleeper { connection in
            let task = Task {
                await postgresError {
                    if isInPlace {
                        try await connection.inPlace { try await sleep(3600, on: $0) }
                    } else {
                        try await sleep(3600, on: connection)
                    }
                }
            }
            try await Task.sleep(for: .milliseconds(20 * round))
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            for _ in 0..<20 { try await expectAlive(connection) }
        }
    }

    @Test("a late cancellation never hits the next statement", arguments: [false, true])
    func lateCancellation(isInPlace: Bool) async throws {
        try await withSleeper { connection in
            for round in 0..<60 {
                let task = Task {
                    await postgresError {
                        if isInPlace {
                            try await connection.inPlace { try await sleep(0, on: $0) }
                        } else {
                            try await sleep(0, on: connection)
                        }
                    }
                }
                for _ in 0..<round % 6 { await Task.yield() }
                task.cancel()
                let error = await task.value
                #expect(error == nil || error?.code == .cancelled)
                try await expectAlive(connection)
            }
        }
    }

    @Test("of a task that is cancelled already nothing is sent")
    func cancelledBefore() async throws {
        try await withSleeper { connection in
            try await connection.execute("CREATE TEMPORARY TABLE note (number int)")
            try await connection.execute("INSERT INTO note VALUES (\(1))")
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await postgresError { try await connection.execute("INSERT INTO note VALUES (\(2))") }
            }
            #expect(await task.value?.code == .cancelled)
            #expect(try await connection.query("SELECT number FROM note").only().decode(Int.self) == 1)
        }
    }

    @Test("binds and answers larger than any buffer go and come whole, side by side")
    func large() async throws {
        try await withConnection { connection in
            for size in [1, 100, 20_000_000, 8_000_000] {
                let text = String(repeating: "沟", count: size / 3 + 1)
                let (length, echo) = try await connection.query("SELECT length(\(text)), \(text)").only()
                    .decode((Int32, String).self)
                #expect(Int(length) == text.count)
                #expect(echo == text)
            }
        }
    }

    @Test("a session that the server ends is a lost connection", .timeLimit(.minutes(10)))
    func terminated() async throws {
        try await withConnection { administrator in
            try await withSleeper { connection in
                let id = Int32(await connection.backendID)
                let task = Task { await postgresError { try await sleep(3600, on: connection) } }
                try await waitUntilBusy(connection)
                try await administrator.execute("SELECT pg_terminate_backend(\(id))")
                let error = await task.value
                #expect(error?.code == .connectionLost && error?.sqlState == .adminShutdown)
                #expect(await postgresError { try await sleep(0, on: connection) }?.code == .connectionClosed)
            }
        }
    }

    @Test("a connection closed at any moment ends it", .timeLimit(.minutes(10)))
    func closed() async throws {
        for round in 0..<60 {
            try await withSleeper { connection in
                let task = Task { await postgresError { try await sleep(0, on: connection) } }
                for _ in 0..<round % 12 { await Task.yield() }
                await connection.close()
                let code = await task.value?.code
                #expect(code == nil || code == .connectionLost || code == .connectionClosed)
            }
        }
    }

    @Test("a plan that is out of date is made anew; one that fails in a transaction spoils it")
    func stale() async throws {
        try await withConnection { connection in
            try await connection.execute("CREATE TEMPORARY TABLE note (number int)")
            try await connection.execute("INSERT INTO note VALUES (1)")
            func numbers() async throws -> [String] {
                try await connection.query("SELECT * FROM note").columnNames
            }
            #expect(try await numbers() == ["number"])
            #expect(try await numbers() == ["number"])
            try await connection.script("ALTER TABLE note ADD word text")
            #expect(try await numbers() == ["number", "word"])
            try await connection.script("DISCARD ALL")
            try await connection.script("CREATE TEMPORARY TABLE note (number int)")
            #expect(try await numbers() == ["number"])
            try await connection.script("ALTER TABLE note ADD word text")
            let error = await postgresError {
                do throws(TransactionError) {
                    try await connection.transaction { _ in _ = try await numbers() }
                } catch { throw error.postgresError ?? error }
            }
            #expect(error?.sqlState == .featureNotSupported)
            #expect(try await numbers() == ["number", "word"])
        }
    }

    @Test("tasks on one connection take turns, whoever is prepared, in flights and alone")
    func turns() async throws {
        try await withConnection { connection in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        switch number % 3 {
                        case 0:
                            try await connection.query("SELECT \(number)").only().decode(Int.self)
                        case 1:
                            try await connection.inPlace {
                                try await $0.query("SELECT \(number) + 0").only().decode(Int.self)
                            }
                        default:
                            try await connection.pipeline(["SELECT 1", "SELECT \(number)"])[1].only()
                                .decode(Int.self)
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 299 * 300 / 2)
        }
    }

    @Test("a notification that comes with an answer is delivered")
    func notified() async throws {
        try await withConnection { connection in
            let notifications = try await connection.notifications(on: "exchange")
            for number in 0..<3 {
                try await connection.execute("SELECT pg_notify('exchange', \("\(number)"))")
            }
            var payloads: [String] = []
            for await notification in notifications {
                payloads.append(notification.payload)
                if payloads.count == 3 { break }
            }
            #expect(payloads == ["0", "1", "2"])
        }
    }
}
