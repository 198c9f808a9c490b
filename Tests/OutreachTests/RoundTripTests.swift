import Outreach
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: 0..<200) func decodingGivesWhatWasEncoded(_ seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed)
        let submission = try generator.submission()
        for sorted in [true, false] {
            let bytes = Array(submission.json.text(sortedKeys: sorted).utf8)
            let again = try MeetingSubmission.decode(bytes, today: generator.today, areas: MapOfTwo())
            #expect(again == submission)
            #expect(again.factsText == submission.factsText)
            #expect(again.personsText == submission.personsText)
        }
    }

    /// Nothing of a person may reach the facts hash, and nothing else may be missing from it.
    @Test(arguments: 0..<100) func factsHoldNoPerson(_ seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed)
        var document = try generator.document()
        let facts = MeetingSubmission.record(document).factsText
        for index in document.applicants.indices {
            guard case .stated(var applicant) = document.applicants[index] else { continue }
            applicant.person = Person(name: "另一人", mobile: try Mobile(validating: "15499999999"))
            applicant.consent.cardBank.toggle()
            document.applicants[index] = .stated(applicant)
        }
        for index in document.firms.indices { document.firms[index].contact = FirmContact(name: "另一人") }
        #expect(MeetingSubmission.record(document).factsText == facts)
        document.counts.consulted = (document.counts.consulted ?? 0) + 1
        #expect(MeetingSubmission.record(document).factsText != facts)
    }

    @Test func personsAreToldApartFromFacts() throws {
        var generator = DocumentGenerator(seed: 7)
        var document = try generator.document()
        var random = SeededRandom(seed: 1)
        let applicant = ApplicantID.minted(atMilliseconds: 1, using: &random)
        let consent = Consent(notice: "2018-1", on: document.heldOn, method: .signed)
        document.applicants = [
            .stated(Applicant(id: applicant, person: Person(name: "张示例"), consent: consent))
        ]
        let first = MeetingSubmission.record(document)
        document.applicants = [
            .stated(Applicant(id: applicant, person: Person(name: "李示例"), consent: consent))
        ]
        let second = MeetingSubmission.record(document)
        #expect(first.factsText == second.factsText)
        #expect(first.personsText != second.personsText)
        #expect(first.personsText?.contains("张示例") == true)
    }

    @Test func replacesIsAFact() throws {
        var generator = DocumentGenerator(seed: 11)
        var document = try generator.document()
        document.replaces = nil
        let first = MeetingSubmission.record(document).factsText
        document.replaces = 1
        #expect(MeetingSubmission.record(document).factsText != first)
        #expect(first.hasPrefix("goutong.facts/1\n{"))
    }

    /// What was hashed before answers could be recorded is hashed the same today, or its receipt would be no replay.
    @Test func anOpinionWithoutAnAnswerIsTheFactItWas() throws {
        let start =
            #"{"schema":"goutong.meeting/1","id":"0168325a-1c00-7000-8000-00000000e001","#
            + #""kind":"worker","held_on":"2018-09-12","area":"110105021","venue":{"kind":"station"},"#
        let facts =
            #"goutong.facts/1"# + "\n" + #"{"area":"110105021","held_on":"2018-09-12","#
            + #""id":"0168325a-1c00-7000-8000-00000000e001","kind":"worker","opinions":"#
            + #"[{"text":"就近办理","topic":"入会"},{"text":"送课"}],"#
            + #""schema":"goutong.meeting/1","venue":{"kind":"station"}}"#
        for answer in ["", #","answer":null"#] {
            let document = start + #""opinions":[{"topic":"入会","text":"就近办理"},{"text":"送课"\#(answer)}]}"#
            #expect(try DocumentText.decode(document).factsText == facts)
        }
        let answered =
            start
            + #""opinions":[{"topic":"入会","text":"就近办理"},{"text":"送课","answer":{"on":"2018-09-13"}}]}"#
        let answeredFacts = try DocumentText.decode(answered).factsText
        #expect(
            answeredFacts
                == facts.replacing(#"{"text":"送课"}"#, with: #"{"answer":{"on":"2018-09-13"},"text":"送课"}"#))
    }

    @Test func aMeetingWithoutPeopleHasNoPersons() throws {
        var generator = DocumentGenerator(seed: 3)
        var document = try generator.document()
        document.applicants = []
        for index in document.firms.indices { document.firms[index].contact = nil }
        #expect(MeetingSubmission.record(document).personsText == nil)
    }
}
