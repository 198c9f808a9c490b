import Foundation

@testable import PrivateCluster

/// A home folder for one test: a short path, since sockets need one, that every account can enter.
struct TemporaryHome {
    let path: String
    let cluster: PrivateCluster
    let layout: ClusterLayout

    /// The PostgreSQL under test; `GOUTONG_TEST_POSTGRES` names a folder, laid out as Debian's, of another.
    static let installed =
        ProcessInfo.processInfo.environment["GOUTONG_TEST_POSTGRES"]
        .map { ClusterBinaries.installed(below: $0) } ?? ClusterBinaries.installed()

    init(_ path: String, free: UInt64? = nil, binaries: [ClusterBinaries] = TemporaryHome.installed)
        throws
    {
        self.path = path
        let url = URL(fileURLWithPath: path, isDirectory: true)
        cluster = try PrivateCluster(
            home: url, binaries: binaries, freeSpace: { free ?? FolderFacts.freeSpace(at: $0) })
        layout = try ClusterLayout(home: url)
    }

    /// Gives a home to the test, then stops whatever runs there and removes it.
    static func use(
        _ suffix: String = "", free: UInt64? = nil, binaries: [ClusterBinaries] = TemporaryHome.installed,
        _ body: (TemporaryHome) async throws -> Void
    ) async throws {
        let folder = "\(P_tmpdir)/gt-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let home = try TemporaryHome(folder + "/home" + suffix, free: free, binaries: binaries)
        do { try await body(home) } catch {
            _ = try? await home.cluster.stop()
            throw error
        }
        try await home.cluster.stop()
    }

    /// Runs SQL as the caller of the test, with a connection string and nothing else.
    static func query(_ conninfo: String, _ sql: String) async throws -> ClusterProcess.Outcome {
        let caller = ClusterAccount(name: "", uid: geteuid(), gid: getegid(), keeper: geteuid())
        let psql = try await binaries().program("psql")
        return try await ClusterProcess(account: caller).run(
            psql, ["--no-psqlrc", "--tuples-only", "--no-align", "--dbname=\(conninfo)", "--command=\(sql)"])
    }

    /// The answer to one question, without the line's end.
    static func value(_ conninfo: String, _ sql: String) async throws -> String {
        try await query(conninfo, sql).output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func binaries() async throws -> ClusterBinaries {
        try ClusterBinaries.choose(from: installed, version: nil, data: "")
    }
}

/// The error a call throws, nil where it throws none.
func clusterError(_ body: () async throws -> Void) async -> ClusterError? {
    do { try await body() } catch let error as ClusterError { return error } catch {}
    return nil
}
