import MeetingForm
import Outreach
import Testing

@Suite struct MeetingFormTests {
    @Test("三家企业的企业沟通会，在核对页改正一处", arguments: [true, false])
    func enterpriseMeeting(isPlain: Bool) async throws {
        var run = FormRun()
        run.isPlain = isPlain
        let document = try await run.document(answers(Script.enterprise))

        #expect(document.kind == .enterprise)
        #expect(document.heldOn.iso == "2018-09-12")
        #expect(document.area.text == "110105021")
        #expect(document.areaName == "八里庄街道")
        #expect(document.venue == Venue(kind: .park, name: "莱锦文创园"))
        #expect(document.format == .group)
        #expect(document.counts.attended == 14)
        #expect(document.counts.consulted == nil)
        #expect(document.applications.isEmpty)
        #expect(document.opinions.map(\.text) == ["希望就近办理", "盼送课上门"])

        try #require(document.firms.count == 3)
        let step = NextStep(what: "寄送建会材料")
        let known = document.firms[0]
        #expect(known.uscc?.text == "91350100M000100Y43")
        #expect(known.area?.text == "110105001")
        #expect(known.unionStatus == .preparing)
        #expect(known.headcount == 86)
        #expect(known.attitude == .supportive)
        #expect(known.intent?.form == .verbal)
        #expect(known.intent?.on == document.heldOn)
        #expect(known.nextStep == step)
        let second = document.firms[1]
        #expect(second.name == "北京光华餐饮有限公司")
        #expect(second.unionStatus == .unorganised)
        #expect(second.headcount == 120)
        #expect(second.intent == nil)
        #expect(second.nextStep == step)
        let third = document.firms[2]
        #expect(third.unionStatus == .unknown)
        #expect(third.attitude == .reluctant)
        #expect(third.nextStep == nil)
    }

    @Test("两名申请人的职工沟通会，在核对页改正一处", arguments: [true, false])
    func workerMeeting(isPlain: Bool) async throws {
        var run = FormRun()
        run.isPlain = isPlain
        let document = try await run.document(answers(Script.worker))

        #expect(document.kind == .worker)
        #expect(document.heldOn.iso == "2018-09-13")
        #expect(document.area.text == "110105026")
        #expect(document.counts.consulted == 34)
        #expect(document.applications.total == 46)
        #expect(document.firms.isEmpty)
        let applicants = document.applicants.compactMap { entry in
            if case .stated(let applicant) = entry { applicant } else { nil }
        }
        try #require(applicants.count == 2)
        #expect(applicants[0].person.name == "张三")
        #expect(applicants[0].person.mobile?.text == "13800138000")
        #expect(applicants[0].channel == .paper)
        #expect(applicants[0].consent.method == .signed)
        #expect(applicants[1].person.mobile == nil)
        #expect(
            applicants[1].person.document == .residentID(try ResidentID(validating: "110105199003070033")))
        #expect(applicants[1].channel == .qr)
        #expect(applicants[1].consent == applicants[0].consent)
        for applicant in applicants {
            #expect(applicant.employer == Employer(name: "顺丰速运"))
            #expect(applicant.categories == [.migrantWorker, .courier])
            #expect(applicant.consent.notice == "2018-1")
        }
        #expect(applicants[0].id != applicants[1].id)
    }

    @Test func theEnglishFormGivesTheSameDocument() async throws {
        var english = FormRun()
        english.language = .en
        let script = [
            "enterprise", "2018-09-12", "blzjd", "2", "park", "", "", "", "Firm A", "", "", "", "letter", "",
            "", "",
            "", "", "submit",
        ]
        let document = try await english.document(answers(script))
        #expect(document.area.text == "110108013")
        #expect(document.firms.first?.intent?.form == .letter)
    }

    @Test func theLastMeetingSuggestsPlaceAndVenue() async throws {
        var run = FormRun()
        run.directory.last = MeetingDefaults(
            area: try FakeDirectory.area("110105026"), venue: Venue(kind: .building, name: "望京SOHO"),
            format: .oneToOne)
        let document = try await run.document(
            answers(["1", "", "", "", "", "", "", "", "", "", "", "y"]))
        #expect(document.heldOn.iso == "2018-09-13")
        #expect(document.area.text == "110105026")
        #expect(document.venue == Venue(kind: .building, name: "望京SOHO"))
        #expect(document.format == .oneToOne)
    }

    @Test func anotherPlaceDoesNotKeepTheLastVenue() async throws {
        var run = FormRun()
        run.directory.last = MeetingDefaults(
            area: try FakeDirectory.area("110105026"), venue: Venue(kind: .building, name: "望京SOHO"))
        let document = try await run.document(
            answers(["1", "", "建外", "市场", "", "", "", "", "", "", "", "y"]))
        #expect(document.venue == Venue(kind: .market))
    }

    @Test func aDirectoryThatIsDownDoesNotStopTheForm() async throws {
        var run = FormRun()
        run.directory.isDown = true
        let (outcome, screen, _) = try await run(
            answers([
                "1", "", "望京", "110105026", "园区", "", "", "", "某公司", "", "", "", "", "", "", "", "", "", "y",
            ]))
        guard case .completed(let document) = outcome else {
            Issue.record("not completed")
            return
        }
        #expect(document.area.text == "110105026")
        #expect(document.firms.map(\.name) == ["某公司"])
        #expect(screen.contains("暂时无法查找"))
    }
}
