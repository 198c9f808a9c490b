import Foundation
import MeetingForm
import Outreach

/// A meeting on record with everything a document can say: three firms, two applicants and one erased.
enum CorrectionFixture {
    static let secrets = ["王联系人", "13811112222", "张三丰", "13800138000", "110105199003070033"]

    static func meeting() throws -> MeetingDocument {
        let day = try day("2018-09-12")
        var meeting = MeetingDocument(
            id: MeetingID(FakeMint().next()), kind: .enterprise, heldOn: day,
            area: try AreaCode(validating: "110105026"),
            venue: Venue(kind: .site, name: "望京工地", project: "三号楼"))
        meeting.replaces = 3
        meeting.endedOn = try self.day("2018-09-13")
        meeting.startsAt = TimeOfDay("14:00")
        meeting.endsAt = TimeOfDay("15:30")
        meeting.areaName = "望京街道"
        meeting.orgUnit = "望京街道总工会"
        meeting.format = .group
        meeting.dedicatedTo = "快递员"
        meeting.organisers = ["街道办", "区总工会"]
        // A name that ends in a number is not a name with hours.
        meeting.staff = [StaffMember(name: "王敏", hours: 2.5), StaffMember(name: "李 7")]
        meeting.counts.attended = 14
        meeting.counts.consulted = 34
        meeting.counts.approvedOnSite = 2
        meeting.counts.cardsIssued = 1
        meeting.counts.appRegistrations = 4
        meeting.firms = try firms(on: day)
        meeting.firmsCounted = 5
        meeting.applicants = try applicants(on: day)
        meeting.applications.paper = 3
        meeting.applications.qr = 1
        meeting.applications.total = 5
        meeting.opinions = [
            Opinion(
                topic: "入会", text: "希望就近办理",
                answer: OpinionAnswer(on: try self.day("2018-09-13"), text: "已在社区设点")),
            Opinion(topic: "食堂", text: "第一条\n第二条", answer: OpinionAnswer(on: day)),
        ]
        meeting.notes = "第一行\n第二行"
        return meeting
    }

    /// The same as a service hands it out: applicants by id, no contacts.
    static func withoutPersons() throws -> MeetingDocument {
        var meeting = try meeting()
        meeting.applicants = meeting.applicants.map { .unchanged($0.id) }
        for index in meeting.firms.indices { meeting.firms[index].contact = nil }
        return meeting
    }

    private static func firms(on day: Day) throws -> [FirmMet] {
        var first = FirmMet(
            uscc: try CreditCode(validating: "91350100M000100Y43"), name: "北京天成科技有限公司",
            unionStatus: .unorganised)
        first.area = try AreaCode(validating: "110105001")
        first.parent = "天成集团"
        first.headcount = 86
        first.industry = try IndustryCode(validating: "I65")
        first.contact = FirmContact(name: "王联系人", position: "人事经理", phone: "13811112222")
        first.attitude = .toReport
        first.questions = ["会费", "程序"]
        first.intent = Intent(form: .letter, on: day)
        first.nextStep = NextStep(what: "寄材料", due: try self.day("2018-09-30"), owner: "王敏")
        var second = FirmMet(name: "北京光华餐饮有限公司", unionStatus: .organised)
        second.headcountBand = .under500
        let third = FirmMet(name: "北京朝阳印刷厂", unionStatus: .unknown)
        return [first, second, third]
    }

    private static func applicants(on day: Day) throws -> [ApplicantEntry] {
        let mint = FakeMint()
        // Not the ids that a form under test mints.
        for _ in 0..<100 { _ = mint.next() }
        var first = Applicant(
            id: ApplicantID(mint.next()),
            person: Person(name: "张三丰", mobile: try Mobile(validating: "13800138000")),
            consent: Consent(
                notice: "2017-2", on: try self.day("2018-09-11"), method: .ticked,
                shareWithEmployerUnion: true))
        first.channel = .paper
        first.employer = Employer(name: "顺丰速运")
        first.categories = [.courier, .migrantWorker]
        let second = Applicant(
            id: ApplicantID(mint.next()),
            person: Person(
                name: "李四", document: .residentID(try ResidentID(validating: "110105199003070033"))),
            consent: Consent(notice: "2018-1", on: day, method: .signed))
        return [.stated(first), .stated(second), .unchanged(ApplicantID(mint.next()))]
    }

    private static func day(_ iso: String) throws -> Day {
        guard let day = Day(iso: iso) else { throw FakeDirectory.Down() }
        return day
    }
}
