import Foundation
import Testing

extension EndToEnd {
    /// The audit, `db verify` and what either says of an altered ledger, on a machine of its own.
    @Suite struct AuditTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test func theAuditIsListedExportedAndChecked() async throws {
            let ledger = try await office.ledger()
            let empty = try await ledger.goutong("audit", "head")
            #expect([0, 66].contains(empty.status), "\(empty)")
            try await ledger.record(Documents.meeting)
            _ = try await ledger.goutong(
                "person", "show", "01685667-1400-7000-8000-0000000a0001", "--why", "核对手机号")

            let looks = try await ledger.goutong("audit", "list", "--action", "person.look", "--json")
            #expect(looks.status == 0 && looks.lines.count == 1, "\(looks)")
            #expect(looks.text.contains("核对手机号"))
            let listed = try await ledger.goutong("audit", "list", "--object", Documents.meetingID)
            #expect(listed.text.contains("meeting.record"), "\(listed)")
            #expect(try await ledger.goutong("audit", "list", "--actor", "nobody").said.contains("没有找到"))
            #expect(try await ledger.goutong("audit", "list", "--from", "gestern").status == 64)

            let head = try await ledger.goutong("audit", "head").text.trimmingCharacters(in: .newlines)
            #expect(head.wholeMatch(of: /\d+:([0-9A-Z]{5}-){4}[0-9A-Z]{2}/) != nil, "\(head)")
            let verified = try await ledger.goutong("audit", "verify", "--head", head)
            #expect(verified.status == 0 && verified.said.contains("核对无误"), "\(verified)")
            for format in ["jsonl", "csv"] {
                let out = office.folder.appendingPathComponent("audit-\(UUID()).\(format)").path
                let exported = try await ledger.goutong(
                    "audit", "export", "--format", format, "--out", out)
                #expect(exported.status == 0, "\(exported)")
                #expect(try String(contentsOfFile: out, encoding: .utf8).contains("person.look"))
                let against = try await ledger.goutong("audit", "verify", "--head-from", out)
                #expect(against.status == 0, "\(against)")
            }
            let mistyped = try await ledger.goutong("audit", "verify", "--head", head + "X", "--json")
            #expect(mistyped.status == 64)
            #expect(try mistyped.issues().map(\.code) == ["audit.head_form"])
            // Another ledger's head is not of this chain.
            let other = try await office.ledger()
            try await other.record(Documents.meeting)
            let foreign = try await other.goutong("audit", "verify", "--head", head, "--json")
            #expect(foreign.status == 1, "\(foreign)")
        }

        @Test func aDatabaseWithoutTheSchemaIsSaidToBeOne() async throws {
            try await office.apart { office in
                let verified = try await office.goutong("db", "verify", "--json")
                #expect(verified.status == 69, "\(verified)")
                #expect(try verified.issues().map(\.code) == ["database.schema"], "\(verified)")
                #expect(try await office.goutong("db", "verify").said.contains("goutong db migrate"))
            }
        }

        @Test func anAlteredLedgerIsFoundAndNamed() async throws {
            try await office.apart { office in
                let ledger = try await office.ledger()
                try await ledger.record(Documents.meeting)
                let sound = try await office.goutong("db", "verify", "--json")
                #expect(sound.status == 0, "\(sound)")
                let before = try #require(try sound.objects().first)
                #expect((before["audit_links"] as? Int ?? 0) > 0 && before["audit_head"] is String)
                #expect(try await office.goutong("db", "verify").said.contains("核对无误"))
                let head = try #require(before["audit_head"] as? String)

                // An intent that comes a day late: every figure that it is in would be another one.
                try await office.sql("UPDATE goutong.milestone SET happened_on = happened_on + 1")
                let altered = try await office.goutong("db", "verify", "--json")
                #expect(altered.status == 1, "\(altered)")
                let issue = try #require(try altered.issues().first)
                #expect(issue.code == "journey.differs", "\(altered)")
                #expect(issue.pointer == "/\(ledger.federation)/journeys")
                #expect(
                    try altered.objects().first?["ledger_hash"] as? String != before["ledger_hash"] as? String
                )
                #expect(try await office.goutong("db", "verify").said.contains("进度与台账不符"))
                try await office.sql("UPDATE goutong.milestone SET happened_on = happened_on - 1")
                let mended = try await office.goutong("db", "verify", "--json")
                #expect(mended.status == 0, "\(mended)")
                #expect(
                    try mended.objects().first?["ledger_hash"] as? String == before["ledger_hash"] as? String)

                try await office.sql(
                    """
                    UPDATE goutong.audit_entry SET actor = 'somebody'
                    WHERE action = 'meeting.record'
                    """)
                for command in [["db", "verify"], ["audit", "verify", "--head", head]] {
                    let found = try await office.goutong(command + ["--json"])
                    #expect(found.status == 1, "\(found)")
                    #expect(try found.issues().map(\.code) == ["audit.altered"], "\(found)")
                }
            }
        }
    }
}
