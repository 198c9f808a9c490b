/// Reads the applicants of a meeting document.
struct ApplicantReader {
    let day: Day
    let isCorrection: Bool
    let parent: MeetingDocumentReader

    private var issues: IssueList { parent.issues }

    private static let keys = [
        "id", "name", "mobile", "channel", "document", "employer", "categories", "consent",
    ]

    func applicants(_ reader: ObjectReader) -> [ApplicantEntry] {
        var entries: [ApplicantEntry] = []
        var seen: [ApplicantID: Int] = [:]
        for (index, (value, pointer)) in reader.elements("applicants", limit: 2000).enumerated() {
            guard let object = ObjectReader(value, at: pointer, known: Self.keys, issues: issues),
                let entry = entry(object)
            else { continue }
            if let first = seen.updateValue(index, forKey: entry.id) {
                issues.add(
                    "applicant.listed_twice", object.at("id"),
                    Bilingual(zh: "与第 \(first + 1) 位申请人编号相同", en: "the same id as applicant \(first + 1)"),
                    mend: Bilingual(zh: "每位申请人用自己的编号", en: "give each applicant an id of their own"))
            }
            entries.append(entry)
        }
        return entries
    }

    private func entry(_ object: ObjectReader) -> ApplicantEntry? {
        let id = object.identifier("id", as: ApplicantID.self)
        // In a correction an id alone means "unchanged": a masked copy can never overwrite a person.
        if isCorrection, !Self.keys.dropFirst().contains(where: object.has) {
            return id.map(ApplicantEntry.unchanged)
        }
        let person = person(object)
        let channel = object.choice("channel", as: JoinChannel.self)
        let employer = employer(object)
        let categories = categories(object)
        guard let consent = consent(object), let id, let person else { return nil }
        var applicant = Applicant(id: id, person: person, consent: consent)
        applicant.channel = channel
        applicant.employer = employer
        applicant.categories = categories
        return .stated(applicant)
    }

    /// Name, mobile and document; nil without a name.
    func person(_ object: ObjectReader) -> Person? {
        let name = object.name("name", limit: 100, required: true)
        let mobile = object.code("mobile", Mobile.init(validating:))
        let document = document(object)
        if !object.has("mobile"), !object.has("document") {
            issues.add(
                "applicant.unreachable", object.pointer,
                Bilingual(zh: "手机号和证件至少填一项", en: "an applicant needs a mobile or a document"),
                mend: Bilingual(zh: "补填手机号", en: "give the mobile number"))
        }
        return name.map { Person(name: $0, mobile: mobile, document: document) }
    }

    private func document(_ object: ObjectReader) -> IdentityDocument? {
        guard let document = object.object("document", known: ["kind", "number"]),
            let kind = document.text("kind", limit: 40, required: true)
        else { return nil }
        guard kind == "resident_id" else {
            guard let other: OtherDocumentKind = document.choice(kind, at: document.at("kind")),
                let number = document.code("number", required: true, Self.documentNumber)
            else { return nil }
            return .other(kind: other, number: number)
        }
        guard
            let id = document.code(
                "number", required: true,
                { (text) throws(CodeError) -> ResidentID in
                    text.utf8.count == 15
                        ? try ResidentID.upgrading(legacy: text) : try ResidentID(validating: text)
                })
        else { return nil }
        if id.birthDay > day {
            issues.add(
                "resident_id.future_birth", document.at("number"),
                Bilingual(zh: "出生日期晚于沟通会", en: "the birth date lies after the meeting"),
                mend: Bilingual(zh: "对照身份证核对", en: "compare with the card"))
        } else if id.age(on: day) < 16 {
            issues.add(
                "applicant.under_16", object.pointer,
                Bilingual(zh: "申请人未满16周岁，不能入会", en: "the applicant is under 16 and may not join"),
                mend: Bilingual(
                    zh: "从名单中删去这一位，其余照常登记", en: "take this applicant out; the rest can be recorded"))
        }
        return .residentID(id)
    }

    /// The number of a passport or another document: 4 to 40 letters and digits, brackets allowed.
    private static func documentNumber(_ text: String) throws(CodeError) -> String {
        let number = NormalisedText.code(text)
        let isPlain = number.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || "()".utf8.contains(byte)
        }
        guard isPlain, (4...40).contains(number.utf8.count) else {
            throw CodeError(
                "document.number", "证件号码须为4至40位字母和数字", "a document number is 4 to 40 letters and digits",
                mendZh: "对照证件填写，不要写文字说明", mendEn: "copy it from the document, without remarks")
        }
        return number
    }

    private func employer(_ object: ObjectReader) -> Employer? {
        guard let employer = object.object("employer", known: ["uscc", "name"]) else { return nil }
        let uscc = employer.code("uscc", CreditCode.init(validating:))
        let name = employer.name("name")
        return uscc == nil && name == nil ? nil : Employer(uscc: uscc, name: name)
    }

    private func categories(_ object: ObjectReader) -> [WorkerCategory] {
        object.elements("categories", limit: 20).compactMap { value, pointer in
            guard case .string(let raw) = value else {
                issues.add(
                    "type.text", pointer, Bilingual(zh: "应为文字", en: "must be text"),
                    mend: Bilingual(zh: "改为文字", en: "write text"))
                return nil
            }
            return object.choice(raw, at: pointer)
        }
    }

    private func consent(_ object: ObjectReader) -> Consent? {
        let keys = ["notice", "on", "method", "share_with_employer_union", "card_bank"]
        guard let consent = object.object("consent", known: keys, required: true) else { return nil }
        let notice = consent.text("notice", limit: 60, required: true)
        let on = consent.day("on", latest: parent.today, required: true)
        let method = consent.choice("method", as: ConsentMethod.self, required: true)
        let share = consent.flag("share_with_employer_union") ?? false
        let bank = consent.flag("card_bank") ?? false
        guard let notice, let on, let method else { return nil }
        return Consent(
            notice: notice, on: on, method: method, shareWithEmployerUnion: share, cardBank: bank)
    }
}
