import Foundation
import TestSupport

/// Two throw-away servers, the second a hot standby of the first, in a temporary folder. Stopped and
/// deleted when the process ends, however it ends.
struct ReplicaPair: Sendable {
    enum Failure: Error { case noPrograms, noFolder, noShell, ended(CInt) }

    /// Holds the sockets of both: ports 5432 and 5433.
    let folder: String
    private let programs: String

    /// Both servers, the first one first.
    func conninfo(_ attributes: String) -> String {
        "host=\(folder),\(folder) port=5432,5433 user=postgres dbname=postgres"
            + " target_session_attrs=\(attributes)"
    }

    /// Makes the first server, copies it, and starts the copy as its standby.
    static func start() throws -> ReplicaPair {
        guard let programs = try newestPrograms() else { throw Failure.noPrograms }
        var template = Array("\(NSTemporaryDirectory())/goutong-pair-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure.noFolder }
        let folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if geteuid() == 0, let user = getpwnam("postgres") {
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
        }
        let pair = ReplicaPair(folder: folder, programs: programs)
        try pair.guardFolder()
        try pair.run(
            """
            initdb -D first -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync
            cat >> first/postgresql.conf <<END
            listen_addresses = ''
            unix_socket_directories = '$PWD'
            fsync = off
            shared_buffers = 16MB
            END
            pg_ctl -D first -w -t 120 -l first.log -o '-p 5432' start
            pg_basebackup -h "$PWD" -p 5432 -U postgres -D second -R -X stream --no-sync -c fast
            pg_ctl -D second -w -t 120 -l second.log -o '-p 5433' start
            """)
        return pair
    }

    func stopFirst() throws { try run("pg_ctl -D first -w -m fast stop") }

    func promoteSecond() throws { try run("pg_ctl -D second -w -t 120 promote") }

    /// Runs a script in the folder, as the user postgres where this process is root's.
    private func run(_ script: String) throws {
        var status: CInt = 0
        let child = try spawn("set -e\n" + script, input: nil)
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else { throw Failure.ended(status) }
    }

    /// A shell that waits for this process to end: its end of a pipe closes even after a crash.
    private func guardFolder() throws {
        var ends: [CInt] = [0, 0]
        guard pipe(&ends) == 0, fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0 else { throw Failure.noShell }
        defer { close(ends[0]) }
        _ = try spawn(
            """
            trap '' INT TERM HUP
            cat > /dev/null
            for data in first second; do pg_ctl -D $data -m immediate stop; done
            cd /
            rm -rf '\(folder)'
            """, input: ends[0])
    }

    /// Starts a shell with no descriptor of this process but `input`.
    private func spawn(_ script: String, input: CInt?) throws -> pid_t {
        let user = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        let shell = ["/bin/sh", "-c", "cd '\(folder)'\n\(script)"]
        let words = geteuid() == 0 ? user + shell : shell
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
        let settings: [String] = ["PATH=\(programs):/usr/bin:/bin", "LC_ALL=C.UTF-8"]
        let environment = settings.map { strdup($0) }
        defer { for word in argv + environment { free(word) } }
        var child: pid_t = 0
        guard posix_spawn(&child, words[0], &actions, nil, argv + [nil], environment + [nil]) == 0 else {
            throw Failure.noShell
        }
        return child
    }

    private static func newestPrograms() throws -> String? {
        try FileManager.default.contentsOfDirectory(atPath: ThrowAwayServer.root).compactMap { Int($0) }
            .sorted().map { "\(ThrowAwayServer.root)/\($0)/bin" }
            .last { FileManager.default.isExecutableFile(atPath: "\($0)/pg_basebackup") }
    }
}
