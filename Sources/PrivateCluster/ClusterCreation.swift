import Foundation

/// Makes a new data folder so that it appears complete, role and database included, or not at all.
struct ClusterCreation: Sendable {
    /// Bytes a new cluster takes with its first write-ahead log, with some to spare.
    static let neededSpace: UInt64 = 96 << 20

    let layout: ClusterLayout
    let account: ClusterAccount
    let binaries: ClusterBinaries
    let folders: ClusterFolders
    let process: ClusterProcess

    /// Moves away whatever is in the place of the data and never became a cluster.
    /// - Returns: where it is now; nil where there was nothing, or only an empty folder.
    func setAsideHalfMade(now: Date = Date()) throws(ClusterError) -> String? {
        if rmdir(layout.data) == 0 { return nil }
        let moment = now.formatted(.iso8601.dateSeparator(.omitted).timeSeparator(.omitted))
        let aside = "\(layout.data).set-aside-\(moment)-\(UUID().uuidString.prefix(4))"
        guard rename(layout.data, aside) == 0 else { throw .system(errno, layout.data) }
        return aside
    }

    /// Call it with the lock held and no data folder.
    func create() async throws(ClusterError) {
        removeLeftovers()
        let making = "\(layout.state)/\(ClusterLayout.makingPrefix)\(UUID().uuidString.prefix(8))"
        try folders.make(making, owner: account.uid, mode: 0o700)
        do throws(ClusterError) {
            try await initialise(making)
            try await addService(making)
            try folders.create(
                making + "/" + ClusterLayout.mark, containing: ClusterRoles.version, owner: account.uid,
                mode: 0o600)
            try folders.sync(making)
            guard rename(making, layout.data) == 0 else { throw .system(errno, layout.data) }
            try folders.sync(layout.state)
        } catch {
            try? FileManager.default.removeItem(atPath: making)
            throw error
        }
    }

    private func initialise(_ folder: String) async throws(ClusterError) {
        let outcome = try await process.run(
            binaries.program("initdb"),
            [
                "--pgdata=\(folder)", "--username=\(ClusterLayout.superuser)", "--encoding=UTF8",
                "--locale=C.UTF-8", "--data-checksums", "--auth-local=peer", "--auth-host=reject",
                "--no-instructions",
            ])
        try check(outcome)
    }

    // In single-user mode, before anyone can connect. The role may make databases, for restores to scratch,
    // but no roles: before PostgreSQL 16 that would be as good as superuser.
    private func addService(_ folder: String) async throws(ClusterError) {
        let service = ClusterLayout.service
        let outcome = try await process.run(
            binaries.program("postgres"),
            ["--single", "-D", folder, "-c", "exit_on_error=on", ClusterLayout.superuser],
            input: """
                CREATE ROLE \(service) LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
                CREATE DATABASE \(service) OWNER \(service) TEMPLATE template0;
                REVOKE ALL ON DATABASE \(service) FROM PUBLIC;
                \(ClusterRoles.statement)
                """)
        try check(outcome)
    }

    /// Adds the roles that an older Goutong did not make. Call it with the lock held and no server running.
    func addMissingRoles() async throws(ClusterError) {
        let mark = layout.data + "/" + ClusterLayout.mark
        guard (try? String(contentsOfFile: mark, encoding: .utf8)) != ClusterRoles.version else { return }
        let outcome = try await process.run(
            binaries.program("postgres"),
            ["--single", "-D", layout.data, "-c", "exit_on_error=on", ClusterLayout.superuser],
            input: ClusterRoles.statement)
        try check(outcome)
        try folders.replace(mark, with: ClusterRoles.version)
    }

    private func check(_ outcome: ClusterProcess.Outcome) throws(ClusterError) {
        guard outcome.status != 0 else { return }
        let tail = ClusterLog.lastLines(of: outcome.output)
        guard !ClusterLog.tellsOfFullDisk(tail) else { throw .diskFull(layout.state, logTail: tail) }
        throw .creationFailed(logTail: tail)
    }

    // Of commands that were killed: nobody ever connected to these, so there is nothing in them to keep.
    private func removeLeftovers() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: layout.state)) ?? []
        for name in names where name.hasPrefix(ClusterLayout.makingPrefix) {
            try? FileManager.default.removeItem(atPath: layout.state + "/" + name)
        }
    }
}
