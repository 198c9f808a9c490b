import PostgresClient
import TestSupport
import Testing

/// A connection to the test server for the length of `body`. Tables of these tests are temporary.
@discardableResult
func withConnection<Value>(
    statementDeadline: Duration? = .seconds(60), cancelGrace: Duration = TestDatabase.patience,
    _ body: (PostgresConnection) async throws -> Value
) async throws -> Value {
    let server = try await ThrowAwayServer.shared
    let connection = try await PostgresConnection.connect(
        to: server.conninfo, deadline: TestDatabase.patience, statementDeadline: statementDeadline,
        cancelGrace: cancelGrace)
    do {
        let value = try await body(connection)
        await connection.close()
        return value
    } catch {
        await connection.close()
        throw error
    }
}

/// The `PostgresError` that `body` throws, or nil when it throws none.
func postgresError(of body: () async throws -> Void) async -> PostgresError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// Waits until a statement of another task is under way.
func waitUntilBusy(_ connection: PostgresConnection) async throws {
    while await connection.isIdle { try await Task.sleep(for: .milliseconds(1)) }
}

/// Expects the connection to answer the question that was asked, not an earlier one.
func expectAlive(
    _ connection: PostgresConnection, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let answer = try await connection.query("SELECT \(42)").only().decode(Int.self)
    #expect(answer == 42, sourceLocation: sourceLocation)
}

/// Reproducible random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
