/// Reads the firms of a meeting document.
struct FirmMetReader {
    let day: Day
    let isCorrection: Bool
    let parent: MeetingDocumentReader

    private var issues: IssueList { parent.issues }

    private static let keys = [
        "uscc", "name", "area", "parent", "union_status", "headcount", "headcount_band", "industry",
        "contact", "attitude", "questions", "intent", "next_step",
    ]

    func firms(_ reader: ObjectReader) -> [FirmMet] {
        var firms: [FirmMet] = []
        var roll = FirmRoll()
        for (index, (value, pointer)) in reader.elements("firms", limit: 500).enumerated() {
            guard let object = ObjectReader(value, at: pointer, known: Self.keys, issues: issues),
                let firm = firm(object)
            else { continue }
            if let first = roll.enter(firm, at: index) {
                issues.add(
                    "firm.listed_twice", pointer,
                    Bilingual(zh: "与第 \(first + 1) 家是同一企业", en: "the same firm as entry \(first + 1)"),
                    mend: Bilingual(zh: "合并为一条", en: "merge the two entries"))
            }
            firms.append(firm)
        }
        return firms
    }

    private func firm(_ object: ObjectReader) -> FirmMet? {
        let uscc = object.code("uscc", CreditCode.init(validating:))
        let name = object.name("name")
        if !object.has("uscc"), !object.has("name") {
            issues.add(
                "firm.unnamed", object.pointer,
                Bilingual(zh: "企业全称和统一社会信用代码至少填一项", en: "a firm needs its name or its credit code"),
                mend: Bilingual(zh: "补填企业全称", en: "give the firm's name"))
        }
        guard let status = object.choice("union_status", as: UnionStatus.self, required: true) else {
            return nil
        }
        var firm = FirmMet(uscc: uscc, name: name, unionStatus: status)
        firm.area = object.code("area", AreaCode.init(validating:))
        if let area = firm.area {
            parent.check(area, nil, on: day, object, key: "area", nameKey: "area")
        }
        firm.parent = object.name("parent")
        firm.headcount = object.integer("headcount")
        firm.headcountBand = object.choice("headcount_band")
        if let headcount = firm.headcount, let band = firm.headcountBand, headcount > 0,
            HeadcountBand(headcount: headcount) != band
        {
            issues.add(
                "firm.headcount_band", object.at("headcount_band"),
                Bilingual(zh: "人数档次与职工人数不符", en: "the band does not hold the headcount"),
                mend: Bilingual(zh: "只填其中一项", en: "give one of the two"))
        }
        firm.industry = object.code("industry", IndustryCode.init(validating:))
        firm.contact = contact(object)
        firm.attitude = object.choice("attitude")
        firm.questions = object.texts("questions")
        firm.intent = intent(object, status: status)
        firm.nextStep = nextStep(object)
        return firm
    }

    private func contact(_ object: ObjectReader) -> FirmContact? {
        guard let contact = object.object("contact", known: ["name", "position", "phone"]) else {
            return nil
        }
        let name = contact.name("name", limit: 100)
        let position = contact.text("position", limit: 100)
        let phone = contact.text("phone", limit: 40)
        let read = FirmContact(name: name, position: position, phone: phone)
        // In a correction `{}` takes the contact out; left out, it stays as it is.
        return read.isEmpty && !isCorrection ? nil : read
    }

    private func intent(_ object: ObjectReader, status: UnionStatus) -> Intent? {
        guard let intent = object.object("intent", known: ["form", "on"]) else { return nil }
        if !status.allowsIntent {
            issues.add(
                "intent.organised", intent.pointer,
                Bilingual(zh: "已建会的企业不能登记建会意向", en: "an organised firm cannot voice a founding intent"),
                mend: Bilingual(zh: "删去意向，或改正建会状况", en: "take the intent out, or mend the union status"))
        }
        let form = intent.choice("form", as: IntentForm.self, required: true)
        let on = intent.day("on", latest: parent.today, required: true)
        guard let form, let on else { return nil }
        return Intent(form: form, on: on)
    }

    private func nextStep(_ object: ObjectReader) -> NextStep? {
        guard let step = object.object("next_step", known: ["what", "due", "owner"]) else { return nil }
        let due = step.day("due")
        let owner = step.name("owner", limit: 100)
        return step.prose("what", limit: 500, required: true).map {
            NextStep(what: $0, due: due, owner: owner)
        }
    }
}

/// The firms of one document so far, to find one that is listed twice.
private struct FirmRoll {
    private struct Namesake {
        let index: Int
        let uscc: CreditCode?
        let area: AreaCode?
    }

    private var codes: [CreditCode: Int] = [:]
    private var names: [FoldedName: [Namesake]] = [:]

    /// The position of an earlier entry for the same firm: the same code, or the same name in the same place
    /// where not both have a code of their own.
    mutating func enter(_ firm: FirmMet, at index: Int) -> Int? {
        var earlier: Int?
        if let uscc = firm.uscc {
            earlier = codes[uscc]
            codes[uscc] = earlier ?? index
        }
        if let name = firm.name.map({ FoldedName($0) }) {
            let namesake = names[name, default: []].first {
                $0.area == firm.area && ($0.uscc == nil || firm.uscc == nil)
            }
            earlier = earlier ?? namesake?.index
            names[name, default: []].append(Namesake(index: index, uscc: firm.uscc, area: firm.area))
        }
        return earlier
    }
}
