import Outreach

/// Documents that are valid and normalised, of every shape, from a seed.
struct DocumentGenerator {
    private var random: SeededRandom
    let today = Day(ordinal: 17_900)  // 2019-01-04

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func submission() throws -> MeetingSubmission {
        if chance(0.1) { return .void(MeetingVoid(id: id(), replaces: 1 + random.below(9), why: text())) }
        return .record(try document())
    }

    mutating func document() throws -> MeetingDocument {
        let heldOn = today.adding(days: -random.below(250))
        var document = MeetingDocument(
            id: id(), kind: pick(MeetingKind.allCases), heldOn: heldOn,
            area: try AreaCode(validating: pick(["110105021", "110106008", "110101001"])),
            venue: Venue(
                kind: pick(VenueKind.allCases), name: maybe { $0.text() }, project: maybe { $0.text() }))
        document.replaces = maybe { 1 + $0.random.below(5) }
        document.endedOn = maybe { min(heldOn.adding(days: 1), $0.today) }
        document.startsAt = TimeOfDay("09:30")
        document.endsAt = maybe { _ in TimeOfDay("16:00") }
        document.orgUnit = maybe { $0.text() }
        document.format = maybe { $0.pick(MeetingFormat.allCases) }
        document.dedicatedTo = maybe { $0.text() }
        document.organisers = several { $0.text() }
        document.staff = several { random in
            StaffMember(name: random.text(), hours: random.maybe { Double($0.random.below(100)) / 4 })
        }
        document.counts.consulted = maybe { $0.random.below(500) }
        document.counts.leaflets = maybe { $0.random.below(500) }
        document.counts.cardsIssued = maybe { _ in 0 }
        for index in 0..<random.below(4) { document.firms.append(try firm(index, heldOn: heldOn)) }
        document.firmsCounted = maybe { [count = document.firms.count] in count + $0.random.below(3) }
        for _ in 0..<random.below(4) {
            if document.replaces != nil, chance(0.4) {
                document.applicants.append(.unchanged(id()))
            } else {
                document.applicants.append(.stated(try applicant(on: heldOn)))
            }
        }
        document.applications.paper = maybe { $0.random.below(20) }
        document.applications.qr = maybe { $0.random.below(20) }
        document.applications.total = maybe { $0.random.below(20) + 50 }
        document.opinions = several { random in
            Opinion(
                topic: random.maybe { $0.text() }, text: random.lines(),
                answer: random.maybe { OpinionAnswer(on: heldOn, text: $0.maybe { $0.lines() }) })
        }
        document.notes = maybe { $0.lines() }
        return document
    }

    private mutating func firm(_ index: Int, heldOn: Day) throws -> FirmMet {
        var firm = FirmMet(name: "第\(index)家 \(text())", unionStatus: pick(UnionStatus.allCases))
        let codes = ["91110000600037341L", "91110101MA00TE5T21", "91110105100000016T", "92110106MA00000K0X"]
        firm.uscc = try maybe { _ in codes[index] }.map(CreditCode.init(validating:))
        firm.area = try maybe { _ in "110105021" }.map(AreaCode.init(validating:))
        firm.parent = maybe { $0.text() }
        firm.headcount = maybe { 1 + $0.random.below(2000) }
        firm.headcountBand = firm.headcount.map(HeadcountBand.init(headcount:))
        firm.industry = try maybe { $0.pick(["I65", "6020", "A", "01"]) }.map(IndustryCode.init(validating:))
        firm.contact = maybe { random in
            FirmContact(name: random.text(), position: random.maybe { $0.text() }, phone: "010-12345678")
        }
        firm.attitude = maybe { $0.pick(Attitude.allCases) }
        firm.questions = several { $0.text() }
        if firm.unionStatus.allowsIntent {
            firm.intent = maybe { Intent(form: $0.pick(IntentForm.allCases), on: heldOn) }
        }
        firm.nextStep = maybe { random in
            NextStep(what: random.text(), due: heldOn.adding(days: 30), owner: random.maybe { $0.text() })
        }
        return firm
    }

    private mutating func applicant(on day: Day) throws -> Applicant {
        var person = Person(name: text(), mobile: try Mobile(validating: "15412345678"))
        person.document =
            switch random.below(3) {
            case 0: .residentID(try ResidentID(validating: "110100199003070015"))
            case 1: .other(kind: pick(OtherDocumentKind.allCases), number: "E12345678")
            default: nil
            }
        let consent = Consent(
            notice: "2018-1", on: day, method: pick(ConsentMethod.allCases),
            shareWithEmployerUnion: chance(0.5), cardBank: chance(0.5))
        var applicant = Applicant(id: id(), person: person, consent: consent)
        applicant.channel = maybe { $0.pick(JoinChannel.allCases) }
        applicant.employer = maybe { Employer(name: $0.text()) }
        applicant.categories = chance(0.5) ? [pick(WorkerCategory.allCases)] : []
        return applicant
    }

    // MARK: Draws

    private mutating func id<Subject>() -> Identifier<Subject> {
        .minted(atMilliseconds: 1_536_000_000_000 + UInt64(random.below(1_000_000)), using: &random)
    }

    /// Words with what JSON escapes, other planes, and letters that NFC composes.
    private mutating func text() -> String {
        let words = ["云杉", "\"引号\"", "a\\b", "𠮷野家", "é", "50%", "😀", "（北京）", "Ａ１", "/~"]
        return (0...random.below(3)).map { _ in pick(words) }.joined(separator: " ")
    }

    private mutating func lines() -> String {
        (0...random.below(3)).map { _ in text() }.joined(separator: "\n")
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[random.below(elements.count)]
    }

    private mutating func chance(_ share: Double) -> Bool { Double(random.below(1000)) < share * 1000 }

    private mutating func maybe<Value>(_ draw: (inout Self) -> Value?) -> Value? {
        chance(0.6) ? draw(&self) : nil
    }

    private mutating func several<Value>(_ draw: (inout Self) -> Value) -> [Value] {
        (0..<random.below(4)).map { _ in draw(&self) }
    }
}
