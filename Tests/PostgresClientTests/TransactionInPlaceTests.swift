import Foundation
import PostgresClient
import Testing

@Suite("Transactions on the connections' own thread")
struct TransactionInPlaceTests {
    private struct Changed: Error {}

    private static func thread() -> UInt { UInt(pthread_self()) }

    /// Threads that the bodies of 200 transactions ran on, after their first answer and after their second.
    private func threads() async throws -> Set<UInt> {
        try await withConnection { connection in
            var seen: Set<UInt> = []
            for number in 1...200 {
                seen.formUnion(
                    try await connection.transactionInPlace { connection in
                        try await connection.execute("SELECT \(number)")
                        let first = Self.thread()
                        try await connection.execute("SELECT \(number)")
                        return [first, Self.thread()]
                    })
            }
            return seen
        }
    }

    @Test("bodies run on the thread of their connection, and there are few")
    func place() async throws {
        let each = try await withThrowingTaskGroup(of: Set<UInt>.self) { group in
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount * 3 {
                group.addTask { try await threads() }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(each.allSatisfy { $0.count == 1 })
        let all = each.reduce(into: Set<UInt>()) { $0.formUnion($1) }
        #expect(all.count <= ProcessInfo.processInfo.activeProcessorCount)
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

    /// A thread for many of them: none waits for another's answer.
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
