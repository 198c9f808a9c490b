import Foundation
import OutreachStore
import PostgresClient
import TestSupport
import Testing
import Vault

/// The audit's chain: sealed in batches, and every tampering found and named.
@Suite struct AuditChainTests {
    @Test("more than one batch is sealed, in order, once") func seals() async throws {
        try await StoreFixture.withFederation { fixture in
            for index in 0..<501 { try await fixture.note("\(index)") }
            #expect(try await fixture.audited().waiting == 501)
            #expect(try await fixture.sealer.sealOnce() == 501)
            #expect(try await fixture.sealer.sealOnce() == 0)
            let report = try await fixture.audited()
            #expect(report.links == 501 && report.waiting == 0 && report.findings == [])
            #expect(report.head?.position == 501)
        }
    }

    @Test("several sealers at once make one chain") func several() async throws {
        try await StoreFixture.withFederation { fixture in
            for index in 0..<60 { try await fixture.note("\(index)") }
            let sealed = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let connection = try await fixture.database.connect()
                        let count = try await AuditSealer(
                            federation: fixture.federation, key: fixture.vault.auditKey,
                            connection: connection
                        ).sealOnce()
                        await connection.close()
                        return count
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sealed == 60)
            #expect(try await fixture.audited().findings == [])
        }
    }

    @Test("a sealer that dies in its batch leaves nothing of it") func crash() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(2)
            try await fixture.note("x")
            try await fixture.connection.script(
                """
                BEGIN;
                SELECT count(*) FROM goutong.audit_pending(\(fixture.federation.id), 10);
                INSERT INTO goutong.audit_link (federation_id, position, entry_id, code, sealed_at)
                SELECT federation_id, 3, entry_id, decode(repeat('00', 32), 'hex'), now()
                FROM goutong.audit_unsealed;
                ROLLBACK;
                """)
            #expect(try await fixture.sealer.sealOnce() == 1)
            #expect(try await fixture.audited().findings == [])
        }
    }

    @Test("what a long transaction commits late comes later in the chain, and is no error")
    func late() async throws {
        try await StoreFixture.withFederation { fixture in
            let slow = try await fixture.database.connect()
            try await slow.script("BEGIN")
            let event = AuditEvent(.auditRead)
            try await slow.script(
                """
                SELECT goutong.audit(\(fixture.federation.id), gen_random_uuid(), NULL, 'slow',
                    '\(event.action.rawValue)', NULL, NULL, NULL, 'done', NULL)
                """)
            try await fixture.seal(2)
            try await slow.script("COMMIT")
            await slow.close()
            #expect(try await fixture.sealer.sealOnce() == 1)
            let report = try await fixture.audited()
            #expect(report.links == 3 && report.findings == [])
        }
    }

    @Test(
        "an altered entry is named by its position",
        arguments: [
            "actor = 'somebody'", "at = at + interval '1 microsecond'", "reason = ''", "object_id = NULL",
            "action = 'person.erase'", "result = 'failed'", "request_id = '-'",
            "account_id = gen_random_uuid()",
        ])
    func altered(_ change: String) async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(5)
            let entry = try await fixture.entry(at: 3)
            try await fixture.connection.execute(
                "UPDATE goutong.audit_entry SET \(raw: change) WHERE entry_id = \(entry)")
            #expect(try await fixture.audited().findings == [.altered(position: 3, entry: entry)])
        }
    }

    @Test("a deleted entry, a deleted link and one that was deleted before it was sealed are named")
    func deleted() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(6)
            let (second, fourth) = (try await fixture.entry(at: 2), try await fixture.entry(at: 4))
            try await fixture.connection.execute(
                "DELETE FROM goutong.audit_entry WHERE entry_id = \(second)")
            try await fixture.connection.execute("DELETE FROM goutong.audit_link WHERE position = 4")
            try await fixture.note("x")
            let waiting = try await fixture.connection.query("SELECT entry_id FROM goutong.audit_unsealed")
                .only().decode(UUID.self)
            try await fixture.connection.execute(
                "DELETE FROM goutong.audit_entry WHERE entry_id = \(waiting)")
            #expect(
                Set(try await fixture.audited().findings) == [
                    .missing(position: 2, entry: second), .gap(from: 4, to: 4), .unlinked(entry: fourth),
                    .waitingMissing(entry: waiting),
                ])
        }
    }

    @Test("links that changed places are named, with the places they had") func reordered() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(6)
            let (second, third) = (try await fixture.entry(at: 2), try await fixture.entry(at: 3))
            try await fixture.connection.script(
                """
                UPDATE goutong.audit_link SET position = 100 WHERE position = 2;
                UPDATE goutong.audit_link SET position = 2 WHERE position = 3;
                UPDATE goutong.audit_link SET position = 3 WHERE position = 100;
                """)
            let findings = try await fixture.audited().findings
            #expect(findings.contains(.reordered(position: 2, entry: third, belongsAt: 3)))
            #expect(findings.contains(.reordered(position: 3, entry: second, belongsAt: 2)))
        }
    }

    @Test("entries that changed links are named") func exchanged() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(6)
            let (second, fifth) = (try await fixture.entry(at: 2), try await fixture.entry(at: 5))
            let spare = UUID()
            for (from, to) in [(second, spare), (fifth, second), (spare, fifth)] {
                try await fixture.connection.execute(
                    "UPDATE goutong.audit_link SET entry_id = \(to) WHERE entry_id = \(from)")
            }
            #expect(
                Set(try await fixture.audited().findings) == [
                    .reordered(position: 2, entry: fifth, belongsAt: 5),
                    .reordered(position: 5, entry: second, belongsAt: 2),
                ])
        }
    }

    @Test("a chain that was cut off shows only by a head that was written down") func cut() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(4)
            let head = try #require(try await fixture.audited().head)
            try await fixture.connection.script(
                """
                DELETE FROM goutong.audit_entry WHERE entry_id IN
                    (SELECT entry_id FROM goutong.audit_link WHERE position > 2);
                DELETE FROM goutong.audit_link WHERE position > 2;
                """)
            #expect(try await fixture.audited().findings == [])
            #expect(try await fixture.audited(heads: [head]).findings == [.cut(head: head)])
            // Grown again over the cut: the same length, another chain.
            try await fixture.seal(2)
            #expect(try await fixture.audited().findings == [])
            #expect(try await fixture.audited(heads: [head]).findings == [.otherHead(head)])
        }
    }

    @Test("a chain that a superuser made anew without the key is foreign from there on")
    func rechained() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(30)
            let file = FileManager.default.temporaryDirectory
                .appendingPathComponent("goutong-\(UUID().uuidString).key")
            defer { try? FileManager.default.removeItem(at: file) }
            let other = Vault(
                master: try MasterKey.readOrMake(at: file), federation: fixture.federation.code)
            let fifth = try await fixture.entry(at: 5)
            try await fixture.connection.script(
                """
                UPDATE goutong.audit_entry SET actor = 'x' WHERE entry_id = '\(fifth)';
                INSERT INTO goutong.audit_unsealed SELECT federation_id, entry_id FROM goutong.audit_link
                    WHERE position >= 5;
                DELETE FROM goutong.audit_link WHERE position >= 5;
                """)
            _ = try await AuditSealer(
                federation: fixture.federation, key: other.auditKey, connection: fixture.connection
            ).sealOnce()
            #expect(try await fixture.audited().findings == [.foreign(from: 5, to: 30, entry: fifth)])
        }
    }

    @Test("a head reads back as typed, not when a letter is wrong, and is found in any text")
    func heads() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.seal(1)
            let head = try #require(try await fixture.audited().head)
            #expect(AuditHead(head.text) == head)
            #expect(AuditHead(head.text.lowercased().replacing("-", with: " ")) == head)
            let last = try #require(head.text.last)
            #expect(AuditHead(head.text.dropLast() + (last == "0" ? "1" : "0")) == nil)
            #expect(AuditHead("2" + head.text.dropFirst()) == nil)
            #expect(AuditHead.all(in: "校验值 \(head.text)。\nother 12:AAAAA") == [head])
            let read = try await AuditHead.read(fixture.federation, on: fixture.connection)
            #expect(read == head)
            let before = try await AuditHead.read(
                fixture.federation, at: .minusInfinity, on: fixture.connection)
            #expect(before == nil)
        }
    }

    @Test("a list is filtered, read on by its cursor, and itself noted; an export ends with its head")
    func reads() async throws {
        try await StoreFixture.withFederation { fixture in
            try await fixture.note("a", reason: "")
            try await fixture.note("b", reason: "=1+1")
            _ = try await fixture.sealer.sealOnce()
            let reader = AuditReader(federation: fixture.federation)
            var filter = AuditFilter()
            filter.action = "person"
            let first = try await reader.list(filter, limit: 1, on: fixture.connection)
            #expect(first.map(\.entry.objectID) == ["b"])
            let cursor = try #require(first.first.map { AuditCursor(after: $0) })
            let rest = try await reader.list(
                filter, after: AuditCursor(cursor.text), limit: 5, on: fixture.connection)
            #expect(rest.map(\.entry.objectID) == ["a"])
            filter.action = "audit.read"
            #expect(try await reader.list(filter, limit: 5, on: fixture.connection).count == 2)

            let text = Pieces()
            let export = AuditExport(reader, as: .csv)
            try await export.announce(on: fixture.connection)
            let count = try await export.run(on: fixture.connection) { await text.append($0) }
            #expect(count == 6)
            let csv = await text.text
            #expect(csv.contains("\"'=1+1\"") && csv.contains(",\"\",\"done\""))
            #expect(AuditHead.all(in: csv) == [try #require(try await fixture.audited().head)])
        }
    }

    private actor Pieces {
        var text = ""
        func append(_ piece: String) { text += piece }
    }
}
