import Outreach

extension FormState {
    /// The answers of a meeting on record, on their review page. People and contacts stand in it masked:
    /// an answer that is `kept` takes its value from the original when the document is written.
    /// - Parameter hidesPersons: the original has applicants' ids alone, and no contacts: both stay as they are.
    init(correcting original: MeetingDocument, area: AreaAnswer, notice: String, hidesPersons: Bool = false) {
        self.init(meeting: original.id.uuid, notice: notice)
        replaces = original.replaces
        if hidesPersons { self.hidesPersons = true }
        sheet = Sheet(correcting: original, area: area)
        firms = original.firms.enumerated().map { index, firm in
            var sheet = Sheet(correcting: firm, at: index)
            if hidesPersons { sheet.hide([.contactName, .contactPosition, .contactPhone]) }
            return sheet
        }
        applicants = original.applicants.enumerated().map { index, entry in
            switch entry {
            case .unchanged(let id):
                hidesPersons ? Sheet(hidden: id, at: index) : Sheet(erased: id, at: index)
            case .stated(let applicant): Sheet(correcting: applicant, at: index)
            }
        }
        let listed = original.applicants.count
        if listed > 0, original.applications.total == listed { sheet[.applicationsTotal] = .listed }
        cursor = nil
    }
}

extension Sheet {
    /// Whether the person was erased: the row can be taken out, never filled in again.
    var isErased: Bool { answers[.consent] == .kept("") }

    /// Whether the person is on record and not shown here: the row stays as it is, or is taken out.
    var isHidden: Bool { answers[.consent] == .hidden }

    /// Optional questions without a value are not asked; the others count as left empty.
    private mutating func fill(_ field: Field, _ answer: Answer?, in kind: MeetingKind? = nil) {
        answers[field] = answer ?? (field.isDetail(in: kind) ? nil : .left)
    }

    fileprivate init(correcting meeting: MeetingDocument, area: AreaAnswer) {
        let kind = meeting.kind
        fill(.kind, .choice(kind.rawValue))
        fill(.heldOn, .day(meeting.heldOn))
        fill(.area, .area(area))
        fill(.venueKind, .choice(meeting.venue.kind.rawValue))
        fill(.venueName, meeting.venue.name.map(Answer.text))
        fill(.venueProject, meeting.venue.project.map(Answer.text))
        fill(.format, meeting.format.map { .choice($0.rawValue) })
        fill(.attended, meeting.counts.attended.map(Answer.number), in: kind)
        fill(.consulted, meeting.counts.consulted.map(Answer.number), in: kind)
        fill(.leaflets, meeting.counts.leaflets.map(Answer.number))
        fill(.questionnaires, meeting.counts.questionnaires.map(Answer.number))
        fill(.endedOn, meeting.endedOn.map(Answer.day))
        fill(.startsAt, meeting.startsAt.map { .time($0.description) })
        fill(.endsAt, meeting.endsAt.map { .time($0.description) })
        fill(.orgUnit, meeting.orgUnit.map(Answer.text))
        fill(.dedicatedTo, meeting.dedicatedTo.map(Answer.text))
        fill(.organisers, .list(meeting.organisers))
        fill(.staff, .list(meeting.staff.map(\.shown)))
        fill(.firmsCounted, meeting.firmsCounted.map(Answer.number))
        let applications = meeting.applications
        answers[.applicationsTotal] =
            applications.total.map(Answer.number)
            ?? (kind == .enterprise && meeting.applicants.isEmpty ? nil : .left)
        fill(.applicationsPaper, applications.paper.map(Answer.number))
        fill(.applicationsQR, applications.qr.map(Answer.number))
        fill(.applicationsApp, applications.app.map(Answer.number))
        fill(.approvedOnSite, meeting.counts.approvedOnSite.map(Answer.number))
        fill(.cardsIssued, meeting.counts.cardsIssued.map(Answer.number))
        fill(.appRegistrations, meeting.counts.appRegistrations.map(Answer.number))
        fill(.opinions, .list(meeting.opinions.map(\.text)))
        fill(.notes, meeting.notes.map(Answer.text))
    }

    fileprivate init(correcting firm: FirmMet, at index: Int) {
        origin = index
        var answer = FirmAnswer(name: firm.name, uscc: firm.uscc?.text)
        answer.area = firm.area.map { AreaAnswer(code: $0.text) }
        fill(.firmName, .firm(answer))
        fill(.unionStatus, .choice(firm.unionStatus.rawValue))
        fill(.headcount, firm.headcount.map(Answer.number))
        fill(.headcountBand, firm.headcountBand.map { .choice($0.rawValue) })
        fill(.attitude, firm.attitude.map { .choice($0.rawValue) })
        fill(.intent, firm.intent.map { .choice($0.form.rawValue) })
        fill(.intentOn, firm.intent.map { .day($0.on) })
        fill(.nextStep, firm.nextStep.map { .text($0.what) })
        fill(.nextStepDue, firm.nextStep?.due.map(Answer.day))
        fill(.nextStepOwner, firm.nextStep?.owner.map(Answer.text))
        fill(.parent, firm.parent.map(Answer.text))
        fill(.industry, firm.industry.map { .text($0.text) })
        fill(.contactName, firm.contact?.name.map { .kept(Mask.name($0)) })
        fill(.contactPosition, firm.contact?.position.map(Answer.text))
        fill(.contactPhone, firm.contact?.phone.map { .kept(Mask.number($0)) })
        fill(.firmQuestions, .list(firm.questions))
    }

    fileprivate init(correcting applicant: Applicant, at index: Int) {
        id = applicant.id.uuid
        origin = index
        fill(.applicantName, .kept(Mask.name(applicant.person.name)))
        fill(.mobile, applicant.person.mobile.map { .kept(Mask.number($0.text)) })
        fill(.document, applicant.person.document.map { .kept(Mask.number($0.number)) })
        fill(.employer, applicant.employer.map { .firm(FirmAnswer(name: $0.name, uscc: $0.uscc?.text)) })
        let categories = applicant.categories.map(\.rawValue)
        fill(.categories, categories.isEmpty ? nil : .choices(categories))
        fill(.channel, applicant.channel.map { .choice($0.rawValue) })
        fill(.consent, .choice(applicant.consent.method.rawValue))
        fill(.shareWithUnion, .choice(String(applicant.consent.shareWithEmployerUnion)))
        fill(.cardBank, .choice(String(applicant.consent.cardBank)))
    }

    fileprivate init(hidden applicant: ApplicantID, at index: Int) {
        id = applicant.uuid
        origin = index
        hide([.applicantName, .mobile, .document, .employer, .categories, .channel, .consent])
    }

    fileprivate mutating func hide(_ fields: [Field]) {
        for field in fields { answers[field] = .hidden }
    }

    fileprivate init(erased applicant: ApplicantID, at index: Int) {
        id = applicant.uuid
        origin = index
        for field in [Field.mobile, .document, .employer, .categories, .channel] { fill(field, nil) }
        fill(.applicantName, .kept("***"))
        fill(.consent, .kept(""))
    }
}

extension Answer {
    fileprivate static func list(_ lines: [String]) -> Answer? { lines.isEmpty ? nil : .lines(lines) }
}

extension StaffMember {
    /// As it is typed: `王敏 2.5`.
    var shown: String {
        guard let hours else { return name }
        return "\(name) " + (hours == hours.rounded() ? String(Int(hours)) : String(hours))
    }
}

extension IdentityDocument {
    fileprivate var number: String {
        switch self {
        case .residentID(let id): id.text
        case .other(_, let number): number
        }
    }
}
