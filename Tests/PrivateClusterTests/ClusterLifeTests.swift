import Foundation
import Testing

@testable import PrivateCluster

@Suite("The life of a cluster") struct ClusterLifeTests {
    @Test(
        "made, asked, stopped and started again: what was committed is there, and each call may be repeated")
    func life() async throws {
        try await TemporaryHome.use { home in
            #expect(try await home.cluster.status() == .notCreated)
            #expect(try await home.cluster.stop() == false)

            let first = try await home.cluster.start()
            #expect(first.outcome == .created)
            #expect(first.setAside == nil)
            #expect(first.conninfo == (try await home.cluster.conninfo()))
            _ = try await TemporaryHome.query(first.conninfo, "CREATE TABLE kept AS SELECT 42 AS answer")

            let again = try await home.cluster.start()
            #expect(again.outcome == .alreadyRunning)
            #expect(again.running == first.running)
            #expect(try await home.cluster.status() == .running(first.running))
            #expect(abs(first.running.since.timeIntervalSinceNow) < 60)

            #expect(try await home.cluster.stop())
            #expect(try await home.cluster.stop() == false)
            #expect(try await home.cluster.status() == .stopped)

            let second = try await home.cluster.start()
            #expect(second.outcome == .started)
            #expect(try await TemporaryHome.value(second.conninfo, "SELECT answer FROM kept") == "42")
        }
    }

    @Test("the service role owns its database and can do what the application needs, and no more")
    func serviceRole() async throws {
        try await TemporaryHome.use { home in
            let conninfo = try await home.cluster.start().conninfo
            func value(_ sql: String) async throws -> String { try await TemporaryHome.value(conninfo, sql) }

            #expect(try await value("SELECT current_user || ' ' || current_database()") == "goutong goutong")
            let role =
                "SELECT rolsuper, rolcreaterole, rolreplication, rolbypassrls, rolcreatedb FROM pg_roles"
            #expect(try await value(role + " WHERE rolname = current_user") == "f|f|f|f|t")
            #expect(
                try await TemporaryHome.query(
                    conninfo, "CREATE EXTENSION btree_gist; CREATE EXTENSION pg_trgm"
                )
                .status == 0)
            #expect(try await value("SELECT show_trgm('朝阳区') <> '{}'") == "t")
            #expect(try await value("SELECT pg_read_file('PG_VERSION')").contains("permission denied"))
            // The superuser is the cluster's own account: an ordinary caller's, and never root's.
            let asSuperuser = try await TemporaryHome.query(conninfo + " user=postgres", "SELECT 1").status
            #expect((asSuperuser == 0) == (geteuid() != 0))

            let encoding = "SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database"
            #expect(try await value(encoding + " WHERE datname = current_database()") == "UTF8|C.UTF-8")
        }
    }

    @Test("the settings are durable, and the cluster listens on its private socket alone")
    func settings() async throws {
        try await TemporaryHome.use { home in
            let conninfo = try await home.cluster.start().conninfo
            let expected = [
                "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "replica",
                "data_checksums": "on", "listen_addresses": "", "password_encryption": "scram-sha-256",
                "timezone": "UTC", "log_statement": "none", "logging_collector": "on",
            ]
            for (name, value) in expected {
                #expect(try await TemporaryHome.value(conninfo, "SHOW \(name)") == value, "\(name)")
            }
            for path in [home.layout.data, home.layout.log, home.layout.state + "/socket"] {
                #expect(FolderFacts(at: path)?.mode == 0o700, "\(path)")
            }
        }
    }

    @Test("values of rows never reach the log, also when a statement fails on them")
    func logWithoutValues() async throws {
        try await TemporaryHome.use { home in
            let conninfo = try await home.cluster.start().conninfo
            let secret = "13812345678"
            let failing = [
                "CREATE TABLE t (phone text PRIMARY KEY); INSERT INTO t VALUES ('\(secret)'), ('\(secret)')",
                "SELECT '\(secret)x'::integer", "SELECT \(secret)secret FROM nowhere",
                "DO $$ BEGIN RAISE WARNING '\(secret)'; RAISE EXCEPTION '\(secret)'; END $$",
            ]
            for sql in failing { _ = try await TemporaryHome.query(conninfo, sql) }
            try await home.cluster.stop()

            let names = try FileManager.default.contentsOfDirectory(atPath: home.layout.log)
            let log = try names.map {
                try String(contentsOfFile: home.layout.log + "/" + $0, encoding: .utf8)
            }
            #expect(log.joined().contains("database system is shut down"))
            #expect(!log.joined().contains(secret))
        }
    }

    @Test(
        "paths with blanks, an apostrophe, a comma, Chinese letters work, and one too long for a socket"
    )
    func unusualPaths() async throws {
        for suffix in [" 总 工'会,1", "/" + String(repeating: "长", count: 40)] {
            try await TemporaryHome.use(suffix) { home in
                let started = try await home.cluster.start()
                #expect(try await TemporaryHome.value(started.conninfo, "SELECT 1") == "1")
                let account = try ClusterAccount.choose(for: home.layout)
                let socket = home.layout.socket(for: account)
                #expect(FolderFacts(at: socket)?.mode == 0o700)
                try await home.cluster.stop()
                try FileManager.default.removeItem(atPath: socket)
            }
        }
    }
}
