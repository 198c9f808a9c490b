internal import Outreach
public import PostgresClient
public import Schema
internal import Vault

/// Brings a database to this product's schema, step by step, and says where it stands.
///
/// Each step and its bookkeeping are one transaction, all steps under one advisory lock. A step that ran
/// somewhere is never edited: its checksum is compared, and a difference is refused.
public struct Migrator: Sendable {
    public struct Standing: Hashable, Sendable {
        public let number: Int
        public let name: String
        public let applied: Bool
    }

    public enum Problem: Error, Sendable {
        /// An applied step reads otherwise than the one this product carries.
        case edited(number: Int, name: String)
        /// The database has a step that this product does not know: it is newer.
        case unknown(number: Int, name: String)
        /// The verify script of a step raised an error.
        case notInPlace(number: Int, name: String, reason: PostgresError)
        case database(PostgresError)
        case transaction(TransactionError)
    }

    private let migrations: [Schema.Migration]

    public init(migrations: [Schema.Migration] = Schema.migrations) {
        self.migrations = migrations
    }

    /// Applies what is missing. Returns the numbers applied, in order.
    public func migrate(on connection: PostgresConnection) async throws(Problem) -> [Int] {
        do {
            try await connection.execute(
                "SELECT pg_advisory_lock(hashtextextended('goutong.migrate', 0))")
        } catch {
            throw .database(error)
        }
        let outcome: Result<[Int], Problem>
        do throws(Problem) {
            outcome = .success(try await applyMissing(on: connection))
        } catch {
            outcome = .failure(error)
        }
        _ = try? await connection.query(
            "SELECT pg_advisory_unlock(hashtextextended('goutong.migrate', 0))")
        return try outcome.get()
    }

    private func applyMissing(on connection: PostgresConnection) async throws(Problem) -> [Int] {
        do {
            try await connection.script(Self.bookkeeping)
        } catch {
            throw .database(error)
        }
        let applied = try await recorded(on: connection)
        try check(applied)
        var numbers: [Int] = []
        for migration in migrations where applied[migration.number] == nil {
            let checksum = Self.checksum(migration.sql)
            do {
                try await connection.transaction { connection in
                    try await connection.script(migration.sql)
                    try await connection.execute(
                        """
                        INSERT INTO goutong.migration (number, name, checksum)
                        VALUES (\(migration.number), \(migration.name), \(checksum))
                        """)
                }
            } catch {
                throw .transaction(error)
            }
            numbers.append(migration.number)
        }
        return numbers
    }

    /// Every step with whether it is applied. Changes nothing.
    public func standing(on connection: PostgresConnection) async throws(Problem) -> [Standing] {
        let applied = try await recorded(on: connection)
        try check(applied)
        return migrations.map {
            Standing(number: $0.number, name: $0.name, applied: applied[$0.number] != nil)
        }
    }

    /// Runs the verify script of every step, each in a transaction that is rolled back.
    public func verify(on connection: PostgresConnection) async throws(Problem) {
        for step in try await standing(on: connection) where step.applied {
            guard let migration = migrations.first(where: { $0.number == step.number }) else {
                continue
            }
            do {
                try await connection.script("BEGIN;\n" + migration.verification + "\nROLLBACK;")
            } catch {
                _ = try? await connection.script("ROLLBACK")
                throw .notInPlace(number: step.number, name: step.name, reason: error)
            }
        }
    }

    private struct Recorded {
        let name: String
        let checksum: String
    }

    private func recorded(on connection: PostgresConnection) async throws(Problem) -> [Int: Recorded] {
        do {
            let exists = try await connection.query(
                "SELECT to_regclass('goutong.migration') IS NOT NULL"
            ).first?.decode(Bool.self)
            guard exists == true else { return [:] }
            var steps: [Int: Recorded] = [:]
            for row in try await connection.query(
                "SELECT number, name, checksum FROM goutong.migration ORDER BY number")
            {
                let (number, name, checksum) = try row.decode((Int, String, String).self)
                steps[number] = Recorded(name: name, checksum: checksum)
            }
            return steps
        } catch {
            throw .database(error)
        }
    }

    private func check(_ applied: [Int: Recorded]) throws(Problem) {
        for (number, step) in applied.sorted(by: { $0.key < $1.key }) {
            guard let migration = migrations.first(where: { $0.number == number }) else {
                throw .unknown(number: number, name: step.name)
            }
            guard Self.checksum(migration.sql) == step.checksum else {
                throw .edited(number: number, name: step.name)
            }
        }
    }

    private static func checksum(_ sql: String) -> String { sha256(Array(sql.utf8)).hexadecimal }

    private static let bookkeeping = """
        CREATE SCHEMA IF NOT EXISTS goutong;
        CREATE TABLE IF NOT EXISTS goutong.migration (
            number     integer     NOT NULL CONSTRAINT migration_pkey PRIMARY KEY,
            name       text        NOT NULL,
            checksum   text        NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        """
}
