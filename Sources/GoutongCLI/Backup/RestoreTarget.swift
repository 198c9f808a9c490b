internal import Foundation
internal import Outreach
internal import PostgresClient
internal import PrivateCluster

/// Where a backup is restored to.
struct RestoreTarget: Sendable {
    let conninfo: String
    let isPrivate: Bool
    /// Where this home's key is looked for.
    let keyFile: URL

    /// `--to`, else `GOUTONG_DATABASE_URL`, else the private cluster, started.
    static func find(_ named: String?) async throws -> RestoreTarget {
        let home = try GoutongHome.resolve()
        let keyFile =
            ProcessInfo.processInfo.environment["GOUTONG_KEY_FILE"].map { URL(fileURLWithPath: $0) }
            ?? home.appendingPathComponent("master.key")
        if let conninfo = named ?? Database.url {
            return RestoreTarget(conninfo: conninfo, isPrivate: false, keyFile: keyFile)
        }
        let started = try await PrivateCluster(home: home).start()
        return RestoreTarget(conninfo: started.conninfo, isPrivate: true, keyFile: keyFile)
    }

    /// The string of another database of the same server.
    func conninfo(of database: String) throws(CommandFailure) -> String {
        guard var parts = ConnectionString.parts(conninfo) else {
            throw CommandFailure(
                .usage, code: "database.conninfo", pointer: "--to",
                rule: Bilingual(zh: "不是有效的 libpq 连接字符串", en: "not a connection string of libpq"),
                mend: Bilingual(
                    zh: "例如 \"host=db1 dbname=goutong user=goutong\"",
                    en: "for example \"host=db1 dbname=goutong user=goutong\""))
        }
        parts["dbname"] = database
        return ConnectionString.joined(parts)
    }

    /// A session outside the database that is to be replaced.
    func outside() async throws -> PostgresConnection {
        do {
            return try await PostgresConnection.connect(to: try conninfo(of: "postgres"))
        } catch is PostgresError {
            return try await PostgresConnection.connect(to: try conninfo(of: "template1"))
        }
    }

    /// The name of the database that is to be replaced, whether or not it is there.
    func liveName(role: String) async -> String {
        if let connection = try? await PostgresConnection.connect(to: conninfo),
            let row = try? await connection.query("SELECT current_database()::text").first,
            let name = try? row.decode(String.self)
        {
            await connection.close()
            return name
        }
        return ConnectionString.parts(conninfo)?["dbname"]
            ?? ProcessInfo.processInfo.environment["PGDATABASE"] ?? role
    }
}
