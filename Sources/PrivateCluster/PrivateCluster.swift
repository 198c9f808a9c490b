public import Foundation

/// PostgreSQL with nothing to set up: a cluster of Goutong's own below its home folder.
///
/// It listens on a socket in a 0700 folder and nowhere else, and lets in by peer authentication: the account
/// that runs it (postgres where root calls, else the caller) and root. Commands that start or stop it at the
/// same time wait for each other. No call blocks a thread of the cooperative pool; every call may be
/// repeated.
public actor PrivateCluster {
    let layout: ClusterLayout
    let available: [ClusterBinaries]
    let freeSpace: @Sendable (String) -> UInt64?

    private let queue = ClusterQueue()
    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - home: Goutong's home folder, see `GoutongHome.resolve`; it need not exist.
    ///   - binaries: the PostgreSQL versions to choose from, normally those that are installed.
    /// - Throws: `ClusterError` with code `homeUnusable`.
    public init(
        home: URL, binaries: [ClusterBinaries] = ClusterBinaries.installed()
    ) throws(ClusterError) {
        try self.init(home: home, binaries: binaries, freeSpace: FolderFacts.freeSpace)
    }

    /// With another way to ask for the bytes that are free at a path.
    init(
        home: URL, binaries: [ClusterBinaries], freeSpace: @escaping @Sendable (String) -> UInt64?
    ) throws(ClusterError) {
        layout = try ClusterLayout(home: home)
        available = binaries
        self.freeSpace = freeSpace
    }

    /// How the cluster stands, without changing anything.
    public func status() throws(ClusterError) -> ClusterStatus {
        switch try DataFolder.inspect(layout) {
        case .absent: return .notCreated
        case .halfMade: return .halfMade
        case .damaged: return .damaged
        case .complete(let version):
            if let running = running(version: version) { return .running(running) }
            guard available.contains(where: { $0.version == version }) else {
                return .otherVersion(found: version, have: available.map(\.version).sorted())
            }
            return PostmasterFile.read(layout).map { .stalePid($0.pid) } ?? .stopped
        }
    }

    /// The libpq connection string of the service role, whether or not the cluster runs.
    public func conninfo() throws(ClusterError) -> String {
        layout.conninfo(for: try ClusterAccount.choose(for: layout))
    }

    /// The same for the login of `goutong serve`, which owns nothing.
    public func serviceConninfo() throws(ClusterError) -> String {
        layout.conninfo(for: try ClusterAccount.choose(for: layout), login: ClusterRoles.login)
    }

    /// The programs that fit the cluster, such as for `pg_dump`: of its own version, or the newest for a new
    /// one.
    public func binaries() throws(ClusterError) -> ClusterBinaries {
        var version: Int?
        if case .complete(let found) = try DataFolder.inspect(layout) { version = found }
        return try ClusterBinaries.choose(from: available, version: version, data: layout.data)
    }

    /// Stops the cluster: open sessions are rolled back, committed work is kept.
    /// - Returns: whether it was running.
    @discardableResult
    public func stop(timeout: Duration = .seconds(60)) async throws(ClusterError) -> Bool {
        // Looking first tells "it does not run" from "you may not look".
        guard try DataFolder.inspect(layout) != .absent, server() != nil else { return false }
        let deadline = ContinuousClock.now + timeout
        let account = try ClusterAccount.choose(for: layout)
        let lock = try await ClusterLock.acquire(layout.lock, account: account, until: deadline)
        defer { lock.release() }

        guard let postmaster = server() else { return false }
        // SIGINT is the fast shutdown; it needs none of PostgreSQL's programs, so a cluster whose packages
        // were removed under it still stops.
        guard kill(postmaster.pid, SIGINT) == 0 else {
            guard errno == ESRCH else { throw .wrongOwner(layout.data, account: account.name) }
            return true
        }
        while postmaster.isServer(of: layout) {
            guard ContinuousClock.now < deadline else { throw .stopTimedOut(pid: postmaster.pid) }
            try await ClusterLock.pause()
        }
        return true
    }

    func running(version: Int) -> RunningCluster? {
        server().map {
            RunningCluster(pid: $0.pid, version: version, since: $0.since, isReady: $0.isReady)
        }
    }

    /// The server that runs in the data folder, whoever made it.
    func server() -> PostmasterFile? {
        PostmasterFile.read(layout).flatMap { $0.isServer(of: layout) ? $0 : nil }
    }
}
