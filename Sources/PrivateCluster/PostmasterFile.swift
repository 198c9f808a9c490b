import Foundation

/// `postmaster.pid`, which a running server keeps in its data folder, and a killed one leaves behind.
struct PostmasterFile: Hashable, Sendable {
    let pid: Int32
    let since: Date
    /// The server's last word on itself: it accepts connections.
    let isReady: Bool

    /// Reads the lines PostgreSQL documents in `miscadmin.h`: pid, data folder, start in seconds, port,
    /// socket folder, listen address, shared memory, status. nil where the first is no process id.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard let pid = lines.first.flatMap({ Int32($0) }), pid > 0 else { return nil }
        self.pid = pid
        since = Date(timeIntervalSince1970: lines.count > 2 ? Double(lines[2]) ?? 0 : 0)
        isReady = lines.count > 7 && lines[7] == "ready"
    }

    static func path(_ layout: ClusterLayout) -> String { layout.data + "/postmaster.pid" }

    static func read(_ layout: ClusterLayout) -> PostmasterFile? {
        PostmasterFile(contentsOf: path(layout))
    }

    /// Also reads the lock of a socket, which begins with the same lines.
    init?(contentsOf path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        self.init(text)
    }

    /// Whether the process with this number is a server of this data folder.
    ///
    /// The number alone proves nothing: after a restart of the machine it may be any program's. A server
    /// works inside its data folder; where the caller may not see that (a container's root without the right
    /// to trace), its command line names it.
    func isServer(of layout: ClusterLayout) -> Bool {
        if let folder = FolderFacts(at: "/proc/\(pid)/cwd") {
            return folder.identity == FolderFacts(at: layout.data)?.identity && programName == "postgres"
        }
        guard let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") else { return false }
        let arguments = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return programName == "postgres" && arguments.contains(layout.data)
    }

    /// Whether the number belongs to any process at all.
    var isTaken: Bool { kill(pid, 0) == 0 || errno == EPERM }

    private var programName: String? {
        (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8))?
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
