import Foundation
import PostgresClient

/// A PostgreSQL server for the tests of one process: a fresh cluster in a temporary folder, reached by
/// its socket only, not durable, stopped and deleted when the process ends, however it ends.
///
/// With `GOUTONG_TEST_SERVER` set to the connection string of a superuser, that server is used instead
/// (the test script starts one for all test processes). It must be reached by a local socket: tests
/// create and drop databases. Without PostgreSQL's programs, tests fail; they are never skipped.
public struct ThrowAwayServer: Sendable {
    /// Connects a superuser to the database `postgres`.
    public let conninfo: String

    /// The server of this process, started on first use.
    public static var shared: ThrowAwayServer {
        get async throws { try await starting.value }
    }

    private static let starting = Task { () async throws in
        if let given = ProcessInfo.processInfo.environment["GOUTONG_TEST_SERVER"], !given.isEmpty {
            return try ThrowAwayServer(existing: given)
        }
        // Starting waits for other programs: on a thread apart, not in the cooperative pool.
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try ThrowAwayServer.start() })
            }
        }
    }

    /// The connection string for another database of the server.
    public func conninfo(database: String) -> String {
        "\(conninfo) dbname=\(database)"
    }

    private init(conninfo: String) { self.conninfo = conninfo }

    private init(existing conninfo: String) throws {
        // A keyword string, so that `dbname` can be added; and a folder, so that it is this machine.
        guard conninfo.contains("host=/"), !conninfo.contains(","), !conninfo.contains("hostaddr=") else {
            throw Failure("GOUTONG_TEST_SERVER must be a keyword string with host=/socket/folder")
        }
        self.conninfo = conninfo
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
        init(_ description: String) { self.description = description }
    }

    // MARK: Starting

    private static func start() throws -> ThrowAwayServer {
        let programs = try newestPrograms()
        let folder = try makeFolder()
        try guardFolder(folder, programs: programs)
        do {
            try run(
                "\(programs)/initdb", "-D", "\(folder)/data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
                "--locale=C.UTF-8", "--no-sync")
            let settings = [
                "listen_addresses=''", "unix_socket_directories='\(folder)'", "max_connections=600",
                "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off",
                "max_wal_senders=0", "wal_level=minimal", "shared_buffers=64MB",
            ]
            try run(
                "\(programs)/pg_ctl", "-D", "\(folder)/data", "-w", "-t", "60", "-l", "\(folder)/server.log",
                "-o", settings.map { "-c \($0)" }.joined(separator: " "), "start")
        } catch {
            throw Failure("the test server did not start (\(folder)): \(error)")
        }
        return ThrowAwayServer(conninfo: "host=\(folder) user=postgres dbname=postgres")
    }

    /// Where the versions are; the long run names another one here.
    public static let root =
        ProcessInfo.processInfo.environment["GOUTONG_POSTGRESQL_ROOT"] ?? "/usr/lib/postgresql"

    private static func newestPrograms() throws -> String {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap { version in Int(version).map { ($0, version) } }
            .filter { FileManager.default.isExecutableFile(atPath: "\(root)/\($0.1)/bin/initdb") }
            .max { $0.0 < $1.0 }
        guard let newest else { throw Failure("no PostgreSQL server below \(root): install postgresql") }
        return "\(root)/\(newest.1)/bin"
    }

    /// A short path (a socket's is limited to 107 bytes) that the server's user owns.
    private static func makeFolder() throws -> String {
        var template = Array("\(NSTemporaryDirectory())/goutong-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure("mkdtemp: errno \(errno)") }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if isRoot {
            guard let user = getpwnam("postgres"),
                chown(folder, user.pointee.pw_uid, user.pointee.pw_gid) == 0
            else { throw Failure("\(folder) cannot be given to the user postgres") }
        }
        return folder
    }

    /// Leaves a shell behind that waits for this process to end (its end of a pipe closes, even after a
    /// crash) and then stops the server and deletes the folder.
    private static func guardFolder(_ folder: String, programs: String) throws {
        var ends: [CInt] = [0, 0]
        // Kept open on purpose until this process ends; programs started later do not inherit it.
        guard pipe(&ends) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 else {
            throw Failure("pipe: errno \(errno)")
        }
        defer { close(ends[0]) }
        let script = """
            trap '' INT TERM HUP
            cat > /dev/null
            "$1/pg_ctl" -D "$2/data" -m immediate stop
            rm -rf "$2"
            """
        _ = try spawn(["/bin/sh", "-c", script, "sh", programs, folder], input: ends[0])
    }

    private static func run(_ arguments: String...) throws {
        let child = try spawn(arguments, input: nil)
        var status: CInt = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { throw Failure("waitpid: errno \(errno)") }
        }
        guard status == 0 else { throw Failure("\(arguments[0]) ended with wait status \(status)") }
    }

    /// Starts a program with no descriptor of this process but `input`. (Foundation's `Process` leaks a
    /// socket to the server and then waits for it to close.) The server refuses to run as root: then it
    /// runs as the user postgres.
    private static func spawn(_ arguments: [String], input: CInt?) throws -> pid_t {
        let user = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        let words = isRoot ? user + arguments : arguments
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        for open in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let descriptor = CInt(open), descriptor > 2 {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        }

        let argv = words.map { strdup($0) }
        let settings: [String] = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
        let environment = settings.map { strdup($0) }
        defer { for word in argv + environment { free(word) } }
        var child: pid_t = 0
        let failure = posix_spawn(&child, words[0], &actions, nil, argv + [nil], environment + [nil])
        guard failure == 0 else { throw Failure("\(words[0]): errno \(failure)") }
        return child
    }

    private static var isRoot: Bool { geteuid() == 0 }
}
