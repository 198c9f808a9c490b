import PostgresClient
import Testing

@Suite("Errors")
struct ErrorTests {
    @Test("constraint violations name the constraint, never the value")
    func constraints() async throws {
        try await withConnection { connection in
            try await connection.script(
                """
                CREATE TEMPORARY TABLE firm (
                    code text CONSTRAINT firm_pkey PRIMARY KEY,
                    workers int NOT NULL CONSTRAINT firm_workers_check CHECK (workers >= 0));
                INSERT INTO firm VALUES ('秘密甲', 1);
                """)
            do {
                try await connection.execute("INSERT INTO firm VALUES (\("秘密甲"), 2)")
                Issue.record("a duplicate was accepted")
            } catch let error as PostgresError where SQLState.uniqueViolation ~= error {
                #expect(error.code == .sqlState(.uniqueViolation))
                #expect(error.constraint == "firm_pkey" && error.table == "firm")
                #expect(!error.debugDescription.contains("秘密甲"))
                #expect(error.debugDescription.contains("INSERT INTO firm VALUES ($1, 2)"))
                #expect(error.debugDescription.contains("ErrorTests.swift"))
                #expect(error.description == "PostgresError(sqlState(23505))")
            }
            let check = await postgresError {
                try await connection.execute("INSERT INTO firm VALUES ('b', \(Int32(-1)))")
            }
            #expect(check?.constraint == "firm_workers_check")
            let null = await postgresError {
                try await connection.execute("INSERT INTO firm VALUES ('b', NULL)")
            }
            #expect(null?.sqlState == .notNullViolation && null?.column == "workers")
        }
    }

    @Test(
        "the code tells what the server refused",
        arguments: [
            ("SELECT 1/0", SQLState.divisionByZero, SQLState.Class.dataException),
            ("SELEKT", .syntaxError, .syntaxErrorOrAccessRuleViolation),
            ("SELECT * FROM nowhere", .undefinedTable, .syntaxErrorOrAccessRuleViolation),
            ("SELECT nothing", .undefinedColumn, .syntaxErrorOrAccessRuleViolation),
            ("SELECT 'x'::int", .invalidTextRepresentation, .dataException),
        ])
    func codes(text: String, state: SQLState, family: SQLState.Class) async throws {
        try await withConnection { connection in
            for _ in 0..<2 {
                let error = await postgresError { _ = try await connection.query(SQL(raw: text)) }
                #expect(error?.sqlState == state)
                #expect(error.map { family ~= $0 } == true)
                #expect(error.map { SQLState.uniqueViolation ~= $0 } == false)
            }
            try await expectAlive(connection)
        }
    }

    @Test("a pattern alone catches, too")
    func catchPattern() async throws {
        try await withConnection { connection in
            do {
                try await connection.execute("SELECT 1/0")
            } catch SQLState.Class.integrityConstraintViolation {
                Issue.record("matched another class")
            } catch SQLState.divisionByZero {
                return
            }
            Issue.record("not caught")
        }
    }

    @Test("a message that quotes the input is left out")
    func messages() async throws {
        try await withConnection { connection in
            let quoting = await postgresError { try await connection.execute("SELECT \("秘密")::text::int") }
            #expect(quoting?.sqlState == .invalidTextRepresentation && quoting?.message == nil)
            let raised = await postgresError {
                try await connection.script("DO $$ BEGIN RAISE EXCEPTION '秘密'; END $$")
            }
            #expect(raised?.sqlState == .raiseException)
            #expect(raised?.debugDescription.contains("秘密") == false)
            let naming = await postgresError { try await connection.execute("SELECT * FROM nowhere") }
            #expect(naming?.message?.contains("nowhere") == true)
            #expect(naming?.position == 15)
        }
    }

    @Test("a script stops at its first error and keeps nothing")
    func scripts() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int); INSERT INTO t VALUES (1)")
            let error = await postgresError {
                try await connection.script("INSERT INTO t VALUES (2); SELECT 1/0; INSERT INTO t VALUES (3)")
            }
            #expect(error?.sqlState == .divisionByZero)
            let count = try await connection.query("SELECT count(*) FROM t").only().decode(Int.self)
            #expect(count == 1)
            try await connection.script("")
            try await connection.ping()
        }
    }

    @Test("what cannot be sent is refused before it is sent")
    func unsendable() async throws {
        try await withConnection { connection in
            let binds = (0..<65_536).map { _ -> SQL in "\(1)" }.joined(separator: ",")
            let many = await postgresError { try await connection.execute("SELECT ARRAY[" + binds + "]") }
            #expect(many?.code == .invalidStatement)
            let nul = await postgresError { try await connection.execute("SELECT 1 \0 2") }
            #expect(nul?.code == .invalidStatement)
        }
    }

    @Test("COPY outside copyIn and copyOut is refused", arguments: ["TO STDOUT", "FROM STDIN"])
    func strayCopy(direction: String) async throws {
        let text = "COPY pg_temp.t \(direction)"
        let attempts: [(PostgresConnection) async throws -> Void] = [
            { try await $0.script(text) },
            { try await $0.execute(SQL(raw: text)) },
            { _ = try await $0.pipeline(["SELECT 1", SQL(raw: text), "SELECT 2"]) },
        ]
        for attempt in attempts {
            try await withConnection { connection in
                try await connection.script("CREATE TEMPORARY TABLE t (a int); INSERT INTO t VALUES (1)")
                let error = await postgresError { try await attempt(connection) }
                #expect(error?.code == .invalidStatement || error?.code == .connectionLost)
            }
        }
    }

    @Test("a closed connection says so")
    func closed() async throws {
        try await withConnection { connection in
            await connection.close()
            let error = await postgresError { try await connection.execute("SELECT 1") }
            #expect(error?.code == .connectionClosed)
            #expect(await !connection.isUsable)
        }
    }
}
