import Foundation
import Outreach
public import OutreachStore
public import PostgresClient
public import Vault

/// A database with the schema, the public lists and one federation with its union tree, for one test.
public struct TestLedger: Sendable {
    public let database: TestDatabase
    /// The owner's connection.
    public let owner: PostgresConnection
    public let federation: Federation
    public let areas: AreaTable
    public let vault: Vault

    /// Connects the login of the service, which owns nothing.
    public var serviceConninfo: String {
        database.conninfo.replacing("user=postgres", with: "user=goutong_serve")
    }

    private enum Failure: Error { case noFederation }

    /// A copy of the ledger for the length of `body`.
    public static func with<Value>(
        _ body: (TestLedger) async throws -> Value
    ) async throws -> Value {
        try await TestDatabase.cloned(template: try await template.value) { database in
            let owner = try await database.connect()
            let federation = try await only(on: owner)
            let key = FileManager.default.temporaryDirectory
                .appendingPathComponent("goutong-\(database.name).key")
            defer { try? FileManager.default.removeItem(at: key) }
            let value = try await body(
                TestLedger(
                    database: database, owner: owner, federation: federation,
                    areas: try await AreaTable.read(on: owner),
                    vault: Vault(
                        master: try MasterKey.readOrMake(at: key), federation: federation.code)))
            await owner.close()
            return value
        }
    }

    /// Migrated once for all tests of the process.
    private static let template = Task {
        let database = try await TestDatabase.fresh()
        try await prepare(conninfo: database.conninfo)
        return database.name
    }

    /// Makes the schema, the lists, one federation and the service's login in an empty database.
    public static func prepare(conninfo: String) async throws {
        let connection = try await PostgresConnection.connect(
            to: conninfo, deadline: TestDatabase.patience)
        _ = try await Migrator().migrate(on: connection)
        try await ReferenceLoader.load(on: connection)
        try await Federation.add(
            code: "test", name: Bilingual(zh: "测试市总工会", en: "Test federation"), synthetic: true,
            since: Day(ordinal: 17_622), on: connection)
        try await ReferenceLoader.loadBeijing(into: try await only(on: connection), on: connection)
        // Another process may make the same login on a shared server.
        try await connection.script(
            """
            DO $$ BEGIN
                CREATE ROLE goutong_serve LOGIN NOINHERIT;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$;
            GRANT goutong_service, goutong_reader, goutong_recorder, goutong_figures TO goutong_serve;
            """)
        await connection.close()
    }

    /// The federation of a database that has one.
    public static func only(on connection: PostgresConnection) async throws -> Federation {
        guard let federation = try await Federation.all(on: connection).first else {
            throw Failure.noFederation
        }
        return federation
    }
}
