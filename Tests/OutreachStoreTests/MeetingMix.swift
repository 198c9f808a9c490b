import Outreach

/// Seeded meetings whose firms are named in every way: by code, by name, by both, in two districts, so that firms
/// are found, made, gain their code, and are sometimes two entries of one meeting.
struct MeetingMix {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    func documents(_ count: Int) throws -> [MeetingDocument] {
        var mix = self
        return try (0..<count).map { _ in try mix.document() }
    }

    private mutating func document() throws -> MeetingDocument {
        let day = Day(ordinal: 17_700 + random.below(200))
        let area = try AreaCode(validating: ["110105021", "110105001", "110101001"][random.below(3)])
        var document = MeetingDocument(
            id: .minted(atMilliseconds: 1_536_710_400_000, using: &random),
            kind: random.below(4) == 0 ? .worker : .enterprise, heldOn: day, area: area,
            venue: Venue(kind: .park, name: "园区\(random.below(9))"))
        document.startsAt = TimeOfDay("09:30")
        document.organisers = random.below(2) == 0 ? [] : ["税务所", "社区"]
        document.staff = random.below(2) == 0 ? [] : [.init(name: "张干部", hours: 2.5), .init(name: "李干部")]
        document.counts.consulted = random.below(3) == 0 ? nil : random.below(90)
        var named: Set<String> = []
        for _ in 0..<random.below(4) {
            let firm = try firm(on: day)
            // What the document's own rules refuse is not the point here.
            let names = [firm.uscc?.text, firm.name].compactMap(\.self)
            guard named.isDisjoint(with: names) else { continue }
            named.formUnion(names)
            document.firms.append(firm)
        }
        for _ in 0..<random.below(3) {
            var applicant = Applicant(
                id: .minted(atMilliseconds: 1_536_710_400_000, using: &random),
                person: Person(name: "王示例", mobile: try Mobile(validating: "13800138000")),
                consent: Consent(notice: "2018-1", on: day, method: .signed))
            applicant.categories = random.below(2) == 0 ? [] : [.courier, .construction]
            if random.below(2) == 0 { applicant.employer = Employer(name: name()) }
            document.applicants.append(.stated(applicant))
        }
        if random.below(3) == 0 {
            document.opinions = [
                Opinion(topic: "食堂", text: "希望改善\n第二行"),
                Opinion(text: "送课", answer: OpinionAnswer(on: document.heldOn, text: "已安排")),
            ]
        }
        return document
    }

    private mutating func name() -> String { "北京示例\(random.below(12))有限公司" }

    private mutating func firm(on day: Day) throws -> FirmMet {
        let number = random.below(12)
        var firm = FirmMet(name: "北京示例\(number)有限公司", unionStatus: .unorganised)
        switch random.below(5) {
        case 0: firm.uscc = try CreditCode(validating: FirmList.code(number))
        case 1: firm.uscc = try CreditCode(validating: FirmList.code(number + 12 * random.below(2)))
        case 2:
            firm.uscc = try CreditCode(validating: FirmList.code(number))
            firm.name = nil
        default: break
        }
        if random.below(4) == 0 { firm.area = try AreaCode(validating: "110105021") }
        firm.headcount = random.below(2) == 0 ? nil : random.below(400)
        firm.industry = random.below(2) == 0 ? nil : try IndustryCode(validating: "I65")
        firm.questions = random.below(2) == 0 ? [] : ["经费", "流程"]
        firm.contact = random.below(2) == 0 ? nil : FirmContact(name: "李联系")
        if random.below(3) == 0 { firm.intent = Intent(form: .verbal, on: day) }
        if random.below(3) == 0 { firm.nextStep = NextStep(what: "回访", due: day.adding(days: 7)) }
        return firm
    }
}
