import PostgresClient
import Testing

@Suite("Pipeline")
struct PipelineTests {
    @Test("statements, prepared or not, answer in order", arguments: [0, 1, 2, 50, 600])
    func order(count: Int) async throws {
        try await withConnection { connection in
            for _ in 0..<2 {
                let statements = (0..<count).map { index -> SQL in
                    "SELECT \(index), \(raw: String(index % 7))"
                }
                let results = try await connection.pipeline(statements)
                let values = try results.map { try $0.only().decode((Int, Int).self) }
                #expect(values.map(\.0) == Array(0..<count))
                #expect(values.map(\.1) == (0..<count).map { $0 % 7 })
            }
        }
    }

    @Test("an error in the middle names its statement and undoes the flight", arguments: [0, 1, 3])
    func middle(bad: Int) async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int CONSTRAINT t_a_check CHECK (a < 9))")
            for attempt in 0..<2 {
                let statements = (0..<4).map { index -> SQL in
                    "INSERT INTO t VALUES (\(index == bad ? 9 : index)::int)"
                }
                let error = await postgresError { _ = try await connection.pipeline(statements) }
                #expect(error?.statementIndex == bad, "attempt \(attempt)")
                #expect(error?.constraint == "t_a_check")
                let count = try await connection.query("SELECT count(*) FROM t").only().decode(Int.self)
                #expect(count == 0)
            }
        }
    }

    @Test("a statement that cannot be prepared is reported, the others stay good")
    func unpreparable() async throws {
        try await withConnection { connection in
            let error = await postgresError {
                _ = try await connection.pipeline(["SELECT \(1)", "SELECT nothing", "SELECT \("x")"])
            }
            #expect(error?.statementIndex == 1 && error?.sqlState == .undefinedColumn)
            let results = try await connection.pipeline(["SELECT \(1)", "SELECT \("x")", "SELECT \(2)"])
            #expect(try results.map { try $0.only().columnCount } == [1, 1, 1])
        }
    }

    @Test("inside a transaction a flight is part of it")
    func transaction() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int)")
            try await connection.transaction { connection in
                let results = try await connection.pipeline(
                    [1, 2, 3].map { "INSERT INTO t VALUES (\(Int32($0))) RETURNING a" })
                #expect(results.map(\.affectedRows) == [1, 1, 1])
            }
            let error = try await #require(throws: TransactionError.self) {
                try await connection.transaction { connection in
                    _ = try await connection.pipeline(["INSERT INTO t VALUES (4)", "SELECT 1/0"])
                }
            }
            #expect(error.postgresError?.statementIndex == 1)
            let count = try await connection.query("SELECT count(*) FROM t").only().decode(Int.self)
            #expect(count == 3)
        }
    }

    @Test("much in both directions does not jam")
    func large() async throws {
        try await withConnection { connection in
            let payload = String(repeating: "会", count: 20_000)
            let results = try await connection.pipeline((0..<200).map { _ in "SELECT \(payload)" })
            #expect(try results.allSatisfy { try $0.only().decode(String.self) == payload })
        }
    }

    @Test("a flight ends by deadline and the connection goes on")
    func deadline() async throws {
        try await withConnection { connection in
            let error = await postgresError {
                _ = try await connection.pipeline(
                    ["SELECT 1", "SELECT pg_sleep(30)", "SELECT 2"], deadline: .milliseconds(50))
            }
            #expect(error?.code == .deadlineExceeded && error?.statementIndex == 1)
            try await expectAlive(connection)
        }
    }
}
