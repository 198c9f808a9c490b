import Outreach

/// What a correction does to a line of its review page.
enum LineChange: Hashable, Sendable {
    /// What stood there, of a row only the parts that stand no more; nil where it was left empty.
    case was(String?)
    /// Changed in something that the line does not show.
    case inside
    case added

    func shown(in language: FormLanguage) -> String {
        switch self {
        case .was(let former): language(FormText.was(former ?? language(FormText.left)))
        case .inside: language(FormText.changedInside)
        case .added: language(FormText.addedRow)
        }
    }
}

extension FormState {
    /// How an answer about the meeting differs from what is on record.
    func change(at id: QuestionID, since before: FormState, in language: FormLanguage) -> LineChange? {
        let former = before.shown(before[id], at: id, in: language)
        return former == shown(self[id], at: id, in: language) ? nil : .was(former)
    }

    /// How a firm or an applicant differs from the row on record that it corrects.
    func change(of group: FormGroup, row: Int, since before: FormState, in language: FormLanguage)
        -> LineChange?
    {
        guard let sheet = sheet(of: QuestionID(group: group, row: row, field: .kind)),
            let origin = sheet.origin,
            let old = before.sheet(of: QuestionID(group: group, row: origin, field: .kind))
        else { return .added }
        guard sheet.given != old.given else { return nil }
        let now = summaryParts(of: group, row: row, in: language)
        let gone = before.summaryParts(of: group, row: origin, in: language).filter { !now.contains($0) }
        return gone.isEmpty ? .inside : .was(gone.joined(separator: " · "))
    }

    /// Summaries of the rows on record that are taken out.
    func removed(since before: FormState, in language: FormLanguage) -> [String] {
        [FormGroup.firm, .applicant].flatMap { group in
            let left = Set(rows(of: group).compactMap(\.origin))
            return before.rows(of: group).indices.filter { !left.contains($0) }
                .map { before.summary(of: group, row: $0, in: language) }
        }
    }

    /// What this form says and the other does not, line by line; their rows need not correspond.
    func differences(from other: FormState, in language: FormLanguage) -> [String] {
        var lines: [String] = []
        for id in questions where id.group == .meeting {
            guard let change = change(at: id, since: other, in: language), case .was(let theirs) = change
            else { continue }
            let own = shown(self[id], at: id, in: language) ?? language(FormText.left)
            lines.append(
                language(FormText.draftSays(language(id.field.question.label), own, theirs ?? "—")))
        }
        for group in [FormGroup.firm, .applicant] {
            let theirs = Set(other.rows(of: group).map(\.given))
            for (row, sheet) in rows(of: group).enumerated() where !theirs.contains(sheet.given) {
                let title = group == .firm ? FormText.firmTitle(row + 1) : FormText.applicantTitle(row + 1)
                lines.append("\(language(title))  " + summary(of: group, row: row, in: language))
            }
            if count(of: group) < other.count(of: group) {
                let all = (count(of: group), other.count(of: group))
                lines.append(
                    language(
                        group == .firm
                            ? FormText.fewerFirms(all.0, all.1) : FormText.fewerApplicants(all.0, all.1)))
            }
        }
        return lines
    }

    private func rows(of group: FormGroup) -> [Sheet] {
        switch group {
        case .meeting: [sheet]
        case .firm: firms
        case .applicant: applicants
        }
    }
}

extension Sheet {
    /// The answers that say something.
    fileprivate var given: [Field: Answer] { answers.filter { $0.value != .left } }
}
