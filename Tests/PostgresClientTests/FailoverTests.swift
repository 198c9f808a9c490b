import Foundation
import PostgresClient
import TestSupport
import Testing

/// Several hosts in one string: which of them is taken, and what happens when it is gone.
@Suite("Failover")
struct FailoverTests {
    private func pair() async throws -> ReplicaPair {
        // Waits for other programs: on a thread apart, not in the cooperative pool.
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try ReplicaPair.start() }) }
        }
    }

    private func onThread(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
        }
    }

    private func isStandby(_ pair: ReplicaPair, _ attributes: String) async throws -> Bool {
        let connection = try await PostgresConnection.connect(
            to: pair.conninfo(attributes), deadline: TestDatabase.patience)
        let answer = try await connection.query("SELECT pg_is_in_recovery()").only().decode(Bool.self)
        await connection.close()
        return answer
    }

    @Test(
        "target_session_attrs picks the host; a pool follows the primary to another host",
        .timeLimit(.minutes(10)))
    func failover() async throws {
        let pair = try await pair()
        for attributes in ["any", "read-write", "primary"] {
            #expect(try await !isStandby(pair, attributes), "\(attributes)")
        }
        for attributes in ["read-only", "standby", "prefer-standby"] {
            #expect(try await isStandby(pair, attributes), "\(attributes)")
        }

        let pool = PostgresPool(
            conninfo: pair.conninfo("read-write"),
            configuration: .init(
                size: 2, acquireDeadline: TestDatabase.patience, connectDeadline: TestDatabase.patience,
                reconnectDeadline: TestDatabase.patience))
        try await pool.withConnection { connection in
            try await connection.script("CREATE TABLE kept (a int); INSERT INTO kept VALUES (7)")
        }
        // Stopping waits until the standby has all of it.
        try await onThread { try pair.stopFirst() }
        let beforePromotion = await postgresError {
            _ = try await PostgresConnection.connect(
                to: pair.conninfo("read-write"), deadline: TestDatabase.patience)
        }
        #expect(beforePromotion?.code == .connectionFailed)
        // Asked for while no host takes writes: the pool tries again until one does.
        let kept = Task {
            try await pool.withConnection { connection in
                try await connection.query("UPDATE kept SET a = a + 1 RETURNING a").only().decode(Int.self)
            }
        }
        while await pool.standing.lent == 0 { try await Task.sleep(for: .milliseconds(10)) }
        // Time to be refused; where it is too short the test is only weaker.
        try await Task.sleep(for: .milliseconds(300))
        try await onThread { try pair.promoteSecond() }
        #expect(try await kept.value == 8)
        #expect(try await !isStandby(pair, "primary"))
        #expect(try await !isStandby(pair, "prefer-standby"))
        await pool.shutdown()
    }
}
