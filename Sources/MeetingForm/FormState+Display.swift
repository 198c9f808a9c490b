import Outreach

extension FormState {
    /// An answer in words; nil where the question was left empty or not asked.
    func shown(_ answer: Answer?, at id: QuestionID, in language: FormLanguage) -> String? {
        switch answer {
        case nil, .left: nil
        case .text(let text): text.replacing("\n", with: " ")
        case .time(let text): text
        case .kept(let mask): mask.isEmpty ? language(FormText.erased) : mask
        case .hidden: language(id.group == .firm ? FormText.keptIfRecorded : FormText.keptAsRecorded)
        case .lines(let lines):
            lines.joined(separator: language == .zh ? "；" : "; ").replacing("\n", with: " ")
        case .number(let number): String(number)
        case .day(let iso): Day(iso: iso).map { "\(iso) \(language(Self.weekdays[$0.weekday - 1]))" } ?? iso
        case .choice(let code): label(of: code, at: id.field, in: language)
        case .choices(let codes):
            codes.map { label(of: $0, at: id.field, in: language) }
                .joined(separator: language == .zh ? "、" : ", ")
        case .area(let area): area.shown
        case .firm(let firm): firm.title
        case .document(_, let number): number
        case .listed: language(FormText.asListed(applicants.count))
        }
    }

    /// A firm or an applicant in one line, for the review page.
    func summary(of group: FormGroup, row: Int, in language: FormLanguage) -> String {
        summaryParts(of: group, row: row, in: language).joined(separator: " · ")
    }

    /// What such a line says, one by one.
    func summaryParts(of group: FormGroup, row: Int, in language: FormLanguage) -> [String] {
        // Who it is, the id alone tells.
        if group == .applicant, applicants.indices.contains(row), applicants[row].isHidden {
            return [language(FormText.keptAsRecorded)]
                + [applicants[row].id.map { ApplicantID($0).description }]
                .compactMap(\.self)
        }
        func show(_ field: Field) -> String? {
            let id = QuestionID(group: group, row: row, field: field)
            guard questions(of: group, row: row).contains(id),
                let text = shown(self[id], at: id, in: language)
            else { return nil }
            switch field {
            case .headcount: return Int(text).map { language(FormText.headcountShown($0)) }
            case .intent: return language(FormText.intentShown(text))
            default: return text
            }
        }
        let fields: [Field] =
            group == .firm
            ? [.firmName, .unionStatus, .headcount, .attitude, .intent, .nextStep]
            : [.applicantName, .mobile, .document, .employer, .categories, .channel, .consent]
        return fields.compactMap(show)
    }

    private func label(of code: String, at field: Field, in language: FormLanguage) -> String {
        field.question.choices.first { $0.code == code }.map { language($0.label) } ?? code
    }

    private static let weekdays = [
        Bilingual(zh: "周一", en: "Mon"), Bilingual(zh: "周二", en: "Tue"), Bilingual(zh: "周三", en: "Wed"),
        Bilingual(zh: "周四", en: "Thu"), Bilingual(zh: "周五", en: "Fri"), Bilingual(zh: "周六", en: "Sat"),
        Bilingual(zh: "周日", en: "Sun"),
    ]
}

extension Field {
    /// What an answer left empty amounts to.
    var wordForLeft: Bilingual {
        switch self {
        case .attended, .consulted, .leaflets, .questionnaires, .firmsCounted, .approvedOnSite, .cardsIssued,
            .appRegistrations:
            FormText.notCountedShown
        case .intent: FormText.none
        default: FormText.left
        }
    }
}

extension AreaAnswer {
    /// District, name and code: two streets of one name differ in the first and the last.
    var shown: String {
        [[district, name].compactMap { $0 }.joined(separator: " "), code].filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
