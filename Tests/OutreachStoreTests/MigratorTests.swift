import Foundation
import Outreach
import OutreachStore
import PostgresClient
import Schema
import TestSupport
import Testing
import Vault

@Suite struct MigratorTests {
    @Test("migrating twice applies once; every step verifies") func twice() async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            #expect(try await Migrator().migrate(on: connection) == Schema.migrations.map(\.number))
            #expect(try await Migrator().migrate(on: connection) == [])
            try await Migrator().verify(on: connection)
            await connection.close()
        }
    }

    @Test("two at once: one applies, the other waits and finds nothing to do")
    func atOnce() async throws {
        try await TestDatabase.fresh { database in
            async let one = migrateOnce(database)
            async let two = migrateOnce(database)
            let counts = try await [one, two].map(\.count).sorted()
            #expect(counts == [0, Schema.migrations.count])
        }
    }

    private func migrateOnce(_ database: TestDatabase) async throws -> [Int] {
        let connection = try await database.connect()
        let applied = try await Migrator().migrate(on: connection)
        await connection.close()
        return applied
    }

    @Test("an edited step is refused, and so is a database that is newer") func edited() async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            _ = try await Migrator().migrate(on: connection)
            try await connection.execute("UPDATE goutong.migration SET checksum = 'x' WHERE number = 2")
            await #expect { try await Migrator().migrate(on: connection) } throws: { error in
                if case Migrator.Problem.edited(number: 2, _) = error { true } else { false }
            }
            let older = Migrator(migrations: [Schema.migrations[0]])
            await #expect { try await older.standing(on: connection) } throws: { error in
                if case Migrator.Problem.unknown(number: 2, _) = error { true } else { false }
            }
            await connection.close()
        }
    }

    @Test("a step that fails leaves nothing, not even its bookkeeping") func failing() async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            let broken = Migrator(migrations: [
                Schema.Migration(
                    number: 1, name: "broken", sql: "CREATE TABLE goutong.half (); SELECT 1/0;",
                    verification: "")
            ])
            await #expect(throws: Migrator.Problem.self) { try await broken.migrate(on: connection) }
            let left = try await connection.query("SELECT to_regclass('goutong.half')::text")
                .only().decode(String?.self)
            #expect(left == nil)
            #expect(try await broken.standing(on: connection).map(\.applied) == [false])
            await connection.close()
        }
    }

    @Test("a database of the first three steps takes the rest, its facts untouched")
    func onwards() async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            let first = Migrator(migrations: Array(Schema.migrations.prefix(3)))
            #expect(try await first.migrate(on: connection) == [1, 2, 3])
            try await Federation.add(
                code: "kept", name: Bilingual(zh: "示例", en: "Example"), synthetic: false,
                since: Day(ordinal: 17_622), on: connection)
            #expect(
                try await Migrator().migrate(on: connection)
                    == Schema.migrations.dropFirst(3).map(\.number))
            #expect(try await Federation.all(on: connection).map(\.code) == ["kept"])
            try await Migrator().verify(on: connection)
            await connection.close()
        }
    }

    @Test("a ledger of nine steps takes the tenth: every fact stays, and the programme's units too")
    func stated() async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            _ = try await Migrator(migrations: Array(Schema.migrations.prefix(9))).migrate(on: connection)
            // Today's loader fills a list that the eleventh step makes.
            try await connection.script(
                "CREATE TABLE goutong.registration_type (version text, code text PRIMARY KEY, heading text, name text)"
            )
            try await ReferenceLoader.load(on: connection)
            try await connection.script("DROP TABLE goutong.registration_type")
            let federation = try await Federation.add(
                code: "kept", name: Bilingual(zh: "示例", en: "Example"), synthetic: false,
                since: Day(ordinal: 17_622), on: connection
            ).federation
            try await ReferenceLoader.loadBeijing(into: federation, on: connection)
            try await connection.script(
                """
                INSERT INTO goutong.week_declaration (federation_id, area_id, week_start, declaration, recorded_at)
                SELECT federation_id, area_id, '2018-10-01', 'submitted', '2018-10-09' FROM goutong.programme_unit
                """)
            func rows() async throws -> [String] {
                try await connection.query(
                    """
                    SELECT t::text FROM goutong.week_declaration t
                    UNION ALL SELECT u::text FROM goutong.programme_unit u
                    UNION ALL SELECT o::text FROM goutong.org_unit o ORDER BY 1
                    """
                ).map { row in try row.decode(String.self) }
            }
            let before = try await rows()
            #expect(before.count > 900)
            // What a backup of nine steps is compared by.
            let hash = try await LedgerHash.compute(federation, on: connection)
            #expect(hash.rows == 336)
            #expect(try await Migrator().migrate(on: connection) == [10, 11])
            #expect(try await rows() == before)
            #expect(try await LedgerHash.compute(federation, on: connection).rows == hash.rows)
            try await Migrator().verify(on: connection)
            #expect(try await StructureCheck.findings(on: connection) == [])
            // What could be changed afterwards shows.
            try await connection.script("DROP POLICY unchanged ON goutong.declared_total")
            await #expect { try await Migrator().verify(on: connection) } throws: { error in
                if case Migrator.Problem.notInPlace(10, _, _) = error { true } else { false }
            }
            await connection.close()
        }
    }

    @Test(
        "a ledger of ten steps takes the eleventh: its hash and its receipts stay, and so does what a list said"
    )
    func answerAndOwnership() async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            _ = try await Migrator(migrations: Array(Schema.migrations.prefix(10))).migrate(on: connection)
            let map = try await connection.query(
                """
                INSERT INTO goutong.area VALUES (1, '110105021', 'township', 'area_office', '南磨房地区', '110105',
                    '朝阳区', 'nanmofang', 'nmf', '2017-10-31', NULL, 'test')
                RETURNING area_id
                """)
            #expect(map.count == 1)
            let federation = try await Federation.add(
                code: "kept", name: Bilingual(zh: "示例", en: "Example"), synthetic: false,
                since: Day(ordinal: 17_622), on: connection
            ).federation
            var document = try Documents.worker(applicants: 0)
            document.opinions = [Opinion(topic: "食堂", text: "希望改善")]
            let recorded = try await recordBeforeAnswers(document, in: federation, on: connection)
            let hash = try await LedgerHash.compute(federation, on: connection)
            #expect(hash.rows == 4)
            #expect(try await Migrator().migrate(on: connection) == [11])
            #expect(try await LedgerHash.compute(federation, on: connection) == hash)
            try await Migrator().verify(on: connection)
            #expect(try await StructureCheck.findings(on: connection) == [])

            let key = FileManager.default.temporaryDirectory
                .appendingPathComponent("goutong-\(database.name).key")
            defer { try? FileManager.default.removeItem(at: key) }
            let recorder = MeetingRecorder(
                federation: federation,
                vault: Vault(master: try MasterKey.readOrMake(at: key), federation: federation.code),
                areas: try await AreaTable.read(on: connection))
            let replayed = try await recorder.record(.record(document), on: connection)
            #expect(replayed.outcome == .replayed)
            #expect(replayed.receipt.recordedAtMicroseconds == recorded.microsecondsSince1970)
            document.replaces = 1
            document.opinions[0].answer = OpinionAnswer(on: document.heldOn)
            #expect(try await recorder.record(.record(document), on: connection).outcome == .corrected)
            let profile = try await connection.query(
                "SELECT headcount, registration_type FROM goutong.firm_profile"
            ).only().decode((Int, String?).self)
            #expect(profile == (40, nil))
            await connection.close()
        }
    }

    /// The rows that a program of ten steps wrote for a meeting with opinions, and for a firm of a list.
    private func recordBeforeAnswers(
        _ document: MeetingDocument, in federation: Federation, on connection: PostgresConnection
    ) async throws -> PostgresTimestamp {
        let moment = PostgresTimestamp(microsecondsSince1970: 1_538_000_000_000_000)
        let facts = MeetingSubmission.record(document).factsText
        let firm = FirmID.minted()
        let statements: [SQL] = [
            """
            INSERT INTO goutong.meeting_revision (federation_id, meeting_id, revision, facts_hash, recorded_at,
                area_id)
            VALUES (\(federation.id), \(document.id), 1, sha256(convert_to(\(facts), 'UTF8')), \(moment), 1)
            """,
            """
            INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on, area_id, venue_kind,
                organisers, staff_names, staff_hours, applications, recorded_at)
            VALUES (\(federation.id), \(document.id), 1, 'worker', \(document.heldOn), 1, 'station', '{}', '{}', '{}', 0,
                \(moment))
            """,
            """
            INSERT INTO goutong.opinion (federation_id, meeting_id, revision, position, topic, opinion, recorded_at)
            VALUES (\(federation.id), \(document.id), 1, 0, '食堂', '希望改善', \(moment))
            """,
            """
            INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
            VALUES (\(federation.id), \(firm), \(moment))
            """,
            """
            INSERT INTO goutong.firm_profile (federation_id, firm_id, headcount, recorded_at)
            VALUES (\(federation.id), \(firm), 40, \(moment))
            """,
        ]
        for statement in statements { try await connection.execute(statement) }
        return moment
    }

    @Test(
        "verify raises when an index that a step made is gone",
        arguments: [("meeting_current", 2), ("meeting_latest_of_kind", 4)])
    func verify(index: String, step: Int) async throws {
        try await TestDatabase.fresh { database in
            let connection = try await database.connect()
            _ = try await Migrator().migrate(on: connection)
            try await connection.script("DROP INDEX goutong.\(index)")
            await #expect { try await Migrator().verify(on: connection) } throws: { error in
                if case Migrator.Problem.notInPlace(step, _, _) = error { true } else { false }
            }
            await connection.close()
        }
    }
}
