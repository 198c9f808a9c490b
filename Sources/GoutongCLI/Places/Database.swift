internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import PrivateCluster
internal import Vault

/// The database that commands work on: `GOUTONG_DATABASE_URL`, else the private cluster.
struct Database {
    let connection: PostgresConnection
    /// The libpq connection string that it was opened with.
    let conninfo: String
    /// Goutong's home folder.
    let home: URL
    let isPrivate: Bool

    static var url: String? {
        let url = ProcessInfo.processInfo.environment["GOUTONG_DATABASE_URL"]
        return url.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Connects, starting the private cluster where it is not running.
    static func open() async throws -> Database {
        let home = try GoutongHome.resolve()
        if let url {
            return Database(
                connection: try await LedgerSession.connect(to: url), conninfo: url, home: home,
                isPrivate: false)
        }
        let cluster = try PrivateCluster(home: home)
        // A running cluster answers at once; only otherwise is it looked after.
        if let conninfo = try? await cluster.conninfo(),
            let connection = try? await LedgerSession.connect(to: conninfo)
        {
            return Database(
                connection: connection, conninfo: conninfo, home: home, isPrivate: true)
        }
        return try await started(cluster, home: home)
    }

    /// A server that was killed may seem to run until the kernel has taken it away: it is looked at again.
    private static func started(_ cluster: PrivateCluster, home: URL) async throws -> Database {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            let started = try await cluster.start()
            do throws(PostgresError) {
                return Database(
                    connection: try await LedgerSession.connect(to: started.conninfo),
                    conninfo: started.conninfo, home: home, isPrivate: true)
            } catch {
                guard started.outcome == .alreadyRunning, error.sqlState == nil,
                    ContinuousClock.now < deadline
                else { throw error }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The key file: named by `GOUTONG_KEY_FILE`, else `master.key` in the home. It is made on first use
    /// for the private cluster only: a shared server's key comes from whoever runs it.
    func masterKey() async throws -> MasterKey {
        let file = try keyFile()
        // A key that somebody names must be there: a new one in its place would open nothing.
        guard isPrivate, Self.namedKeyFile == nil else { return try MasterKey.read(from: file) }
        return try await Self.ownKey(at: file, of: connection)
    }

    /// The key of the private cluster. None is made where something was sealed already, as in a database that was
    /// restored: a new one would open nothing, and be in the way of the right one.
    static func ownKey(at file: URL, of connection: PostgresConnection) async throws -> MasterKey {
        guard !FileManager.default.fileExists(atPath: file.path),
            try await Federation.isAnySealed(on: connection)
        else { return try MasterKey.readOrMake(at: file) }
        return try MasterKey.read(from: file)
    }

    func keyFile() throws -> URL {
        Self.namedKeyFile ?? home.appendingPathComponent("master.key")
    }

    private static var namedKeyFile: URL? {
        ProcessInfo.processInfo.environment["GOUTONG_KEY_FILE"].map { URL(fileURLWithPath: $0) }
    }
}
