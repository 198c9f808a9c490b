import Outreach
import Testing

@Suite struct CorrectionTests {
    private static let id = "0168325a-1c00-7000-8000-00000000e001"
    private static let alone = "{ \"id\": \"01685667-1400-7000-8000-0000000a0003\" },"

    @Test func anIDAloneIsUnchangedInACorrection() throws {
        let text = try DocumentText.changed(
            "\"applicants\": [", "\"replaces\": 1, \"applicants\": [\(Self.alone)")
        guard case .record(let document) = try DocumentText.decode(text) else {
            Issue.record("a correction is a record")
            return
        }
        #expect(document.replaces == 1)
        guard case .unchanged? = document.applicants.first else {
            Issue.record("the applicant is stated")
            return
        }
    }

    @Test func anIDAloneIsRefusedInAFirstRecording() throws {
        let text = try DocumentText.changed("\"applicants\": [", "\"applicants\": [\(Self.alone)")
        #expect(!DocumentText.issues(text).isEmpty)
    }

    @Test func aVoidIsItsOwnDocument() throws {
        let text = """
            {"schema":"goutong.meeting/1","id":"\(Self.id)","replaces":2,"void":{"why":"重复登记"}}
            """
        let submission = try DocumentText.decode(text)
        #expect(submission.voidReason == "重复登记")
        #expect(submission.replaces == 2)
        #expect(submission.personsText == nil)
    }

    @Test(arguments: [
        ("\"replaces\":2,", "", "key.required", "/replaces"),
        ("\"replaces\":2", "\"replaces\":0", "number.range", "/replaces"),
        ("\"why\":\"重复登记\"", "", "key.required", "/void/why"),
        ("\"why\":\"重复登记\"", "\"why\":\" \"", "text.blank", "/void/why"),
        ("\"void\"", "\"kind\":\"worker\",\"void\"", "key.unknown", "/kind"),
    ])
    func voidsAreStrictToo(_ old: String, _ new: String, _ code: String, _ pointer: String) {
        let text = """
            {"schema":"goutong.meeting/1","id":"\(Self.id)","replaces":2,"void":{"why":"重复登记"}}
            """.replacing(old, with: new)
        #expect(DocumentText.issues(text).contains { $0.code == code && $0.pointer == pointer })
    }
}
