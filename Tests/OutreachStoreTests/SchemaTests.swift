import Foundation
import OutreachStore
import PostgresClient
import Schema
import TestSupport
import Testing

/// The migrated schema as a whole: its committed dump, and the rules that let it be distributed.
@Suite struct SchemaTests {
    /// Each version writes the same schema in its own words.
    @Test(
        "Schema/schema.sql is what the migrations make; Scripts/dump-schema rewrites it",
        .enabled("the committed words are those of PostgreSQL 15") { try await Self.isFifteen() })
    func dump() async throws {
        try await Self.withSchema { database, connection in
            let dumped = try SchemaDump.make(of: database.conninfo)
            let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Schema/schema.sql")
            if ProcessInfo.processInfo.environment["GOUTONG_WRITE_SCHEMA"] == "1" {
                try Data(dumped.utf8).write(to: file)
                return
            }
            let committed = try String(contentsOf: file, encoding: .utf8)
            let difference = SchemaDump.firstDifference(committed, dumped)
            #expect(difference == nil, "run Scripts/dump-schema, and read what it changed")
        }
    }

    private static func isFifteen() async throws -> Bool {
        let connection = try await PostgresConnection.connect(
            to: try await ThrowAwayServer.shared.conninfo, deadline: TestDatabase.patience)
        let version = await connection.serverVersion
        await connection.close()
        return version / 10_000 == 15
    }

    // MARK: Rules of distribution by federation

    /// Tables that stand whole on every node. All others are distributed by `federation_id`.
    private static let referenceTables: Set<String> = [
        "area", "area_alias", "area_succession", "federation", "industry", "migration",
        "registration_type", "role_right",
    ]

    @Test("every table is a reference table or starts with a federation_id that is never NULL")
    func distributionColumn() async throws {
        try await Self.withSchema { _, connection in
            let firstColumns = try await connection.query(
                """
                SELECT c.relname::text, a.attname::text, a.attnotnull
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
                WHERE c.relnamespace = 'goutong'::regnamespace AND c.relkind IN ('r', 'p')
                """
            ).map { row in try row.decode((String, String, Bool).self) }
            #expect(firstColumns.count > 20)
            let distributed = firstColumns.filter { $0.1 == "federation_id" && $0.2 }.map(\.0)
            #expect(
                Set(distributed).symmetricDifference(firstColumns.map(\.0))
                    == Self.referenceTables.subtracting(["federation"]))
        }
    }

    @Test("federation_id leads every primary and unique key")
    func keys() async throws {
        try await Self.withSchema { _, connection in
            let keys = try await connection.query(
                """
                SELECT t.relname::text, i.relname::text, a.attname::text
                FROM pg_index x
                JOIN pg_class t ON t.oid = x.indrelid AND t.relnamespace = 'goutong'::regnamespace
                JOIN pg_class i ON i.oid = x.indexrelid
                LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
                WHERE x.indisunique OR x.indisexclusion
                """
            ).map { row in try row.decode((String, String, String?).self) }
                .filter { !Self.referenceTables.contains($0.0) }
            #expect(keys.count > 20)
            for (_, key, first) in keys { #expect(first == "federation_id", "\(key)") }
        }
    }

    @Test("a foreign key between distributed tables carries federation_id; none leads back to one")
    func foreignKeys() async throws {
        try await Self.withSchema { _, connection in
            let references = try await connection.query(
                """
                SELECT k.conname::text, t.relname::text, r.relname::text, own.attname::text,
                    theirs.attname::text
                FROM pg_constraint k
                JOIN pg_class t ON t.oid = k.conrelid AND t.relnamespace = 'goutong'::regnamespace
                JOIN pg_class r ON r.oid = k.confrelid
                JOIN pg_attribute own ON own.attrelid = t.oid AND own.attnum = k.conkey[1]
                JOIN pg_attribute theirs ON theirs.attrelid = r.oid AND theirs.attnum = k.confkey[1]
                WHERE k.contype = 'f'
                """
            ).map { row in try row.decode((String, String, String, String, String).self) }
                .filter { !Self.referenceTables.contains($0.2) }
            #expect(references.count > 10)
            for (name, table, _, own, theirs) in references {
                #expect(!Self.referenceTables.contains(table), "\(name)")
                #expect([own, theirs] == ["federation_id", "federation_id"], "\(name)")
            }
        }
    }

    @Test("ids come from devices and rows from writers: no sequence, no trigger, no rule")
    func nothingHidden() async throws {
        try await Self.withSchema { _, connection in
            let hidden = try await connection.query(
                """
                SELECT 'sequence ' || relname FROM pg_class
                WHERE relnamespace = 'goutong'::regnamespace AND relkind = 'S'
                UNION ALL
                SELECT 'identity or generated ' || c.relname || '.' || a.attname
                FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = 'goutong'::regnamespace
                  AND (a.attidentity <> '' OR a.attgenerated <> '')
                UNION ALL
                SELECT 'trigger ' || g.tgname
                FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
                WHERE c.relnamespace = 'goutong'::regnamespace AND NOT g.tgisinternal
                UNION ALL
                SELECT 'rule ' || w.rulename
                FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class
                WHERE c.relnamespace = 'goutong'::regnamespace AND c.relkind IN ('r', 'p')
                """
            ).map { row in try row.decode(String.self) }
            #expect(hidden == [])
        }
    }

    @Test("a distributed table is made without foreign keys, so that distributing it fits in between")
    func keysComeAfter() throws {
        let pattern = /CREATE TABLE goutong\.(\w+) \((.*?)\n\);/.dotMatchesNewlines()
        let tables = Schema.migrations.flatMap { $0.sql.matches(of: pattern) }
        #expect(tables.count > 20)
        for table in tables where !Self.referenceTables.contains(String(table.1)) {
            #expect(!table.2.contains("REFERENCES"), "\(table.1)")
        }
    }

    private static func withSchema(
        _ body: (TestDatabase, PostgresConnection) async throws -> Void
    ) async throws {
        try await StoreFixture.withFederation { fixture in
            try await body(fixture.database, fixture.connection)
        }
    }
}
