internal import Outreach
internal import OutreachStore
internal import PostgresClient

// Before: what can be known without touching anything.
extension Restore {
    /// What restores that were killed left behind. The reservation says that none of them lives.
    func removeLeftovers() async throws {
        for name in try await server.own(prefix: Self.scratchPrefix(live)) {
            try await server.drop(name)
            steps.say(
                Bilingual(
                    zh: "已清除中断的恢复留下的 \(name)", en: "removed \(name), left by a restore that was cut short"))
        }
    }

    /// Everything that can be known before the work is done.
    /// - Returns: whether the live database holds nothing of ours.
    func check(isDrill: Bool, force: Bool) async throws -> Bool {
        guard version >= manifest.server else {
            throw CommandFailure.serverOlder(version, than: manifest.server)
        }
        // Looked for before anything is made.
        _ = try restorer()
        guard try await server.mayCreate() else { throw CommandFailure.mayNotCreate(role) }
        try await makeRoles()
        guard let standing = try await server.standing(of: live) else { return true }
        guard standing.isOwn || isDrill else { throw CommandFailure.notOwnDatabase(live, role) }
        if !isDrill, !force { try await refuseSessions() }
        return await isLiveEmpty()
    }

    /// Whoever has just left may still be seen for a moment: two seconds' grace.
    private func refuseSessions() async throws {
        let deadline = ContinuousClock.now + .seconds(2)
        while let sessions = try await server.standing(of: live)?.sessions, sessions > 0 {
            guard ContinuousClock.now < deadline else {
                throw CommandFailure.inUse(live, sessions: sessions)
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Where it cannot be looked at, there may be something in it: it is kept.
    private func isLiveEmpty() async -> Bool {
        guard let connection = try? await PostgresConnection.connect(to: target.conninfo) else {
            return false
        }
        let row = try? await connection.query("SELECT to_regnamespace('goutong') IS NULL").first
        let isEmpty = try? row?.decode(Bool.self)
        await connection.close()
        return isEmpty ?? false
    }

    /// Roles belong to the server: another one may lack those that grants and policies name.
    private func makeRoles() async throws {
        for name in try await server.missing(of: manifest.digest.roles) {
            // Ours are the migration's to make; what others are for, an administrator knows.
            guard name.hasPrefix("goutong_"), (try? await server.makeRole(name)) != nil else {
                throw CommandFailure.roleMissing(name)
            }
        }
    }
}
