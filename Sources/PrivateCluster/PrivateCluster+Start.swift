import Foundation

extension PrivateCluster {
    /// Makes the cluster if there is none, starts it if it does not run, and waits until it accepts
    /// connections.
    ///
    /// A half-made data folder is set aside, a stale `postmaster.pid` is dealt with, an interrupted server is
    /// recovered. Where it cannot go on, it says why and leaves the data untouched.
    /// - Throws: `ClusterError` with any code but `homeUnknown` and `stopTimedOut`.
    @discardableResult
    public func start(timeout: Duration = .seconds(60)) async throws(ClusterError) -> StartedCluster {
        let deadline = ContinuousClock.now + timeout
        let account = try ClusterAccount.choose(for: layout)
        if let running = try runningCluster(), running.isReady {
            return started(.alreadyRunning, running, account)
        }

        let binaries = try binaries()
        let folders = ClusterFolders(layout: layout, account: account)
        let process = ClusterProcess(account: account)
        try folders.prepare()
        try await checkReachable(process)
        let lock = try await ClusterLock.acquire(layout.lock, account: account, until: deadline)
        defer { lock.release() }

        // Whoever held the lock may have started it, or have given up waiting for a long recovery.
        if try runningCluster() != nil {
            return started(.alreadyRunning, try await whenReady(until: deadline), account)
        }

        let creation = ClusterCreation(
            layout: layout, account: account, binaries: binaries, folders: folders, process: process)
        let (outcome, setAside) = try await ensureData(creation)
        try checkData(account)
        try removeStaleLocks(account)
        try folders.prepareForServer()
        try await creation.addMissingRoles()
        let settings = ClusterSettings(
            layout: layout, account: account, memory: ClusterSettings.availableMemory())
        try folders.replace(layout.configuration + "/pg_hba.conf", with: settings.hba)
        try folders.replace(layout.configuration + "/pg_ident.conf", with: settings.ident)
        try folders.replace(layout.configuration + "/postgresql.conf", with: settings.postgresql)
        try await launch(binaries, process, until: deadline)
        return started(outcome, try await whenReady(until: deadline), account, setAside: setAside)
    }

    private func started(
        _ outcome: StartedCluster.Outcome, _ running: RunningCluster, _ account: ClusterAccount,
        setAside: String? = nil
    ) -> StartedCluster {
        StartedCluster(
            outcome: outcome, conninfo: layout.conninfo(for: account), running: running, setAside: setAside)
    }

    private func runningCluster() throws(ClusterError) -> RunningCluster? {
        guard case .complete(let version) = try DataFolder.inspect(layout) else { return nil }
        return running(version: version)
    }

    /// A borrowed account must be able to enter each folder on the way; `test` asks the kernel, which also
    /// knows groups and access lists.
    private func checkReachable(_ process: ClusterProcess) async throws(ClusterError) {
        guard process.account.uid != geteuid() else { return }
        func canEnter(_ path: String) async throws(ClusterError) -> Bool {
            try await process.run("/usr/bin/test", ["-x", path]).status == 0
        }
        // More than one look: another command may have made the folder and not yet given it away.
        for _ in 0..<4 {
            if try await canEnter(layout.state) { return }
            try await ClusterLock.pause()
        }
        var path = ""
        for name in layout.state.split(separator: "/") {
            path += "/" + name
            guard try await canEnter(path) else {
                throw .homeUnreachable(folder: path, account: process.account.name)
            }
        }
    }

    private func ensureData(
        _ creation: ClusterCreation
    ) async throws(ClusterError) -> (StartedCluster.Outcome, setAside: String?) {
        var setAside: String?
        switch try DataFolder.inspect(layout) {
        case .complete: return (.started, nil)
        case .damaged: throw .damaged(layout.data)
        case .absent: break
        case .halfMade:
            if let server = server() {
                throw .occupied(layout.data, pid: server.pid)
            }
            setAside = try creation.setAsideHalfMade()
        }
        if let free = freeSpace(layout.state), free < ClusterCreation.neededSpace {
            throw .diskFull(layout.state, free: free, needed: ClusterCreation.neededSpace)
        }
        try await creation.create()
        return (.created, setAside)
    }

    // PostgreSQL checks both too, but says so in the log of a server that did not start.
    private func checkData(_ account: ClusterAccount) throws(ClusterError) {
        guard let facts = FolderFacts(at: layout.data) else { throw .system(errno, layout.data) }
        guard facts.owner == account.uid else { throw .wrongOwner(layout.data, account: account.name) }
        guard facts.mode & 0o077 == 0 else { throw .permissions(layout.data, mode: facts.mode) }
    }

    /// PostgreSQL discards the files of a process that is gone, but not when its number went to another
    /// program of the same user, or is still a zombie's. It also guards the data by its shared memory, so
    /// that removing them is safe.
    private func removeStaleLocks(_ account: ClusterAccount) throws(ClusterError) {
        let socketLock = "\(layout.socket(for: account))/\(ClusterLayout.socketName).lock"
        for path in [PostmasterFile.path(layout), socketLock] {
            guard let stale = PostmasterFile(contentsOf: path), stale.isTaken, !stale.isServer(of: layout)
            else { continue }
            guard unlink(path) == 0 || errno == ENOENT else { throw .system(errno, path) }
        }
    }

    private func launch(
        _ binaries: ClusterBinaries, _ process: ClusterProcess, until deadline: ContinuousClock.Instant
    ) async throws(ClusterError) {
        while true {
            unlink(layout.startupLog)
            let begun = Date()
            let outcome = try await process.run(
                binaries.program("pg_ctl"),
                [
                    "start", "--silent", "--wait", "--timeout=\(Self.seconds(until: deadline))",
                    "--pgdata=\(layout.data)", "--log=\(layout.startupLog)",
                    "--options=-c config_file=\(Self.shellQuoted(layout.configuration + "/postgresql.conf"))",
                ])
            if outcome.status == 0 || server() != nil { return }

            let said = ClusterLog(layout: layout).tail(since: begun)
            let tail = said.isEmpty ? ClusterLog.lastLines(of: outcome.output) : said
            if ClusterLog.tellsOfOrphans(tail), ContinuousClock.now < deadline {
                try await ClusterLock.pause()
                continue
            }
            // It was still there when the locks were looked at, and is no server any more.
            if ClusterLog.tellsOfLock(tail), server() == nil, ContinuousClock.now < deadline {
                try await ClusterLock.pause()
                try removeStaleLocks(process.account)
                continue
            }
            // On a full disk the log may be empty for that very reason.
            let isFull = freeSpace(layout.state).map { $0 < 1 << 20 } ?? false
            guard !isFull, !ClusterLog.tellsOfFullDisk(tail) else {
                throw .diskFull(layout.state, logTail: tail)
            }
            throw .startFailed(logFolder: layout.log, logTail: tail)
        }
    }

    private func whenReady(until deadline: ContinuousClock.Instant) async throws(ClusterError)
        -> RunningCluster
    {
        let begun = Date()
        while let running = try runningCluster() {
            if running.isReady { return running }
            guard ContinuousClock.now < deadline else {
                throw .notReady(logTail: ClusterLog(layout: layout).tail(since: begun))
            }
            try await ClusterLock.pause()
        }
        throw .startFailed(logFolder: layout.log, logTail: ClusterLog(layout: layout).tail(since: begun))
    }

    private static func seconds(until deadline: ContinuousClock.Instant) -> Int64 {
        max(1, (deadline - ContinuousClock.now).components.seconds)
    }

    private static func shellQuoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
