import Foundation
import PostgresClient
import Testing

@Suite("Transactions on the connections' own thread")
struct TransactionInPlaceTests {
    private struct Changed: Error {}

    private static let loop = "postgres-loop"

    /// The name of the thread that asks.
    private static func thread() -> String {
        var name = [CChar](repeating: 0, count: 64)
        pthread_getname_np(pthread_self(), &name, name.count)
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    @Test("the body runs there from its first line to its last, its caller elsewhere after it")
    func place() async throws {
        try await withConnection { connection in
            let seen = try await connection.transactionInPlace { connection in
                let before = Self.thread()
                let answer = try await connection.query("SELECT \(7)").only().decode(Int.self)
                let between = Self.thread()
                try await connection.execute("SELECT 1")
                return ([before, between, Self.thread()], answer)
            }
            #expect(seen.0 == [Self.loop, Self.loop, Self.loop] && seen.1 == 7)
            #expect(Self.thread() != Self.loop)
        }
    }

    @Test("commits what returns, rolls back what throws, and says which step failed")
    func outcome() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int)")
            _ = try await connection.transactionInPlace { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
            }
            do throws(TransactionError) {
                try await connection.transactionInPlace { connection in
                    try await connection.execute("INSERT INTO t VALUES (2)")
                    throw Changed()
                }
                Issue.record("it was committed")
            } catch {
                guard case .body(let inner, rollback: nil) = error else {
                    Issue.record("\(error)")
                    return
                }
                #expect(inner is Changed)
            }
            do throws(TransactionError) {
                try await connection.transactionInPlace { connection in
                    try await connection.execute("INSERT INTO t VALUES (3)")
                    _ = await postgresError { try await connection.execute("SELECT 1/0") }
                }
                Issue.record("it was committed")
            } catch {
                guard case .commitRefused = error else {
                    Issue.record("\(error)")
                    return
                }
            }
            let left = try await connection.query("SELECT array_agg(a) FROM t").only().decode([Int].self)
            #expect(left == [1])
            #expect(await connection.isIdle)
        }
    }

    @Test("a cancelled one rolls back, and the connection is of use again")
    func cancelled() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int)")
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await connection.transactionInPlace { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    begin.finish()
                    try await connection.execute("SELECT pg_sleep(60)")
                }
            }
            for await _ in begun {}
            task.cancel()
            guard case .failure(let error as TransactionError) = await task.result else {
                Issue.record("not cancelled")
                return
            }
            #expect(error.postgresError?.code == .cancelled)
            let left = try await connection.query("SELECT count(*) FROM t").only().decode(Int.self)
            #expect(left == 0)
            try await expectAlive(connection)
        }
    }

    /// One thread for all of them: none waits for another's answer.
    @Test("one that waits holds nobody up")
    func together() async throws {
        try await withConnection { holder in
            try await withConnection { waiter in
                try await holder.execute("SELECT pg_advisory_lock(20181230)")
                let waiting = Task {
                    try await waiter.transactionInPlace { connection in
                        try await connection.execute("SELECT pg_advisory_xact_lock(20181230)")
                    }
                }
                for number in 1...3 {
                    let answer = try await holder.transactionInPlace { connection in
                        try await connection.query("SELECT \(number)").only().decode(Int.self)
                    }
                    #expect(answer == number)
                }
                try await holder.execute("SELECT pg_advisory_unlock(20181230)")
                _ = try await waiting.value
            }
        }
    }
}
