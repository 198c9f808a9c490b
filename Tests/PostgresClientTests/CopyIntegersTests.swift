import PostgresClient
import Testing

@Suite("Rows of whole numbers by COPY")
struct CopyIntegersTests {
    private func rows(_ source: SQL, width: Int, on connection: PostgresConnection) async throws -> [[Int]] {
        var rows: [[Int]] = []
        try await connection.copyOut("COPY (\(source)) TO STDOUT").forEachRow(ofIntegers: width) {
            rows.append($0)
        }
        return rows
    }

    @Test("arrive in order, whatever their size")
    func read() async throws {
        try await withConnection { connection in
            let few = try await rows(
                "VALUES (0, -1), (9223372036854775807, -9223372036854775807)", width: 2, on: connection)
            #expect(few == [[0, -1], [.max, -.max]])
            let many = try await rows(
                "SELECT n, -n, n % 7 FROM generate_series(1, 200000) n", width: 3, on: connection)
            #expect(many.count == 200_000)
            #expect(many.enumerated().allSatisfy { $1 == [$0 + 1, -$0 - 1, ($0 + 1) % 7] })
            #expect(try await rows("SELECT 1 WHERE false", width: 1, on: connection) == [])
        }
    }

    @Test(
        "what is no row of whole numbers is refused, and the connection goes on",
        arguments: [
            "SELECT 1", "SELECT 1, 2, 3", "SELECT 1, NULL", "SELECT 1, 'a'", "SELECT 1, ''", "SELECT 1, '2-'",
            "SELECT 1, '--2'", "SELECT 1, 9223372036854775808", "SELECT 1, 1.5",
        ] as [SQL])
    func refuse(source: SQL) async throws {
        try await withConnection { connection in
            let error = await postgresError { _ = try await rows(source, width: 2, on: connection) }
            #expect(error?.code == .unexpectedResult)
            try await expectAlive(connection)
        }
    }
}
