import Outreach
import Testing

/// What is not refused is brought to one form before anything is compared or hashed.
@Suite struct NeutralisedTextTests {
    private func document(_ old: String, _ new: String) throws -> MeetingDocument {
        guard case .record(let document) = try DocumentText.decode(try DocumentText.changed(old, new)) else {
            throw NotARecord()
        }
        return document
    }

    private struct NotARecord: Error {}

    @Test(arguments: ["\\u200e", "\\u202e", "\\u2066", "\\u200b", "\\ufeff", "\u{202E}"])
    func marksThatTurnTheReadingAreDropped(_ mark: String) throws {
        #expect(try document("李示例", "李\(mark)示例").applicants.first?.name == "李示例")
    }

    @Test func spacesAreOneAndNoneAtTheEnds() throws {
        #expect(try document("示例园区", "  示例 \\t\\u3000 园区 ").venue.name == "示例 园区")
    }

    @Test func linesOfNotesAreKept() throws {
        #expect(try document("第一行\\n第二行", "第一行\\r\\n 第二行\\n").notes == "第一行\n第二行")
    }

    @Test func emptyIsAbsent() throws {
        #expect(try document("示例园区", " ").venue.name == nil)
    }

    @Test func codesAreNarrowed() throws {
        let document = try document("91110105100000016T", "９１110105 1000-00016t")
        #expect(document.firms.first?.uscc?.text == "91110105100000016T")
    }

    @Test func spacingAndOrderDoNotChangeTheFacts() throws {
        let plain = try DocumentText.decode(DocumentText.valid)
        let moved = try DocumentText.changed("\"firms_counted\": 2,", "")
            .replacing("\"notes\":", with: "\"firms_counted\":2,\"format\":null,\"notes\"  :")
            .replacing("李示例", with: " 李示例")
        #expect(try DocumentText.decode(moved).factsText == plain.factsText)
    }
}

extension ApplicantEntry {
    var name: String? {
        if case .stated(let applicant) = self { applicant.person.name } else { nil }
    }
}
