import Foundation
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Vault

/// A database with the schema, the public lists and one federation, cloned for a test.
struct StoreFixture: Sendable {
    let database: TestDatabase
    let connection: PostgresConnection
    let federation: Federation
    let areas: AreaTable
    let vault: Vault

    var recorder: MeetingRecorder {
        MeetingRecorder(federation: federation, vault: vault, areas: areas)
    }

    /// Migrated once for all tests.
    private static let template = Task {
        let database = try await TestDatabase.fresh()
        let connection = try await database.connect()
        _ = try await Migrator().migrate(on: connection)
        try await ReferenceLoader.load(on: connection)
        try await Federation.add(
            code: "test", name: Bilingual(zh: "测试市总工会", en: "Test federation"), synthetic: true,
            since: Day(ordinal: 17_622), on: connection)
        guard let federation = try await Federation.all(on: connection).first else {
            throw FixtureError.noFederation
        }
        try await ReferenceLoader.loadBeijing(into: federation, on: connection)
        await connection.close()
        return database.name
    }

    enum FixtureError: Error { case noFederation }

    static func withFederation<Value>(
        _ body: (StoreFixture) async throws -> Value
    ) async throws -> Value {
        try await TestDatabase.cloned(template: try await template.value) { database in
            let connection = try await database.connect()
            guard let federation = try await Federation.all(on: connection).first else {
                throw FixtureError.noFederation
            }
            let key = FileManager.default.temporaryDirectory
                .appendingPathComponent("goutong-\(database.name).key")
            defer { try? FileManager.default.removeItem(at: key) }
            let fixture = StoreFixture(
                database: database, connection: connection, federation: federation,
                areas: try await AreaTable.read(on: connection),
                vault: Vault(
                    master: try MasterKey.readOrMake(at: key), federation: federation.code))
            let value = try await body(fixture)
            await connection.close()
            return value
        }
    }
}
