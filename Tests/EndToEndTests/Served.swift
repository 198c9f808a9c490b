import Foundation
import Testing

/// A service that runs from the built command, and who may ask it.
struct Served: Sendable {
    let office: Office
    let url: String

    /// Runs a command on another machine: a home of its own without a database, this service, a token.
    func goutong(_ arguments: [String], token: String, input: Input = .nothing) async throws -> Outcome {
        try await office.goutong(arguments, input: input, setting: try device(token))
    }

    /// What such a machine is set to; one home for each token.
    func device(_ token: String) throws -> [String: String] {
        let name = "device-" + (token.split(separator: ".").last.map { $0.prefix(12) } ?? "")
        let home = office.folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        let file = home.appendingPathComponent("token").path
        if !FileManager.default.fileExists(atPath: file) {
            _ = FileManager.default.createFile(
                atPath: file, contents: Data(token.utf8), attributes: [.posixPermissions: 0o600])
        }
        return ["GOUTONG_HOME": home.path, "GOUTONG_SERVER": url]
    }
}

extension Office {
    /// A machine of its own, for what would get into others' way: an altered ledger, another key.
    func apart<Value>(_ body: (Office) async throws -> Value) async throws -> Value {
        let own = folder.appendingPathComponent("o-" + UUID().uuidString.prefix(6))
        try FileManager.default.createDirectory(
            at: own, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        let office = Office(folder: own, executable: executable)
        let started = try await office.goutong("db", "start")
        try #require(started.status == 0, "\(started)")
        do {
            let value = try await body(office)
            _ = try await office.goutong("db", "stop")
            return value
        } catch {
            _ = try? await office.goutong("db", "stop")
            throw error
        }
    }

    /// Runs SQL as whoever owns the database can, past the commands.
    func sql(_ statement: String) async throws {
        let run = try await shell(
            """
            psql=$(command -v psql || ls /usr/lib/postgresql/*/bin/psql | tail -1)
            "$psql" -X -q -v ON_ERROR_STOP=1 "$("$GOUTONG" db start)" <<'END'
            \(statement);
            END
            """)
        try #require(run.status == 0, "\(run)")
    }

    /// Starts `goutong serve` on free ports, runs `body`, and ends it by SIGTERM, which must end in 0.
    func serving<Value>(
        port: Int = 0, _ arguments: [String] = [], _ body: (Served) async throws -> Value
    ) async throws -> Value {
        let log = folder.appendingPathComponent("served-\(UUID().uuidString.prefix(6)).log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = executable
        process.arguments = ["serve", "--port", "\(port)", "--admin-port", "0"] + arguments
        process.environment = environment
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in end.finish() }
        try process.run()
        do {
            let port = try await Self.port(from: log, of: process)
            let value = try await body(Served(office: self, url: "http://127.0.0.1:\(port)"))
            process.terminate()
            for await _ in ended {}
            let said = try String(contentsOf: log, encoding: .utf8)
            #expect(process.terminationStatus == 0, "\(said.suffix(2000))")
            return value
        } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
    }

    /// The service says where it listens.
    private static func port(from log: URL, of process: Process) async throws -> Int {
        while true {
            let said = try String(contentsOf: log, encoding: .utf8)
            for line in said.split(separator: "\n") where line.contains("\"listening\"") {
                guard let entry = try? Outcome.object(Data(line.utf8)), entry["of"] as? String == "api",
                    let port = entry["port"] as? Int
                else { continue }
                return port
            }
            guard process.isRunning else { throw Unexpected(what: "the service ended: \(said)") }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension Ledger {
    /// A token of a new account.
    func token(_ login: String, _ role: String, unit: String = "BJ") async throws -> String {
        let added = try await goutong(
            "account", "add", "--login", login, "--name", login, "--role", role, "--unit", unit,
            "--no-password")
        try #require(added.status == 0, "\(added)")
        let issued = try await goutong("account", "token", "issue", login, "--name", "test", "--json")
        try #require(issued.status == 0, "\(issued)")
        return try #require(try issued.object()["token"] as? String)
    }
}
