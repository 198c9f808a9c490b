import Testing

@testable import PostgresClient

@Suite("Prepared statements")
struct StatementCacheTests {
    private func key(_ text: String, _ types: PostgresType...) -> StatementCache.Key {
        StatementCache.Key(text: text, types: types)
    }

    @Test("the least recently used goes first")
    func eviction() {
        var cache = StatementCache(capacity: 2)
        for text in ["a", "b", "c"] { cache.insert(key(text), name: text.uppercased()) }
        #expect(cache.name(for: key("a")) == "A")
        #expect(cache.takeExcess() == ["B"])
        #expect(cache.name(for: key("b")) == nil && cache.count == 2)
        #expect(cache.takeExcess() == [])
    }

    @Test("the same text with other types is another statement")
    func types() {
        var cache = StatementCache(capacity: 2)
        cache.insert(key("SELECT $1", .int8), name: "s1")
        #expect(cache.name(for: key("SELECT $1", .text)) == nil)
        #expect(cache.mintName() != cache.mintName())
    }

    private func prepared(_ connection: PostgresConnection) async throws -> Int {
        try await connection.query("SELECT count(*) FROM pg_prepared_statements").only().decode(Int.self)
    }

    @Test("a statement is prepared once, and the cache stays within its bounds on the server")
    func server() async throws {
        try await withConnection { connection in
            for value in 0..<5 { try await connection.execute("SELECT \(value)") }
            #expect(try await prepared(connection) == 2)
            for number in 0..<300 { try await connection.execute("SELECT \(raw: String(number))") }
            #expect(try await (256...258).contains(prepared(connection)))
            try await connection.transaction { connection in
                for number in 300..<900 { try await connection.execute("SELECT \(raw: String(number))") }
            }
            try await connection.execute("SELECT 'again'")
            #expect(try await (256...258).contains(prepared(connection)))
        }
    }

    @Test("statements that the server forgot, or that DDL made stale, are prepared again")
    func stale() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int); INSERT INTO t VALUES (1)")
            #expect(try await connection.query("SELECT * FROM t").only().columnCount == 1)
            try await connection.script("ALTER TABLE t ADD b int")
            #expect(try await connection.query("SELECT * FROM t").only().columnCount == 2)
            try await connection.script("DEALLOCATE ALL")
            #expect(try await connection.query("SELECT * FROM t").only().columnCount == 2)
            try await connection.script("ALTER TABLE t ADD c int")
            let flight = try await connection.pipeline(["SELECT 1", "SELECT * FROM t"])
            #expect(try flight[1].only().columnCount == 3)
        }
    }

    @Test("DISCARD ALL forgets every statement, in flights and one by one")
    func discarded() async throws {
        try await withConnection { connection in
            for round in 0..<3 {
                for value in 0..<5 {
                    let answer = try await connection.query("SELECT \(value), \(raw: String(value))").only()
                    let (bound, text) = try answer.decode((Int, Int).self)
                    #expect(bound == value && text == value)
                }
                if round < 2 { try await connection.script("DISCARD ALL") }
            }
            try await connection.script("DISCARD ALL")
            let flight = try await connection.pipeline(
                (0..<5).map { "SELECT \($0), \(raw: String($0))" })
            let values = try flight.map { try $0.only().decode((Int, Int).self).1 }
            #expect(values == Array(0..<5))
            #expect(try await prepared(connection) <= 6)
        }
    }

    @Test("inside a transaction a stale plan spoils it, and the next one is good")
    func staleInside() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t AS SELECT 1 AS a")
            #expect(try await connection.query("SELECT * FROM t").only().columnCount == 1)
            let error = try await #require(throws: TransactionError.self) {
                try await connection.transaction { connection in
                    try await connection.script("ALTER TABLE t ADD b int")
                    _ = try await connection.query("SELECT * FROM t")
                }
            }
            #expect(error.postgresError?.sqlState == .featureNotSupported)
            try await connection.script("ALTER TABLE t ADD c int")
            try await connection.transaction { connection in
                let columns = try await connection.query("SELECT * FROM t").only().columnCount
                #expect(columns == 2)
            }
        }
    }
}
