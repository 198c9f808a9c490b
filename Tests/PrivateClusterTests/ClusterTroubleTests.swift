import Foundation
import Outreach
import Testing

@testable import PrivateCluster

@Suite("Trouble with a cluster") struct ClusterTroubleTests {
    @Test("a server that was killed recovers, and what was committed is there")
    func killed() async throws {
        try await TemporaryHome.use { home in
            let first = try await home.cluster.start()
            _ = try await TemporaryHome.query(first.conninfo, "CREATE TABLE kept AS SELECT 42 AS answer")
            kill(first.running.pid, SIGKILL)
            while PostmasterFile.read(home.layout)?.isServer(of: home.layout) == true { await Task.yield() }
            #expect(try await home.cluster.status() == .stalePid(first.running.pid))
            #expect(try await home.cluster.stop() == false)

            let second = try await home.cluster.start()
            #expect(second.outcome == .started)
            #expect(try await TemporaryHome.value(second.conninfo, "SELECT answer FROM kept") == "42")
        }
    }

    @Test(
        "a stale pid file that names another program of the same user does not keep it from starting"
    )
    func pidOfAnotherProgram() async throws {
        try await TemporaryHome.use { home in
            try await home.cluster.start()
            try await home.cluster.stop()
            let account = try ClusterAccount.choose(for: home.layout)
            let file = home.layout.log + "/pid"
            let other = Task {
                try await ClusterProcess(account: account).run(
                    "/bin/sh", ["-c", "echo $$ > '\(file)' && exec sleep 60"])
            }
            defer { other.cancel() }
            let pid = try await pid(in: file)

            let stale = "\(pid)\n\(home.layout.data)\n1546300800\n5432\n\n\n\n"
            try stale.write(toFile: PostmasterFile.path(home.layout), atomically: false, encoding: .utf8)
            #expect(try await home.cluster.status() == .stalePid(pid))
            #expect(try await home.cluster.stop() == false)
            #expect(try await home.cluster.start().outcome == .started)
            #expect(kill(pid, 0) == 0)
        }
    }

    @Test("a killed server that its parent has not looked at yet keeps its number, and nobody from starting")
    func zombie() async throws {
        try await TemporaryHome.use { home in
            try await home.cluster.start()
            try await home.cluster.stop()
            let account = try ClusterAccount.choose(for: home.layout)
            let pid = try zombie(of: account)
            defer { waitpid(pid, nil, 0) }
            let socketLock = "\(home.layout.socket(for: account))/\(ClusterLayout.socketName).lock"
            for path in [PostmasterFile.path(home.layout), socketLock] {
                try "\(pid)\n\(home.layout.data)\n1546300800\n5432\n\n\n\nready\n".write(
                    toFile: path, atomically: false, encoding: .utf8)
            }
            #expect(try await home.cluster.status() == .stalePid(pid))
            #expect(try await home.cluster.start().outcome == .started)
            #expect(kill(pid, 0) == 0)
        }
    }

    @Test("a half-made folder is set aside with all that is in it; folders of interrupted makings go")
    func halfMade() async throws {
        try await TemporaryHome.use { home in
            let manager = FileManager.default
            let leftover = home.layout.state + "/" + ClusterLayout.makingPrefix + "1"
            for path in [home.layout.data, leftover] {
                try manager.createDirectory(atPath: path + "/base", withIntermediateDirectories: true)
            }
            try "15\n".write(toFile: home.layout.data + "/PG_VERSION", atomically: false, encoding: .utf8)
            #expect(try await home.cluster.status() == .halfMade)

            let started = try await home.cluster.start()
            #expect(started.outcome == .created)
            let aside = try #require(started.setAside)
            #expect(manager.fileExists(atPath: aside + "/PG_VERSION"))
            #expect(!manager.fileExists(atPath: leftover))
        }
    }

    @Test(
        "data of another major version is named with both versions, and not touched", arguments: [14, 18, 9])
    func otherVersion(found: Int) async throws {
        try await TemporaryHome.use(binaries: [ClusterBinaries(version: 16, folder: "/nowhere")]) { home in
            try makeData(home, version: found == 9 ? "9.6" : "\(found)")
            #expect(try await home.cluster.status() == .otherVersion(found: found, have: [16]))
            let before = FolderFacts(at: home.layout.data)
            let error = try #require(await clusterError { _ = try await home.cluster.start() })
            #expect(error.code == .otherVersion)
            for text in [error.message.zh, error.message.en] {
                #expect(text.contains("\(found)") && text.contains("16"))
            }
            #expect(FolderFacts(at: home.layout.data) == before)
            #expect(try FileManager.default.contentsOfDirectory(atPath: home.layout.state) == ["data"])
        }
    }

    @Test("a folder that was complete and lacks vital files is refused, never replaced")
    func damaged() async throws {
        try await TemporaryHome.use { home in
            try makeData(home, version: "15")
            try FileManager.default.removeItem(atPath: home.layout.data + "/global")
            #expect(try await home.cluster.status() == .damaged)
            #expect(await clusterError { _ = try await home.cluster.start() }?.code == .damaged)
            #expect(FolderFacts(at: home.layout.data) != nil)
        }
    }

    @Test("a server that Goutong did not make is left alone, also when it sits in the place of the data")
    func occupied() async throws {
        try await TemporaryHome.use { home in
            let running = try await home.cluster.start().running
            unlink(home.layout.data + "/" + ClusterLayout.mark)
            let error = try #require(await clusterError { try await home.cluster.start() })
            #expect(error == .occupied(home.layout.data, pid: running.pid))
            #expect(PostmasterFile.read(home.layout)?.isServer(of: home.layout) == true)
        }
    }

    @Test("data that others can read is refused with the command that mends it")
    func permissions() async throws {
        try await TemporaryHome.use { home in
            try await home.cluster.start()
            try await home.cluster.stop()
            chmod(home.layout.data, 0o750)
            let error = try #require(await clusterError { _ = try await home.cluster.start() })
            #expect(error.code == .permissions)
            #expect(error.mend.en.contains("chmod 700 \(home.layout.data)"))
            chmod(home.layout.data, 0o700)
            #expect(try await home.cluster.start().outcome == .started)
        }
    }

    @Test("too little space is said before anything is made")
    func littleSpace() async throws {
        try await TemporaryHome.use(free: 5 << 20) { home in
            let error = try #require(await clusterError { _ = try await home.cluster.start() })
            #expect(error.code == .diskFull)
            #expect(error.message.en.contains("5 MiB left, 96 MiB needed"))
            #expect(try await home.cluster.status() == .notCreated)
        }
    }

    @Test("settings PostgreSQL refuses are reported with what it says")
    func badSetting() async throws {
        try await TemporaryHome.use { home in
            try await home.cluster.start()
            try await home.cluster.stop()
            let local = home.layout.configuration + "/local.conf"
            try "work_mem = 'much'\n".write(toFile: local, atomically: false, encoding: .utf8)
            let error = try #require(await clusterError { _ = try await home.cluster.start() })
            #expect(error.code == .startFailed)
            #expect(error.logTail.contains { $0.contains("work_mem") })
        }
    }

    @Test("a missing server names the package to install")
    func noBinaries() async throws {
        try await TemporaryHome.use(binaries: []) { home in
            let error = try #require(await clusterError { _ = try await home.cluster.start() })
            #expect(error.code == .binariesMissing)
            #expect(error.mend.en.contains("apt-get install postgresql"))
            #expect(!FileManager.default.fileExists(atPath: home.path))
        }
    }

    /// What looks like a finished cluster and holds nothing.
    private func makeData(_ home: TemporaryHome, version: String) throws {
        let data = home.layout.data
        try FileManager.default.createDirectory(atPath: data + "/global", withIntermediateDirectories: true)
        for (name, text) in [
            ("PG_VERSION", version + "\n"), ("global/pg_control", ""), (ClusterLayout.mark, "1\n"),
        ] {
            try text.write(toFile: data + "/" + name, atomically: false, encoding: .utf8)
        }
    }

    /// A process of the account that has ended and whose parent, this one, does not look at it.
    private func zombie(of account: ClusterAccount) throws -> pid_t {
        var words = ["/bin/true"]
        if account.uid != geteuid() {
            words =
                ["/usr/bin/setpriv", "--reuid=\(account.uid)", "--regid=\(account.gid)", "--clear-groups"]
                + words
        }
        let arguments = words.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        var pid: pid_t = 0
        try #require(posix_spawn(&pid, words[0], nil, nil, arguments + [nil], [nil]) == 0)
        var information = siginfo_t()
        waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT)
        return pid
    }

    /// What a program wrote to the file about itself, as soon as it has.
    private func pid(in file: String) async throws -> Int32 {
        while true {
            let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            if text.hasSuffix("\n"), let pid = Int32(text.dropLast()) { return pid }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
