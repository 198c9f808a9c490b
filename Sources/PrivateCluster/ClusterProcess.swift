import Foundation
import Synchronization

/// Runs PostgreSQL's programs as the cluster's account, in an environment of our own making.
///
/// Foundation's `Process` is not used: on Linux it takes a child for running until every descendant has
/// closed a socket they inherit, so `pg_ctl start` would not end before the server does.
struct ClusterProcess: Sendable {
    /// How a program ended: its exit status (128 + signal where one ended it), and all it wrote.
    struct Outcome: Sendable {
        let status: Int32
        let output: String
    }

    let account: ClusterAccount

    /// Runs one program to its end; a cancelled task ends it.
    ///
    /// What it writes goes to a file without a name rather than a pipe, so neither a talkative program nor a
    /// server that outlives `pg_ctl` can leave anyone waiting.
    func run(
        _ program: String, _ arguments: [String], input: String = ""
    ) async throws(ClusterError) -> Outcome {
        let source = try ScratchFile(input)
        let sink = try ScratchFile("")
        let pid = try spawn(command(program, arguments), input: source.descriptor, output: sink.descriptor)
        let child = Child(pid)
        let status = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // waitpid blocks, and the threads of the cooperative pool are few: a thread of its own.
                Thread.detachNewThread { continuation.resume(returning: child.wait()) }
            }
        } onCancel: {
            child.end()
        }
        guard !Task.isCancelled else { throw .cancelled }
        return Outcome(status: status, output: sink.contents())
    }

    private func command(_ program: String, _ arguments: [String]) -> [String] {
        var account = [String]()
        if self.account.uid != geteuid() {
            account = [
                "/usr/bin/setpriv", "--reuid=\(self.account.uid)", "--regid=\(self.account.gid)",
                "--init-groups",
            ]
        }
        return account + Self.surroundings + [program] + arguments
    }

    // In a folder that every account can enter, and with nothing of the caller's environment: PGDATA,
    // PGOPTIONS or a locale would change what is made.
    private static let surroundings = [
        "/usr/bin/env", "--chdir=/", "--ignore-environment", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC",
    ]

    // Whatever the caller has open: a server must not hold it for as long as it runs.
    private static func openDescriptors() -> [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return names.compactMap { Int32($0) }.filter { $0 > 2 }
    }

    private func spawn(_ command: [String], input: Int32, output: Int32) throws(ClusterError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        for descriptor in Self.openDescriptors() {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        // A server must not start life with signals that the command line holds back or ignores.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var pid: pid_t = 0
        let failure = Self.withCStrings(command) { arguments in
            posix_spawn(&pid, command[0], &actions, &attributes, arguments, [nil])
        }
        guard failure == 0 else { throw .system(failure, command[0]) }
        return pid
    }

    private static func withCStrings(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }

    /// A child that is signalled only while its number is still its own.
    private final class Child: Sendable {
        private let pid: pid_t
        private let running = Mutex(true)

        init(_ pid: pid_t) { self.pid = pid }

        func end() {
            running.withLock { if $0 { _ = kill(pid, SIGTERM) } }
        }

        func wait() -> Int32 {
            // Waits without reaping first, so that the number is not free while `end` may use it.
            var information = siginfo_t()
            while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            return running.withLock {
                $0 = false
                var status: Int32 = 0
                guard waitpid(pid, &status, 0) == pid else { return 127 }
                let signal = status & 0x7f
                return signal == 0 ? (status >> 8) & 0xff : 128 + signal
            }
        }
    }
}

/// A file without a name that ends with its last user.
private final class ScratchFile {
    let descriptor: Int32

    init(_ text: String) throws(ClusterError) {
        let path = "\(P_tmpdir)/goutong-\(UUID().uuidString)"
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw .system(errno, P_tmpdir) }
        unlink(path)
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw .system(errno, P_tmpdir) }
        lseek(descriptor, 0, SEEK_SET)
    }

    func contents() -> String {
        lseek(descriptor, 0, SEEK_SET)
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
        return String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self)
    }

    deinit { close(descriptor) }
}
