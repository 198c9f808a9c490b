import Outreach
import OutreachStore
import PostgresClient
import Testing

/// A recorded meeting read back as the document that corrects it.
@Suite struct MeetingReaderTests {
    @Test("a meeting comes back as it was recorded, people opened")
    func roundTrip() async throws {
        try await StoreFixture.withFederation { fixture in
            var document = try Documents.worker(applicants: 2)
            let other = try Documents.enterprise(firms: 2, intents: 1)
            document.firms = other.firms
            document.firms[0].area = try AreaCode(validating: "110105026")
            document.firms[0].uscc = try CreditCode(validating: "91350100M000100Y43")
            document.firms[0].questions = ["会费", "程序"]
            document.firms[0].nextStep = NextStep(what: "寄材料", due: document.heldOn, owner: "王敏")
            document.firms[1].headcountBand = .under500
            document.startsAt = TimeOfDay("14:00")
            document.staff = [StaffMember(name: "王敏", hours: 2.5), StaffMember(name: "李 7")]
            document.counts.cardsIssued = 1
            document.applications.total = 5
            document.opinions = [
                Opinion(topic: "入会", text: "就近办理"),
                Opinion(text: "送课", answer: OpinionAnswer(on: document.heldOn.adding(days: 3), text: "已安排")),
                Opinion(text: "休息", answer: OpinionAnswer(on: document.heldOn)),
            ]
            document.notes = "第一行\n第二行"
            try await fixture.record(document)

            var expected = document
            expected.replaces = 1
            let read = try #require(try await fixture.read(document.id))
            expected.areaName = read.areaName
            #expect(read == expected)
            #expect(read.areaName != nil)
            // As it stands it is a document that can be sent.
            #expect(try await fixture.record(read).receipt.revision == 2)
        }
    }

    @Test("a void meeting and one that never was are nil; an erased person comes by id alone")
    func absent() async throws {
        try await StoreFixture.withFederation { fixture in
            let document = try Documents.worker(applicants: 2)
            try await fixture.record(document)
            try await fixture.connection.execute(
                "DELETE FROM goutong.applicant_person WHERE applicant_id = \(document.applicants[0].id)")
            let read = try #require(try await fixture.read(document.id))
            #expect(read.applicants == [.unchanged(document.applicants[0].id), document.applicants[1]])
            _ = try await fixture.recorder.record(
                .void(MeetingVoid(id: document.id, replaces: 1, why: "重复")), on: fixture.connection)
            #expect(try await fixture.read(document.id) == nil)
            #expect(try await fixture.read(.minted()) == nil)
        }
    }

    @Test("a correction may give a firm another name: it is another firm, and the old one is met no more")
    func renamed() async throws {
        try await StoreFixture.withFederation { fixture in
            var document = try Documents.enterprise(firms: 2)
            try await fixture.record(document)
            for revision in 1...2 {
                document.replaces = revision
                document.firms[0].name = "北京更名\(revision)公司"
                try await fixture.record(document)
            }
            #expect(try await fixture.count("firm") == 4)
            #expect(try await fixture.count("attendance", "superseded_at IS NULL") == 2)
            #expect(try await fixture.read(document.id)?.firms.first?.name == "北京更名2公司")
        }
    }

    @Test("a correction that leaves a contact out keeps it, also in another place; an empty one takes it out")
    func contacts() async throws {
        try await StoreFixture.withFederation { fixture in
            var document = try Documents.enterprise(firms: 3)
            document.firms[2].contact = FirmContact(name: "赵联系")
            try await fixture.record(document)
            document.replaces = 1
            document.firms.swapAt(0, 2)
            document.firms[0].contact = nil
            document.firms[1].contact = nil
            document.firms[2].contact = FirmContact()
            try await fixture.record(document)
            let read = try #require(try await fixture.read(document.id))
            #expect(
                read.firms.map(\.contact) == [
                    FirmContact(name: "赵联系"), FirmContact(name: "李联系", phone: "13800138001"), nil,
                ])
        }
    }
}

extension StoreFixture {
    fileprivate func read(_ id: MeetingID) async throws -> MeetingDocument? {
        try await MeetingReader(federation: federation).document(id, vault: vault, on: connection)
    }
}
