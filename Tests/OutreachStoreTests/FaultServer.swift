import Foundation
import TestSupport

/// A durable PostgreSQL server for one test, which may kill it: fsync is on, the folder is its own.
///
/// Apart from the server that tests share, because nobody else must see it die.
struct FaultServer: Sendable {
    let folder: String
    private let programs: String

    var conninfo: String { "host=\(folder) user=postgres dbname=postgres" }

    struct Failure: Error, CustomStringConvertible {
        let step: String
        var log = ""
        var description: String { "\(step)\n\(log)" }
    }

    /// A started server for the length of `body`; stopped and deleted afterwards.
    static func run<Value>(_ body: (FaultServer) async throws -> Value) async throws -> Value {
        let server = try FaultServer()
        do {
            try await server.create()
            try await server.start()
            let value = try await body(server)
            try await server.remove()
            return value
        } catch {
            try? await server.remove()
            throw error
        }
    }

    private init() throws {
        let root = ThrowAwayServer.root
        let newest = try FileManager.default.contentsOfDirectory(atPath: root).compactMap(Int.init)
            .filter { FileManager.default.isExecutableFile(atPath: "\(root)/\($0)/bin/initdb") }.max()
        guard let newest else { throw Failure(step: "find the server's programs") }
        programs = "\(root)/\(newest)/bin"
        // A short path: a socket's is limited to 107 bytes.
        var template = Array(
            FileManager.default.temporaryDirectory.appendingPathComponent("goutong-fault-XXXXXX")
                .path.utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(step: "make a folder") }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func create() async throws {
        if geteuid() == 0 { try await shell("chown postgres '\(folder)'") }
        // Cleans up when this process ends before it could, however that happens.
        try await shell(
            """
            (trap '' INT TERM HUP; tail --pid=\(getpid()) -f /dev/null
            [ -d '\(folder)' ] || exit
            \(asServer) '\(programs)/pg_ctl' -D '\(folder)/data' -m immediate stop
            rm -rf '\(folder)') &
            """)
        try await shell(
            """
            \(asServer) '\(programs)/initdb' -D '\(folder)/data' -A trust -U postgres -E UTF8 \
            --locale=C.UTF-8
            """)
    }

    /// Starts the server, after a crash too; returns when it takes connections.
    func start() async throws {
        let settings = [
            "listen_addresses=", "port=5432", "unix_socket_directories=\(folder)", "fsync=on",
            "synchronous_commit=on", "full_page_writes=on", "shared_buffers=32MB",
        ]
        let options = settings.map { "-c \($0)" }.joined(separator: " ")
        try await shell(
            """
            \(asServer) '\(programs)/pg_ctl' -D '\(folder)/data' -w -t 60 -l '\(folder)/server.log' \
            -o '\(options)' start
            """)
    }

    /// SIGKILL to the postmaster and everything it started, and returns when all of them are dead.
    func kill() async throws {
        let file = try String(contentsOfFile: "\(folder)/data/postmaster.pid", encoding: .utf8)
        guard let line = file.split(separator: "\n").first, let postmaster = pid_t(line) else {
            throw Failure(step: "read the postmaster's pid")
        }
        // Stopped first, so that it starts nothing between the two looks.
        Glibc.kill(postmaster, SIGSTOP)
        let family = [postmaster] + Self.children(of: postmaster)
        for process in family { Glibc.kill(process, SIGKILL) }
        while family.contains(where: { Glibc.kill($0, 0) == 0 && !Self.isZombie($0) }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        // A dead process that nobody has reaped yet looks alive to the next server.
        for lock in ["data/postmaster.pid", ".s.PGSQL.5432.lock"] {
            try FileManager.default.removeItem(atPath: "\(folder)/\(lock)")
        }
    }

    private func remove() async throws {
        try? await shell("\(asServer) '\(programs)/pg_ctl' -D '\(folder)/data' -m immediate stop")
        try FileManager.default.removeItem(atPath: folder)
    }

    /// PostgreSQL refuses to run as root.
    private var asServer: String {
        geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --init-groups" : ""
    }

    /// Runs a script on a thread apart, because it waits; nothing in it comes from outside this file.
    private func shell(_ script: String) async throws {
        let status: CInt = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                // In the server's folder: it may be forbidden to look at ours.
                continuation.resume(
                    returning: system("cd '\(folder)' && exec >/dev/null 2>&1 </dev/null\n\(script)"))
            }
        }
        guard status == 0 else {
            let log = try? String(contentsOfFile: "\(folder)/server.log", encoding: .utf8)
            throw Failure(step: script, log: String((log ?? "").suffix(2000)))
        }
    }

    private static func children(of parent: pid_t) -> [pid_t] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(pid_t.init).filter { process in
            fields(of: process).dropFirst().first.flatMap { pid_t($0) } == parent
        }
    }

    private static func isZombie(_ process: pid_t) -> Bool { fields(of: process).first == "Z" }

    /// State, parent and what follows in `/proc/<pid>/stat`, after the name in parentheses.
    private static func fields(of process: pid_t) -> [Substring] {
        let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
        guard let end = text.lastIndex(of: ")") else { return [] }
        return text[text.index(after: end)...].split(separator: " ")
    }
}

extension FaultServer {
    /// `Scripts/test --long` asks for the tests that kill servers.
    static var isAskedFor: Bool { ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] != nil }
}
