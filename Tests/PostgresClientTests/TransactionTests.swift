import PostgresClient
import Testing

@Suite("Transactions")
struct TransactionTests {
    private struct Changed: Error {}

    private func failure(
        _ connection: PostgresConnection, _ options: TransactionOptions = .readCommitted,
        _ body: (PostgresConnection) async throws -> Void
    ) async -> TransactionError? {
        do throws(TransactionError) {
            try await connection.transaction(options, body)
            return nil
        } catch {
            return error
        }
    }

    private func count(_ connection: PostgresConnection) async throws -> Int {
        try await connection.query("SELECT count(*) FROM t").only().decode(Int.self)
    }

    @Test("commits what returns, rolls back what throws")
    func outcome() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int)")
            let answer = try await connection.transaction { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                return "kept"
            }
            #expect(answer == "kept")
            let thrown = await failure(connection) { connection in
                try await connection.execute("INSERT INTO t VALUES (2)")
                throw Changed()
            }
            guard case .body(let error, rollback: nil)? = thrown else {
                Issue.record("not a body error: \(String(describing: thrown))")
                return
            }
            #expect(error is Changed)
            #expect(try await count(connection) == 1)
            #expect(await connection.isIdle)
        }
    }

    @Test(
        "begins as asked",
        arguments: [
            (TransactionOptions.readCommitted, "read committed", "off"),
            (.repeatableRead.readOnly, "repeatable read", "on"),
            (.serializable, "serializable", "off"),
        ])
    func options(options: TransactionOptions, isolation: String, readOnly: String) async throws {
        try await withConnection { connection in
            let (level, only) = try await connection.transaction(options) { connection in
                try await connection.query(
                    "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')"
                ).only().decode((String, String).self)
            }
            #expect(level == isolation && only == readOnly)
        }
    }

    @Test("an error that the body swallowed does not commit")
    func swallowed() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int)")
            let error = await failure(connection) { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
                _ = await postgresError { try await connection.execute("SELECT 1/0") }
            }
            guard case .commitRefused(let refusal)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(refusal.code == .transactionAborted)
            #expect(try await count(connection) == 0)
        }
    }

    @Test("a deferred constraint refuses the commit")
    func deferred() async throws {
        try await withConnection { connection in
            try await connection.script(
                "CREATE TEMPORARY TABLE t (a int CONSTRAINT t_a_key UNIQUE DEFERRABLE INITIALLY DEFERRED)")
            let error = await failure(connection) { connection in
                try await connection.execute("INSERT INTO t VALUES (1), (1)")
            }
            guard case .commitRefused(let refusal)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(refusal.constraint == "t_a_key" && error?.isRetryable == false)
            #expect(await connection.isIdle)
        }
    }

    @Test("begin, rollback and commit fail as themselves when the session ends")
    func lostSessions() async throws {
        try await withConnection { administrator in
            func end(_ connection: PostgresConnection) async throws {
                let id = Int32(await connection.backendID)
                try await administrator.execute("SELECT pg_terminate_backend(\(id), 5000)")
            }
            try await withConnection { connection in
                let error = await failure(connection) { connection in
                    try await connection.execute("SELECT 1")
                    try await end(connection)
                    throw Changed()
                }
                guard case .body(let body, let rollback)? = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(body is Changed && rollback != nil)
                guard case .begin(let begin)? = await failure(connection, .readCommitted, { _ in }) else {
                    Issue.record("began on a lost connection")
                    return
                }
                #expect(begin.code == .connectionClosed)
            }
        }
    }

    @Test("a session that ends during COMMIT leaves the outcome unknown")
    func unknownOutcome() async throws {
        try await withConnection { administrator in
            try await withConnection { connection in
                let id = Int32(await connection.backendID)
                // The deferred trigger runs inside COMMIT and waits there to be ended.
                try await connection.script(
                    """
                    CREATE TEMPORARY TABLE t (a int);
                    CREATE FUNCTION pg_temp.wait() RETURNS trigger LANGUAGE plpgsql
                        AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER t_wait AFTER INSERT ON t
                        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.wait();
                    """)
                async let error = failure(connection) { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                }
                while try await administrator.query(
                    "SELECT 1 FROM pg_stat_activity WHERE pid = \(id) AND wait_event = 'PgSleep'"
                ).isEmpty {}
                try await administrator.execute("SELECT pg_terminate_backend(\(id))")
                guard case .commitUnknown(let unknown)? = await error else {
                    Issue.record("\(String(describing: await error))")
                    return
                }
                #expect(unknown.code == .connectionLost && unknown.sqlState == .adminShutdown)
            }
        }
    }

    @Test("transactions do not nest")
    func nesting() async throws {
        try await withConnection { connection in
            let error = await failure(connection) { connection in
                try await connection.transaction { _ in }
            }
            guard case .body(let inner as TransactionError, _)? = error, case .begin = inner else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("a serialisation failure may be tried again")
    func retry() async throws {
        try await withConnection { first in
            try await withConnection { second in
                try await first.script("DROP TABLE IF EXISTS retry_t; CREATE TABLE retry_t AS SELECT 1 AS a")
                let error = await failure(first, .repeatableRead) { first in
                    try await first.execute("SELECT a FROM retry_t")
                    try await second.execute("UPDATE retry_t SET a = 2")
                    try await first.execute("UPDATE retry_t SET a = 3")
                }
                try await first.script("DROP TABLE retry_t")
                #expect(error?.isRetryable == true)
                #expect(error.map { SQLState.serializationFailure ~= $0 } == true)
            }
        }
    }

    @Test("a COMMIT that its deadline ended was refused")
    func commitDeadline() async throws {
        try await withConnection(statementDeadline: .milliseconds(200)) { connection in
            try await connection.script(
                """
                CREATE TEMPORARY TABLE t (a int);
                CREATE FUNCTION pg_temp.wait() RETURNS trigger LANGUAGE plpgsql
                    AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
                CREATE CONSTRAINT TRIGGER t_wait AFTER INSERT ON t
                    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pg_temp.wait();
                """)
            let error = await failure(connection) { connection in
                try await connection.execute("INSERT INTO t VALUES (1)")
            }
            guard case .commitRefused(let refusal)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(refusal.code == .deadlineExceeded)
            #expect(try await count(connection) == 0)
        }
    }

    @Test("a transaction runs on its caller's actor")
    func isolation() async throws {
        actor Caller {
            var seen = 0
            func run(_ connection: PostgresConnection) async throws -> Int {
                try await connection.transaction { connection in
                    seen = try await connection.query("SELECT \(7)").only().decode(Int.self)
                }
                return seen
            }
        }
        try await withConnection { connection in
            let seen = try await Caller().run(connection)
            #expect(seen == 7)
        }
    }

    @Test("a cancelled task rolls back")
    func cancelled() async throws {
        try await withConnection { connection in
            try await connection.script("CREATE TEMPORARY TABLE t (a int)")
            let task = Task {
                try await connection.transaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    try await connection.execute("SELECT pg_sleep(30)")
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            guard case .failure(let error as TransactionError) = await task.result else {
                Issue.record("not cancelled")
                return
            }
            #expect(error.postgresError?.code == .cancelled)
            #expect(try await count(connection) == 0)
            #expect(await connection.isIdle)
        }
    }
}
