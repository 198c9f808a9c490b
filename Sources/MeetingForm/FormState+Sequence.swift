import Outreach

extension FormState {
    var kind: MeetingKind? { sheet[.kind]?.choice.flatMap(MeetingKind.init(rawValue:)) }

    func unionStatus(ofFirm row: Int) -> UnionStatus? {
        self[.firm(row, .unionStatus)]?.choice.flatMap(UnionStatus.init(rawValue:))
    }

    /// Every question that applies, in the order of asking, each repeat group ending in its open row.
    ///
    /// Computed from the answers: what no longer applies is neither asked nor written in the document.
    var questions: [QuestionID] {
        let firms = (0...firms.count).flatMap { questions(ofFirm: $0) }
        let applicants = (0...applicants.count).flatMap { questions(ofApplicant: $0) }
        let groups = kind == .worker ? applicants + firms : firms + applicants
        return meetingHead + groups + meetingTail
    }

    /// The questions that one row of a group asks; for the open row, only who it is.
    func questions(of group: FormGroup, row: Int) -> [QuestionID] {
        switch group {
        case .meeting: meetingHead + meetingTail
        case .firm: questions(ofFirm: row)
        case .applicant: questions(ofApplicant: row)
        }
    }

    private var meetingHead: [QuestionID] {
        var fields: [Field] = [.kind, .heldOn, .area, .venueKind, .venueName]
        if sheet[.venueKind]?.choice == VenueKind.site.rawValue { fields.append(.venueProject) }
        fields += [
            .format, .attended, .consulted, .leaflets, .questionnaires, .endedOn, .startsAt, .endsAt,
            .orgUnit,
            .dedicatedTo, .organisers, .staff, .firmsCounted,
        ]
        return asked(fields, in: sheet).map(QuestionID.meeting)
    }

    private var meetingTail: [QuestionID] {
        var fields: [Field] = [
            .applicationsTotal, .applicationsPaper, .applicationsQR, .applicationsApp, .approvedOnSite,
            .cardsIssued, .appRegistrations, .opinions, .notes,
        ]
        if kind == .enterprise && applicants.isEmpty && !sheet.hasDetails && sheet[.applicationsTotal] == nil
        {
            fields.removeAll { $0 == .applicationsTotal }
        }
        return asked(fields, in: sheet).map(QuestionID.meeting)
    }

    private func questions(ofFirm row: Int) -> [QuestionID] {
        guard firms.indices.contains(row) else { return [.firm(row, .firmName)] }
        var fields: [Field] = [.firmName, .unionStatus, .headcount, .attitude]
        if firms[row][.headcount] == .left { fields.insert(.headcountBand, at: 3) }
        if unionStatus(ofFirm: row)?.allowsIntent ?? true {
            fields.append(.intent)
            if let intent = firms[row][.intent], intent != .left { fields.append(.intentOn) }
        }
        fields.append(.nextStep)
        if let step = firms[row][.nextStep], step != .left { fields += [.nextStepDue, .nextStepOwner] }
        if firms[row][.firmName]?.firm?.uscc == nil { fields.append(.uscc) }
        fields += [.parent, .industry, .contactName, .contactPosition, .contactPhone, .firmQuestions]
        return asked(fields, in: firms[row]).map { .firm(row, $0) }
    }

    private func questions(ofApplicant row: Int) -> [QuestionID] {
        guard applicants.indices.contains(row) else { return [.applicant(row, .applicantName)] }
        let fields: [Field] = [
            .applicantName, .mobile, .document, .employer, .categories, .channel, .consent, .shareWithUnion,
            .cardBank,
        ]
        return asked(fields, in: applicants[row]).map { .applicant(row, $0) }
    }

    private func asked(_ fields: [Field], in sheet: Sheet) -> [Field] {
        fields.filter { !$0.isDetail(in: kind) || sheet.hasDetails || sheet[$0] != nil }
    }

    /// Whether a question about the meeting comes after the firms and applicants.
    func isAfterGroups(_ id: QuestionID) -> Bool { meetingTail.contains(id) }

    /// Whether optional questions of the same sheet are still hidden at `id`, and would come after it.
    func canShowDetails(at id: QuestionID) -> Bool {
        guard !isOpenRow(id), let sheet = sheet(of: id), !sheet.hasDetails else { return false }
        var open = self
        open.showDetails(at: id)
        let questions = open.questions(of: id.group, row: id.row)
        guard let index = questions.firstIndex(of: id) else { return false }
        return questions[(index + 1)...].contains { $0.field.isDetail(in: kind) && self[$0] == nil }
    }
}

extension Field {
    /// Asked only of those who want more: `+` opens them.
    func isDetail(in kind: MeetingKind?) -> Bool {
        switch self {
        case .attended: kind == .worker
        case .consulted: kind == .enterprise
        case .leaflets, .questionnaires, .endedOn, .startsAt, .endsAt, .orgUnit, .dedicatedTo, .organisers,
            .staff, .firmsCounted, .applicationsPaper, .applicationsQR, .applicationsApp, .approvedOnSite,
            .cardsIssued, .appRegistrations, .headcountBand, .intentOn, .nextStepDue, .nextStepOwner, .uscc,
            .parent, .industry, .contactName, .contactPosition, .contactPhone, .firmQuestions,
            .shareWithUnion, .cardBank:
            true
        default: false
        }
    }
}
