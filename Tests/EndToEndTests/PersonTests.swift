import Foundation
import Testing

extension EndToEnd {
    /// Applications, persons and the key through the built command.
    @Suite struct PersonTests {
        private let office: Office
        private static let first = "01685667-1400-7000-8000-0000000a0001"
        private static let third = "01685667-1400-7000-8000-0000000a0003"

        init() throws { office = try Office.current() }

        @Test func applicantsAreAddedReviewedShownAndErased() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            // The third bears the first one's number.
            let list = """
                [{"id":"\(Self.third)","name":"李示例","mobile":"15412345678",
                  "consent":{"notice":"2018-1","on":"2018-09-12","method":"signed"}}]
                """
            for outcome in ["corrected", "replayed"] {
                let added = try await ledger.goutong(
                    "applicants", "add", "--meeting", Documents.meetingID, "--from", "-", "--json",
                    input: .text(list))
                #expect(added.status == 0, "\(added)")
                #expect(try added.object()["outcome"] as? String == outcome)
            }
            let listed = try await ledger.goutong("application", "list", "--json")
            #expect(listed.status == 0 && listed.lines.count == 3, "\(listed)")
            #expect(!listed.text.contains("15412345678") && listed.text.contains("154****5678"))

            let stopped = try await ledger.goutong("application", "verify", Self.third)
            #expect(stopped.status == 79 && stopped.said.contains(Self.first), "\(stopped)")
            let verified = try await ledger.goutong(
                "application", "verify", Self.third, "--despite-duplicate", "--json")
            #expect(verified.status == 0, "\(verified)")
            #expect(try await ledger.goutong("application", "verify", Self.third).status == 79)
            #expect(
                try await ledger.goutong("application", "undo", Self.third, "--why", "点错了").status == 0)

            let masked = try await ledger.goutong("person", "show", Self.first, "--why", "核对")
            #expect(masked.status == 0 && !masked.text.contains("15412345678"), "\(masked)")
            let clear = try await ledger.goutong("person", "show", Self.first, "--why", "核对", "--unmask")
            #expect(clear.text.contains("15412345678"))
            let copy = office.folder.appendingPathComponent("copy-\(UUID()).json").path
            #expect(try await ledger.goutong("person", "copy", Self.first, "--out", copy).status == 0)
            #expect(try String(contentsOfFile: copy + ".txt", encoding: .utf8).contains("110100199003070015"))
            #expect(
                try await ledger.goutong(
                    "person", "hand-over", Self.first, "--to", "card-bank", "--recipient", "示例银行", "--why",
                    "办卡"
                ).status == 79)
            #expect(
                try await ledger.goutong("person", "request", "add", Self.first, "--kind", "erase").status
                    == 0)
            #expect(try await ledger.goutong("person", "request", "list", "--json").objects().count == 1)
            let dry = try await ledger.goutong("person", "retention", "--dry-run", "--json")
            #expect(try dry.object()["erased"] as? Int == 3, "\(dry)")
            let erased = try await ledger.goutong("person", "erase", Self.first, "--why", "本人要求")
            #expect(erased.status == 0, "\(erased)")
            let gone = try await ledger.goutong("person", "show", Self.first, "--why", "核对", "--json")
            #expect(try gone.object()["erased"] as? Bool == true, "\(gone)")
            #expect(try await ledger.send(Documents.meeting).status == 0)
            #expect(
                try await ledger.goutong("person", "show", UUID().uuidString, "--why", "核对").status == 66)
        }

        @Test func theKeyIsRotated() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            // All federations of an installation share the file, and other suites their federations.
            let status = try await office.goutong("key", "status", "--json")
            #expect(status.status == 0, "\(status)")
            let rotated = try await office.goutong("key", "rotate", "--batch", "1")
            #expect(rotated.status == 0, "\(rotated)")
            let after = try await office.goutong("key", "status", "--json").objects().first {
                $0["federation"] as? String == ledger.federation
            }
            #expect(after?["persons_left"] as? Int == 0)
            #expect((after?["current"] as? Int ?? 0) > 0)
            #expect(try await ledger.send(Documents.meeting).object()["outcome"] as? String == "replayed")
            let shown = try await ledger.goutong("person", "show", Self.first, "--why", "核对", "--unmask")
            #expect(shown.text.contains("15412345678"), "\(shown)")
            let out = office.folder.appendingPathComponent("key-\(UUID())").path
            #expect(try await office.goutong("key", "export", "--out", out).status == 0)
            #expect(try await office.goutong("key", "import", out).status == 0)
        }
    }
}
