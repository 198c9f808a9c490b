import Foundation
import Testing

@testable import PrivateCluster

@Suite("Accounts and processes") struct ClusterAccountTests {
    /// Becomes an ordinary user where the test is root; only for processes that end with the test.
    static func becomeOrdinary() {
        guard geteuid() == 0 else { return }
        _ = setgroups(0, nil)
        precondition(setgid(65_534) == 0 && setuid(65_534) == 0)
    }

    /// A folder in which any account may make its home.
    static func openFolder() throws -> String {
        let folder = "\(P_tmpdir)/gt-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        chmod(folder, 0o777)
        return folder
    }

    @Test("an ordinary user's cluster is that user's alone, and root can use it and leaves it so")
    func ordinaryUser() async throws {
        let folder = try Self.openFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            Self.becomeOrdinary()
            let home = try TemporaryHome(folder + "/home")
            let started = try await home.cluster.start()
            #expect(started.outcome == .created)
            #expect(try await TemporaryHome.value(started.conninfo, "SELECT current_user") == "goutong")
            for path in [home.path, home.layout.state, home.layout.configuration, home.layout.data] {
                let facts = FolderFacts(at: path)
                #expect(facts?.owner == geteuid() && facts?.mode == 0o700, "\(path)")
            }
        }

        let home = try TemporaryHome(folder + "/home")
        let running = try await home.cluster.start()
        #expect(running.outcome == .alreadyRunning)
        #expect(try await TemporaryHome.value(running.conninfo, "SELECT current_user") == "goutong")
        #expect(try await home.cluster.stop())
        #expect(try await home.cluster.start().outcome == .started)

        await #expect(processExitsWith: .success) { [folder = folder as String] in
            Self.becomeOrdinary()
            let home = try TemporaryHome(folder + "/home")
            #expect(try await home.cluster.start().outcome == .alreadyRunning)
            #expect(try await home.cluster.stop())
        }
    }

    @Test("another user can neither use nor enter it", .enabled(if: geteuid() == 0, "needs root"))
    func stranger() async throws {
        try await TemporaryHome.use { home in
            let started = try await home.cluster.start()
            await #expect(processExitsWith: .success) {
                [conninfo = started.conninfo as String, path = home.path as String] in
                Self.becomeOrdinary()
                #expect(try await TemporaryHome.query(conninfo, "SELECT 1").status != 0)
                let home = try TemporaryHome(path)
                #expect(await clusterError { try await home.cluster.start() }?.code == .notWritable)
                #expect(await clusterError { _ = try await home.cluster.status() }?.code == .notWritable)
                #expect(await clusterError { try await home.cluster.stop() }?.code == .notWritable)
            }
            #expect(FolderFacts(at: home.layout.configuration)?.owner == 0)
            #expect(FolderFacts(at: home.layout.data)?.owner != 0)
        }
    }

    @Test("a user id without a name is refused with a mend", .enabled(if: geteuid() == 0, "needs root"))
    func namelessUser() async throws {
        let folder = try Self.openFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            precondition(setgid(54_321) == 0 && setuid(54_321) == 0)
            let home = try TemporaryHome(folder + "/home")
            #expect(await clusterError { try await home.cluster.start() }?.code == .accountUnknown)
        }
    }

    @Test(
        "root is told which folder its cluster's account cannot enter",
        .enabled(if: geteuid() == 0, "needs root"))
    func unreachable() async throws {
        let folder = try Self.openFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        chmod(folder, 0o700)
        let home = try TemporaryHome(folder + "/deep/home")
        let error = try #require(await clusterError { try await home.cluster.start() })
        #expect(error == .homeUnreachable(folder: folder, account: "postgres"))
        #expect(try await home.cluster.status() == .notCreated)
    }

    @Test(
        "a disk that fills up while the cluster is made is named, and nothing half-made stays",
        .enabled(if: geteuid() == 0, "needs root"), arguments: ["8m", "30m"])
    func fullDisk(size: String) async throws {
        let folder = try Self.openFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let caller = ClusterAccount(name: "root", uid: 0, gid: 0, keeper: 0)
        let mounted = try await ClusterProcess(account: caller).run(
            "/usr/bin/mount", ["-t", "tmpfs", "-o", "size=\(size),mode=755", "goutong-test", folder])
        try #require(mounted.status == 0)
        defer { umount2(folder, Int32(MNT_DETACH)) }

        let home = try TemporaryHome(folder + "/home", free: .max)
        let error = try #require(await clusterError { try await home.cluster.start() })
        #expect(error.code == .diskFull)
        #expect(error.logTail.contains { $0.contains("No space left on device") })
        #expect(try await home.cluster.status() == .notCreated)
        let left = try FileManager.default.contentsOfDirectory(atPath: home.layout.state)
        #expect(left.sorted() == ["configuration", "lock"])
    }

    @Test(
        "processes and tasks that start the same cluster at once all succeed, and one of them makes it"
    )
    func startedAtOnce() async throws {
        let folder = try Self.openFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        async let first: Void = Self.startElsewhere(folder)
        async let second: Void = Self.startElsewhere(folder)
        let outcomes = try await withThrowingTaskGroup(of: StartedCluster.self) { group in
            for _ in 0..<3 {
                group.addTask { try await TemporaryHome(folder + "/home").cluster.start() }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        _ = await (first, second)
        #expect(Set(outcomes.map(\.running.pid)).count == 1)
        #expect(outcomes.filter { $0.outcome == .created }.count <= 1)
        let home = try TemporaryHome(folder + "/home")
        let made = try FileManager.default.contentsOfDirectory(atPath: home.layout.state)
        #expect(made.sorted() == ["configuration", "data", "lock", "log", "socket"])
        #expect(try await home.cluster.stop())
    }

    private static func startElsewhere(_ folder: String) async {
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            let started = try await TemporaryHome(folder + "/home").cluster.start()
            #expect(try await TemporaryHome.value(started.conninfo, "SELECT 1") == "1")
        }
    }

    @Test("waiting for a lock ends at the deadline")
    func lockDeadline() async throws {
        try await TemporaryHome.use { home in
            try await home.cluster.start()
            let account = try ClusterAccount.choose(for: home.layout)
            let lock = try await ClusterLock.acquire(home.layout.lock, account: account, until: .now)
            let error = await clusterError { try await home.cluster.stop(timeout: .milliseconds(50)) }
            #expect(error?.code == .locked)
            lock.release()
        }
    }

    @Test("a cancelled start leaves nothing half-made, and the next one succeeds")
    func cancelled() async throws {
        try await TemporaryHome.use { home in
            let start = Task<StartedCluster, any Error> { try await home.cluster.start() }
            while !isBeingMade(home) { await Task.yield() }
            start.cancel()
            let error = await clusterError { _ = try await start.value }
            #expect(error?.code == .cancelled)
            let status = try await home.cluster.status()
            #expect(status == .notCreated)
            let next = try await home.cluster.start()
            #expect(next.outcome == .created)
        }
    }

    private func isBeingMade(_ home: TemporaryHome) -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: home.layout.state)) ?? []
        return names.contains { $0.hasPrefix(ClusterLayout.makingPrefix) }
    }
}
