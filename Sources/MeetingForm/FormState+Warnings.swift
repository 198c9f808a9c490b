import Outreach

extension FormState {
    /// What is odd about an answer that is allowed: said once, above the next question.
    func warning(about answer: Answer, at id: QuestionID, today: Day) -> Bilingual? {
        switch id.field {
        case .heldOn:
            guard let day = answer.day else { return nil }
            return today.days(since: day) > 60 ? FormText.longAgo : nil
        case .firmName:
            guard let firm = answer.firm else { return nil }
            let others = firms.enumerated().filter { $0.offset != id.row }.compactMap {
                $0.element[.firmName]?.firm
            }
            let folded = FoldedName(firm.title)
            return others.contains {
                FoldedName($0.title) == folded || ($0.uscc != nil && $0.uscc == firm.uscc)
            }
                ? FormText.sameFirm : nil
        case .headcount: return (answer.number ?? 0) > 50_000 ? FormText.manyEmployees : nil
        case .mobile:
            guard let mobile = answer.text else { return nil }
            let others = applicants.enumerated().filter { $0.offset != id.row }.compactMap {
                $0.element[.mobile]?.text
            }
            return others.contains(mobile) ? FormText.sameMobile : nil
        default: return nil
        }
    }

    /// What is odd about the meeting as a whole.
    func warnings(today: Day) -> [Bilingual] {
        var warnings: [Bilingual] = []
        if firms.isEmpty && applicants.isEmpty && sheet[.applicationsTotal]?.number == nil {
            warnings.append(FormText.nobodyListed)
        }
        if let attended = sheet[.attended]?.number, attended < firms.count {
            warnings.append(FormText.fewerPeopleThanFirms)
        }
        if let day = sheet[.heldOn], let warning = warning(about: day, at: .meeting(.heldOn), today: today) {
            warnings.append(warning)
        }
        for (row, firm) in firms.enumerated() where hidesPersons == true {
            let contact = [Field.contactName, .contactPosition, .contactPhone].map { firm[$0] }
            if contact.contains(.hidden), contact.contains(where: { $0?.text != nil }) {
                warnings.append(FormText.contactReplaced(row + 1))
            }
        }
        // The Trade Union Law asks for a union of its own from 25 members on.
        let employers = Dictionary(grouping: applicants.compactMap { $0[.employer]?.firm?.title }) { $0 }
        for (row, firm) in firms.enumerated() {
            guard let title = firm[.firmName]?.firm?.title, employers[title, default: []].count >= 25,
                unionStatus(ofFirm: row)?.isUnorganised ?? false
            else { continue }
            warnings.append(FormText.manyApplicants(title))
        }
        return warnings
    }
}
