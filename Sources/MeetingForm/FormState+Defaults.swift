import Outreach

extension FormState {
    /// What Enter takes: the answer already there, else what the last meeting, the firm's record or the
    /// row above suggests.
    ///
    /// What a firm *said* — attitude, intent, questions — is never carried down from another firm: a
    /// default there would turn a hurried Enter into a counted fact.
    func defaultAnswer(at id: QuestionID, today: Day, last: MeetingDefaults?) -> Answer? {
        if let given = self[id] { return given }
        switch id.group {
        case .meeting: return meetingDefault(id.field, today: today, last: last)
        case .firm: return firmDefault(id.field, row: id.row)
        case .applicant: return applicantDefault(id.field, row: id.row)
        }
    }

    private func meetingDefault(_ field: Field, today: Day, last: MeetingDefaults?) -> Answer? {
        let isSamePlace = last?.area != nil && last?.area?.code.text == sheet[.area]?.area?.code
        return switch field {
        case .heldOn: .day(today)
        case .area: last?.area.map { .area(AreaAnswer($0)) }
        case .venueKind: isSamePlace ? last?.venue.map { .choice($0.kind.rawValue) } : nil
        case .venueName where isSamePlace && sheet[.venueKind]?.choice == last?.venue?.kind.rawValue:
            last?.venue?.name.map(Answer.text)
        case .venueProject where isSamePlace: last?.venue?.project.map(Answer.text)
        case .format: last?.format.map { .choice($0.rawValue) }
        case .applicationsTotal: applicants.isEmpty ? nil : .listed
        default: nil
        }
    }

    private func firmDefault(_ field: Field, row: Int) -> Answer? {
        let known = self[.firm(row, .firmName)]?.firm
        return switch field {
        case .unionStatus: .choice(known?.knownStatus ?? UnionStatus.unorganised.rawValue)
        case .headcount: known?.knownHeadcount.map(Answer.number)
        case .intentOn: sheet[.heldOn]
        case .nextStep, .nextStepDue, .nextStepOwner: row > 0 ? self[.firm(row - 1, field)] : nil
        default: nil
        }
    }

    private func applicantDefault(_ field: Field, row: Int) -> Answer? {
        switch field {
        case .employer where row == 0:
            guard firms.count == 1, let firm = firms.first?[.firmName]?.firm else { return nil }
            return .firm(FirmAnswer(name: firm.name, uscc: firm.uscc))
        case .employer, .categories, .channel, .consent, .shareWithUnion, .cardBank:
            // Nothing comes down from a person who was erased.
            return row > 0 && !applicants[row - 1].isErased && !applicants[row - 1].isHidden
                ? self[.applicant(row - 1, field)] : nil
        default: return nil
        }
    }
}
