import Foundation
import Testing

extension EndToEnd {
    /// A meeting from a file or a pipe: recorded once, replayed, corrected, voided.
    @Suite struct RecordingTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test func aMeetingFromAFileIsRecordedOnce() async throws {
            let ledger = try await office.ledger()
            let file = try office.file(Documents.meeting.utf8)
            let first = try Recorded(try await ledger.goutong("meeting", "log", "--from", file, "--json"))
            #expect(first.id == Documents.meetingID)
            #expect(first.revision == 1)
            #expect(first.outcome == "recorded")
            #expect(first.receipt.contains(first.id))
            // The same document again, by the other door.
            let again = try Recorded(try await ledger.send(Documents.meeting))
            #expect(again.outcome == "replayed")
            #expect(again.receipt == first.receipt)
            #expect(try await ledger.meetings().count == 1)
        }

        @Test func withoutJSONTheReceiptIsTheOutput() async throws {
            let ledger = try await office.ledger()
            let sent = try await ledger.goutong(
                "meeting", "log", "--from", "-", input: .text(Documents.meeting))
            #expect(sent.status == 0)
            #expect(sent.lines.count == 1)
            #expect(sent.said.contains("已登记"))
            let receipt = try #require(sent.lines.first)
            #expect(try Recorded(try await ledger.send(Documents.meeting)).receipt == receipt)
        }

        @Test func aCorrectionReplacesTheRevisionItNames() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let correction = try Documents.correction(
                of: 1, with: "\"headcount\": 120", for: "\"headcount\": 180")
            let corrected = try Recorded(
                try await ledger.goutong(
                    "meeting", "correct", Documents.meetingID, "--from", "-", "--json",
                    input: .text(correction)))
            #expect(corrected.outcome == "corrected")
            #expect(corrected.revision == 2)
            #expect(try Recorded(try await ledger.send(correction)).outcome == "replayed")
            let firms = try await ledger.goutong("firm", "find", "91110105100000016T", "--json").objects()
            #expect(firms.map { $0["headcount"] as? Int } == [120])
            #expect(try await ledger.meetings().map { $0["revision"] as? Int } == [2])
        }

        @Test func aCorrectionMustNameItsRevision() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let sent = try await ledger.goutong(
                "meeting", "correct", Documents.meetingID, "--from", "-", "--json",
                input: .text(Documents.meeting))
            #expect(sent.status == 65)
            #expect(try sent.issues().map(\.pointer) == ["/replaces"])
        }

        @Test func aVoidedMeetingIsCountedNoMore() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            for outcome in ["corrected", "replayed"] {
                let voided = try Recorded(
                    try await ledger.goutong(
                        "meeting", "void", Documents.meetingID, "--why", "重复登记", "--json"))
                #expect(voided.revision == 2)
                #expect(voided.outcome == outcome)
            }
            #expect(try await ledger.meetings().isEmpty)
            let shown = try await ledger.goutong("meeting", "show", Documents.meetingID)
            #expect(shown.status == 0)
            #expect(shown.text.contains("作废"))
            let headline = try await ledger.weekly("2018-W37").figures("enterprise_meetings")
            #expect(headline["cumulative"] as? Int == 0)
        }

        /// With `--json` the output is JSON and nothing else.
        @Test func aMeetingIsShownAsJSON() async throws {
            let ledger = try await office.ledger()
            let first = try await ledger.record(Documents.meeting)
            let shown = try await ledger.goutong("meeting", "show", Documents.meetingID, "--json")
            #expect(shown.status == 0)
            let text = try shown.objects().map { "\($0)" }.joined()
            #expect(text.contains(first.receipt))
            #expect(text.contains("南磨房"))
        }

        @Test func aFileAndItsCommandNameTheSameMeeting() async throws {
            let ledger = try await office.ledger()
            try await ledger.record(Documents.meeting)
            let other = "01685667-1400-7000-8000-00000000e009"
            let sent = try await ledger.goutong(
                "meeting", "correct", other, "--from", "-", "--json",
                input: .text(try Documents.correction(of: 1, with: "200", for: "180")))
            #expect(sent.status == 64)
            #expect(try sent.issues().map(\.pointer) == ["/id"])
        }

        /// The same id with other content is nobody's correction: both receipts are shown, nothing changes.
        @Test(arguments: [true, false]) func otherContentUnderAnIDIsAConflict(asCorrection: Bool) async throws
        {
            let ledger = try await office.ledger()
            let first = try await ledger.record(Documents.meeting)
            var current = first.receipt
            var other = try Documents.meeting(with: "\"headcount\": 240", for: "\"headcount\": 180")
            if asCorrection {
                current = try await ledger.record(
                    try Documents.correction(of: 1, with: "\"headcount\": 120", for: "\"headcount\": 180")
                ).receipt
                other = try Documents.correction(of: 1, with: "\"headcount\": 240", for: "\"headcount\": 180")
            }
            let before = try await ledger.facts()
            let sent = try await ledger.send(other)
            #expect(sent.status == 79)
            #expect(sent.output.isEmpty)
            #expect(try sent.issues().map(\.code) == ["meeting.conflict"])
            let receipts = try #require(try Outcome.object(sent.errors)["receipts"] as? [String: String])
            #expect(receipts["current"] == current)
            let hash = try #require(receipts["sent_hash"])
            #expect(hash.count == 64 && !current.contains(hash))
            #expect(try await ledger.facts() == before)

            let plain = try await ledger.goutong("meeting", "log", "--from", "-", input: .text(other))
            #expect(plain.status == 79)
            #expect(plain.said.contains(current) && plain.said.contains(hash))
        }
    }
}
