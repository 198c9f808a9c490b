import PostgresClient
import TestSupport
import Testing

@Suite("Connecting")
struct ConnectTests {
    private func connect(_ conninfo: String, deadline: Duration = TestDatabase.patience) async throws {
        let connection = try await PostgresConnection.connect(to: conninfo, deadline: deadline)
        #expect(await connection.serverVersion >= 150_000)
        await connection.close()
    }

    private func socketFolder() async throws -> String {
        let conninfo = try await ThrowAwayServer.shared.conninfo
        let word = try #require(conninfo.split(separator: " ").first { $0.hasPrefix("host=") })
        return String(word.dropFirst("host=".count))
    }

    @Test("keyword strings, URIs and several hosts")
    func forms() async throws {
        let folder = try await socketFolder()
        try await connect("host=\(folder) user=postgres dbname=postgres")
        let encoded = folder.split(separator: "/").joined(separator: "%2F")
        try await connect("postgresql://postgres@%2F\(encoded)/postgres")
        try await connect("host=/nowhere,127.0.0.1,\(folder) port=5432,1,5432 user=postgres dbname=postgres")
        try await connect("host=localhost,\(folder) port=1,5432 user=postgres dbname=postgres")
        try await connect(
            "host=\(folder),\(folder) user=postgres dbname=postgres target_session_attrs=prefer-standby")
    }

    @Test("a standby is asked for in vain")
    func sessionAttributes() async throws {
        let folder = try await socketFolder()
        let error = await postgresError {
            try await connect("host=\(folder) user=postgres dbname=postgres target_session_attrs=standby")
        }
        #expect(error?.code == .connectionFailed)
    }

    @Test("failures tell what failed, not the password")
    func failures() async throws {
        let folder = try await socketFolder()
        let database = await postgresError {
            try await connect("host=\(folder) user=postgres dbname=nowhere password=geheim")
        }
        #expect(database?.code == .connectionFailed)
        #expect(database?.message?.contains("nowhere") == true)
        #expect(database?.debugDescription.contains("geheim") == false)
        let string = await postgresError { try await connect("host=\(folder) passwort=geheim") }
        #expect(string?.code == .invalidConnectionString)
        #expect(string?.debugDescription.contains("geheim") == false)
        let name = await postgresError { try await connect("host=nowhere.invalid user=postgres") }
        #expect(name?.code == .connectionFailed)
        let refused = await postgresError { try await connect("host=127.0.0.1 port=1 user=postgres") }
        #expect(refused?.code == .connectionFailed)
    }

    @Test("a server that never answers meets the deadline, or the task's end")
    func silence() async throws {
        let silent = try SilentServer()
        let deadline = await postgresError {
            try await connect("host=127.0.0.1 port=\(silent.port) user=x", deadline: .milliseconds(100))
        }
        #expect(deadline?.code == .deadlineExceeded)
        let task = Task {
            await postgresError { try await connect("host=127.0.0.1 port=\(silent.port) user=x") }
        }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        #expect(await task.value?.code == .cancelled)
        let folder = try await socketFolder()
        try await connect(
            "host=127.0.0.1,\(folder) port=\(silent.port),5432 user=postgres dbname=postgres",
            deadline: .seconds(10))
    }

    @Test("databases can be created, cloned and dropped")
    func databases() async throws {
        try await TestDatabase.fresh { original in
            let connection = try await original.connect()
            try await connection.script("CREATE TABLE t AS SELECT 5 AS a")
            await connection.close()
            let clone = try await TestDatabase.cloned(template: original.name)
            let copy = try await clone.connect()
            #expect(try await copy.query("SELECT a FROM t").only().decode(Int.self) == 5)
            try await clone.drop()
            await #expect(throws: PostgresError.self) { try await clone.connect() }
        }
    }
}
