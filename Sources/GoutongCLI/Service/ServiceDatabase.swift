internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import PrivateCluster
internal import Vault

/// The database of the service: `GOUTONG_SERVICE_DATABASE_URL`, else the private cluster.
struct ServiceDatabase {
    /// Of a login that owns nothing.
    let conninfo: String
    let master: MasterKey
    /// nil where somebody else keeps the server running.
    let cluster: PrivateCluster?

    static func open(_ settings: ServiceSettings) async throws -> ServiceDatabase {
        let environment = settings.value(.home).map { ["GOUTONG_HOME": $0] } ?? [:]
        let home = try GoutongHome.resolve(
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 })
        let named = settings.value(.keyFile).map { URL(fileURLWithPath: $0) }
        let file = named ?? home.appendingPathComponent("master.key")
        if let conninfo = settings.value(.database) {
            return ServiceDatabase(
                conninfo: conninfo, master: try MasterKey.read(from: file), cluster: nil)
        }
        guard Database.url == nil else { throw ownersURL }
        let cluster = try PrivateCluster(home: home)
        let owner = try await cluster.start().conninfo
        // A key that somebody names must be there: a new one in its place would open nothing.
        let master =
            named == nil ? try await ownKey(at: file, conninfo: owner) : try MasterKey.read(from: file)
        try await keep(master, conninfo: owner)
        return ServiceDatabase(
            conninfo: try await cluster.serviceConninfo(), master: master, cluster: cluster)
    }

    private static func ownKey(at file: URL, conninfo: String) async throws -> MasterKey {
        let connection = try await PostgresConnection.connect(to: conninfo)
        let key = try await Database.ownKey(at: file, of: connection)
        await connection.close()
        return key
    }

    /// Keeps the check value of the key with federations that have none yet, as any command on the machine
    /// would: the service itself may not.
    static func keep(_ master: MasterKey, conninfo: String) async throws {
        let connection = try await PostgresConnection.connect(to: conninfo)
        let isMigrated = try await Migrator().standing(on: connection).allSatisfy(\.applied)
        for federation in isMigrated ? try await Federation.all(on: connection) : [] {
            try await federation.checkKey(
                Vault(master: master, federation: federation.code), on: connection)
        }
        await connection.close()
    }

    /// Whether the environment names a key file.
    static var namesKey: Bool {
        ProcessInfo.processInfo.environment["GOUTONG_KEY_FILE"].map { !$0.isEmpty } ?? false
    }

    /// Brings a private server back that was killed. One that was stopped on purpose stays stopped.
    func revive() async throws {
        guard let cluster, case .stalePid = try await cluster.status() else { return }
        try await cluster.start()
    }

    private static let ownersURL = CommandFailure(
        .usage, code: "database.service", pointer: "GOUTONG_SERVICE_DATABASE_URL",
        rule: Bilingual(
            zh: "GOUTONG_DATABASE_URL 是拥有者的登录，服务不用它",
            en: "GOUTONG_DATABASE_URL is the owner's login, which the service does not use"),
        mend: Bilingual(
            zh: "用 GOUTONG_SERVICE_DATABASE_URL 给出服务自己的登录；要用自带数据库，请两者都不设",
            en: "give the service's own by GOUTONG_SERVICE_DATABASE_URL; for the private database set neither"
        ))
}
