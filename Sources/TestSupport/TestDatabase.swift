import Foundation
public import PostgresClient

/// A database of the throw-away server, for one test.
///
///     try await TestDatabase.fresh { database in … database.conninfo … }
///
/// Migrations are run once into a template, which each test clones.
public struct TestDatabase: Sendable {
    public let name: String
    public let conninfo: String
    private let server: ThrowAwayServer

    /// How long a test waits to be connected: hundreds of tests begin at once, on as few cores as there are.
    public static let patience: Duration = .seconds(120)

    /// An empty database. The caller drops it.
    public static func fresh() async throws -> TestDatabase {
        try await create("goutong_test", template: "template0")
    }

    /// A copy of another database, which nobody may be connected to. The caller drops it.
    public static func cloned(template: String) async throws -> TestDatabase {
        try await create("goutong_clone", template: template)
    }

    /// An empty database for the length of `body`.
    public static func fresh<Value>(
        _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        try await fresh().dropped(after: body)
    }

    /// A copy of `template` for the length of `body`.
    public static func cloned<Value>(
        template: String, _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        try await cloned(template: template).dropped(after: body)
    }

    /// A connection to the database. The caller closes it, or lets `drop()` end it.
    public func connect(statementDeadline: Duration? = .seconds(60)) async throws -> PostgresConnection {
        try await PostgresConnection.connect(
            to: conninfo, deadline: Self.patience, statementDeadline: statementDeadline,
            cancelGrace: Self.patience)
    }

    /// Drops the database, ending sessions that are still connected to it.
    public func drop() async throws {
        try await Self.administer(server, "DROP DATABASE IF EXISTS \(identifier: name) WITH (FORCE)")
    }

    private func dropped<Value>(
        after body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        let value: Value
        do {
            value = try await body(self)
        } catch {
            try? await drop()
            throw error
        }
        try await drop()
        return value
    }

    private static func create(_ prefix: String, template: String) async throws -> TestDatabase {
        let server = try await ThrowAwayServer.shared
        let name = "\(prefix)_\(UUID().uuidString.lowercased().filter { $0 != "-" })"
        try await administer(
            server,
            "CREATE DATABASE \(identifier: name) TEMPLATE \(identifier: template) STRATEGY file_copy")
        return TestDatabase(
            name: name, conninfo: server.conninfo(database: name), server: server)
    }

    private static func administer(_ server: ThrowAwayServer, _ statement: SQL) async throws {
        let connection = try await PostgresConnection.connect(to: server.conninfo, deadline: patience)
        defer { Task { await connection.close() } }
        try await connection.script(statement.text)
    }
}
