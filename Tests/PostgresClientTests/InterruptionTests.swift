import Glibc
import PostgresClient
import Testing

@Suite("Deadlines, cancellation and lost connections")
struct InterruptionTests {
    /// Nothing else would end the statement within the hour.
    @Test(
        "a statement past its deadline is cancelled on the server; the connection goes on",
        .timeLimit(.minutes(10)))
    func deadline() async throws {
        try await withConnection { connection in
            let error = await postgresError {
                try await connection.execute("SELECT pg_sleep(3600)", deadline: .milliseconds(50))
            }
            #expect(error?.code == .deadlineExceeded)
            try await expectAlive(connection)
        }
    }

    @Test("the connection's own deadline applies to statements that name none")
    func defaultDeadline() async throws {
        try await withConnection(statementDeadline: .milliseconds(50)) { connection in
            let error = await postgresError { try await connection.execute("SELECT pg_sleep(30)") }
            #expect(error?.code == .deadlineExceeded)
            try await connection.execute("SELECT pg_sleep(0.1)", deadline: .seconds(20))
        }
    }

    @Test("a cancelled task ends its statement; the connection goes on", arguments: 0..<5)
    func cancellation(round: Int) async throws {
        try await withConnection { connection in
            let task = Task {
                await postgresError { try await connection.execute("SELECT pg_sleep(30)") }
            }
            try await Task.sleep(for: .milliseconds(20 * round))
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            for _ in 0..<20 { try await expectAlive(connection) }
        }
    }

    @Test("a late cancellation never hits the next statement")
    func lateCancellation() async throws {
        try await withConnection { connection in
            for round in 0..<60 {
                let task = Task { await postgresError { try await connection.execute("SELECT 1") } }
                if round % 2 == 0 { await Task.yield() }
                task.cancel()
                let error = await task.value
                #expect(error == nil || error?.code == .cancelled)
                try await expectAlive(connection)
            }
        }
    }

    @Test(
        "a server that does not answer within the grace costs the connection", .timeLimit(.minutes(10)),
        arguments: [false, true])
    func unanswered(isInPlace: Bool) async throws {
        try await withConnection(cancelGrace: .milliseconds(100)) { connection in
            let backend = await pid_t(connection.backendID)
            let task = Task {
                await postgresError {
                    if isInPlace {
                        _ = try await connection.inPlace { try await $0.execute("SELECT pg_sleep(3600)") }
                    } else {
                        _ = try await connection.execute("SELECT pg_sleep(3600)")
                    }
                }
            }
            try await waitUntilBusy(connection)
            #expect(kill(backend, SIGSTOP) == 0)
            defer { kill(backend, SIGCONT) }
            task.cancel()
            #expect(await task.value?.code == .cancelled)
            #expect(
                await postgresError { try await connection.execute("SELECT 1") }?.code == .connectionClosed)
        }
    }

    @Test("a task that waits its turn can be cancelled, too")
    func cancelledInLine() async throws {
        try await withConnection { connection in
            let first = Task {
                await postgresError { try await connection.execute("SELECT pg_sleep(30)") }
            }
            try await waitUntilBusy(connection)
            let second = Task { await postgresError { try await connection.execute("SELECT 2") } }
            try await Task.sleep(for: .milliseconds(50))
            second.cancel()
            #expect(await second.value?.code == .cancelled)
            first.cancel()
            #expect(await first.value?.code == .cancelled)
            try await expectAlive(connection)
        }
    }

    @Test("statements of many tasks on one connection take turns")
    func turns() async throws {
        try await withConnection { connection in
            let sum = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask { try await connection.query("SELECT \(number)").only().decode(Int.self) }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == 199 * 200 / 2)
        }
    }

    @Test("a session ended by the server in mid-statement is a lost connection")
    func terminated() async throws {
        try await withConnection { administrator in
            try await withConnection { connection in
                let id = Int32(await connection.backendID)
                let task = Task {
                    await postgresError { try await connection.execute("SELECT pg_sleep(30)") }
                }
                try await waitUntilBusy(connection)
                try await administrator.execute("SELECT pg_terminate_backend(\(id))")
                let error = await task.value
                #expect(error?.code == .connectionLost && error?.sqlState == .adminShutdown)
                #expect(await !connection.isUsable)
            }
        }
    }

    @Test("a session ended while idle is noticed without a statement")
    func terminatedWhileIdle() async throws {
        try await withConnection { administrator in
            try await withConnection { connection in
                try await connection.execute("SELECT 1")
                let id = Int32(await connection.backendID)
                try await administrator.execute("SELECT pg_terminate_backend(\(id), 5000)")
                for _ in 0..<3000 where await connection.isUsable {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(await !connection.isUsable)
            }
        }
    }

    @Test("closing ends what is under way")
    func closing() async throws {
        try await withConnection { connection in
            let task = Task {
                await postgresError { try await connection.execute("SELECT pg_sleep(30)") }
            }
            try await waitUntilBusy(connection)
            await connection.close()
            #expect(await task.value?.code == .connectionLost)
        }
    }

    @Test("a connection closed at any moment ends what is under way", .timeLimit(.minutes(10)))
    func closingAnyTime() async throws {
        for round in 0..<60 {
            try await withConnection { connection in
                let task = Task { await postgresError { try await connection.execute("SELECT 1") } }
                for _ in 0..<round % 12 { await Task.yield() }
                await connection.close()
                let code = await task.value?.code
                #expect(code == nil || code == .connectionLost || code == .connectionClosed)
            }
        }
    }

    /// Loops are shared: what others do there falls between any two steps of an operation.
    @Test("the same of many at once, beside statements of others", .timeLimit(.minutes(10)))
    func closingAnyTimeInACrowd() async throws {
        try await withThrowingTaskGroup { group in
            for lane in 0..<12 {
                group.addTask {
                    for round in 0..<30 {
                        try await withConnection { connection in
                            let task = Task {
                                await postgresError {
                                    for _ in 0..<4 { try await connection.execute("SELECT \(round)") }
                                }
                            }
                            for _ in 0..<(round + lane) % 12 { await Task.yield() }
                            await connection.close()
                            let code = await task.value?.code
                            #expect(code == nil || code == .connectionLost || code == .connectionClosed)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("statements in place are the connection's, and errors come out of it")
    func inPlace() async throws {
        try await withConnection { connection in
            let numbers = try await connection.inPlace { connection in
                var numbers: [Int] = []
                for number in 0..<50 {
                    numbers.append(try await connection.query("SELECT \(number)").only().decode(Int.self))
                }
                return numbers
            }
            #expect(numbers == Array(0..<50))
            let error = await postgresError {
                try await connection.inPlace { _ = try await $0.query("SELECT 1/0") }
            }
            #expect(error?.sqlState == .divisionByZero)
            try await expectAlive(connection)
        }
    }

    @Test("sixteen connections work at the same time")
    func sixteen() async throws {
        let totals = try await withThrowingTaskGroup(of: Int.self) { group in
            for connectionNumber in 0..<16 {
                group.addTask {
                    try await withConnection { connection in
                        var total = 0
                        for number in 0..<100 {
                            total += try await connection.query("SELECT \(number) * \(connectionNumber)")
                                .only().decode(Int.self)
                        }
                        return total
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(totals.sorted() == (0..<16).map { $0 * 4950 })
    }

    @Test("notifications arrive while idle and between statements")
    func notifications() async throws {
        try await withConnection { sender in
            try await withConnection { listener in
                let stream = try await listener.notifications(on: "进度")
                try await sender.execute("SELECT pg_notify('进度', \("一")), pg_notify('other', 'x')")
                try await sender.execute("SELECT pg_notify('进度', \("二"))")
                var payloads: [String] = []
                for await notification in stream.prefix(2) { payloads.append(notification.payload) }
                #expect(payloads == ["一", "二"])
            }
        }
    }

    @Test("a stream of notifications ends with its connection; another channel's listener sees none of it")
    func notificationsEnd() async throws {
        try await withConnection { sender in
            try await withConnection { listener in
                let first = try await listener.notifications(on: "a")
                let second = try await listener.notifications(on: "b")
                let ended = Task { await first.reduce(into: []) { $0.append($1.payload) } }
                for number in 0..<100 { try await sender.execute("SELECT pg_notify('a', \(String(number)))") }
                // Also between the statements of a busy connection.
                try await expectAlive(listener)
                try await sender.execute("SELECT pg_notify('b', 'last')")
                var iterator = second.makeAsyncIterator()
                #expect(await iterator.next()?.payload == "last")
                let id = Int32(await listener.backendID)
                try await sender.execute("SELECT pg_terminate_backend(\(id), 5000)")
                #expect(await ended.value == (0..<100).map(String.init))
                #expect(await iterator.next() == nil)
            }
        }
    }
}
