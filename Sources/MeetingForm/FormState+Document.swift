import Outreach

extension FormState {
    /// The meeting document of the answers that apply, or what is missing from it. A correction takes what
    /// its answers keep, and what no question asks, from the original.
    func document(correcting original: MeetingDocument? = nil) throws(DocumentRefused) -> MeetingDocument {
        guard let kind, let heldOn = sheet[.heldOn]?.day, let area = sheet[.area]?.area,
            let venue = sheet[.venueKind]?.choice.flatMap(VenueKind.init(rawValue:)),
            let code = try valid(area.code, at: .meeting(.area), AreaCode.init(validating:))
        else { throw missing([.kind, .heldOn, .area, .venueKind].map(QuestionID.meeting)) }

        let asked = Set(questions)
        func answer(_ field: Field) -> Answer? { asked.contains(.meeting(field)) ? sheet[field] : nil }

        var document = MeetingDocument(
            id: MeetingID(meeting), kind: kind, heldOn: heldOn, area: code,
            venue: Venue(kind: venue, name: answer(.venueName)?.text, project: answer(.venueProject)?.text))
        document.replaces = replaces
        document.areaName = area.name
        document.endedOn = answer(.endedOn)?.day
        document.startsAt = answer(.startsAt)?.time
        document.endsAt = answer(.endsAt)?.time
        document.orgUnit = answer(.orgUnit)?.text
        document.format = answer(.format)?.choice.flatMap(MeetingFormat.init(rawValue:))
        document.dedicatedTo = answer(.dedicatedTo)?.text
        document.organisers = answer(.organisers)?.lines ?? []
        document.staff = (answer(.staff)?.lines ?? []).map { text in
            original?.staff.first { $0.shown == text } ?? Self.staffMember(text)
        }
        document.firmsCounted = answer(.firmsCounted)?.number
        document.counts.attended = answer(.attended)?.number
        document.counts.consulted = answer(.consulted)?.number
        document.counts.leaflets = answer(.leaflets)?.number
        document.counts.questionnaires = answer(.questionnaires)?.number
        document.counts.approvedOnSite = answer(.approvedOnSite)?.number
        document.counts.cardsIssued = answer(.cardsIssued)?.number
        document.counts.appRegistrations = answer(.appRegistrations)?.number
        document.applications.paper = answer(.applicationsPaper)?.number
        document.applications.qr = answer(.applicationsQR)?.number
        document.applications.app = answer(.applicationsApp)?.number
        document.applications.total =
            answer(.applicationsTotal) == .listed ? applicants.count : answer(.applicationsTotal)?.number
        document.opinions = Self.opinions(answer(.opinions)?.lines ?? [], from: original?.opinions ?? [])
        document.notes = answer(.notes)?.text
        for row in firms.indices {
            document.firms.append(try firm(row, met: heldOn, in: code, correcting: original))
        }
        for row in applicants.indices {
            document.applicants.append(try entry(row, met: heldOn, correcting: original))
        }
        return document
    }

    /// An applicant of the original who is not changed goes by id alone: nobody is stated from a mask.
    private func entry(
        _ row: Int, met heldOn: Day, correcting original: MeetingDocument?
    ) throws(DocumentRefused) -> ApplicantEntry {
        let before = original?.applicants.first { $0.id.uuid == applicants[row].id }
        switch before {
        case .unchanged(let id): return .unchanged(id)
        case .stated(let before):
            let now = try applicant(row, met: heldOn, correcting: before)
            return now == before ? .unchanged(now.id) : .stated(now)
        case nil: return .stated(try applicant(row, met: heldOn, correcting: nil))
        }
    }

    private func firm(
        _ row: Int, met heldOn: Day, in area: AreaCode, correcting original: MeetingDocument?
    ) throws(DocumentRefused) -> FirmMet {
        let before = firms[row].origin.flatMap { origin in
            original.flatMap { $0.firms.indices.contains(origin) ? $0.firms[origin] : nil }
        }
        let asked = Set(questions(of: .firm, row: row))
        func id(_ field: Field) -> QuestionID { .firm(row, field) }
        func answer(_ field: Field) -> Answer? { asked.contains(id(field)) ? self[id(field)] : nil }

        guard let known = answer(.firmName)?.firm,
            let status = answer(.unionStatus)?.choice.flatMap(UnionStatus.init(rawValue:))
        else { throw missing([id(.firmName), id(.unionStatus)]) }
        let uscc = known.uscc ?? answer(.uscc)?.text
        var firm = FirmMet(
            uscc: try valid(uscc, at: id(.uscc), CreditCode.init(validating:)), name: known.name,
            unionStatus: status)
        let registered = try valid(known.area?.code, at: id(.firmName), AreaCode.init(validating:))
        firm.area = registered == area ? nil : registered
        firm.headcount = answer(.headcount)?.number
        firm.headcountBand = answer(.headcountBand)?.choice.flatMap(HeadcountBand.init(rawValue:))
        firm.parent = answer(.parent)?.text
        firm.industry = try valid(answer(.industry)?.text, at: id(.industry), IndustryCode.init(validating:))
        firm.attitude = answer(.attitude)?.choice.flatMap(Attitude.init(rawValue:))
        firm.questions = answer(.firmQuestions)?.lines ?? []
        firm.intent = answer(.intent)?.choice.flatMap(IntentForm.init(rawValue:)).map {
            Intent(form: $0, on: answer(.intentOn)?.day ?? heldOn)
        }
        firm.nextStep = answer(.nextStep)?.text.map {
            NextStep(what: $0, due: answer(.nextStepDue)?.day, owner: answer(.nextStepOwner)?.text)
        }
        let contact = FirmContact(
            name: answer(.contactName)?.text(keeping: before?.contact?.name),
            position: answer(.contactPosition)?.text,
            phone: answer(.contactPhone)?.text(keeping: before?.contact?.phone))
        // An empty one takes out the contact on record; one that is not shown stays unless all of it is cleared.
        let fields: [Field] = [.contactName, .contactPosition, .contactPhone]
        let isKept = fields.contains { answer($0) == .hidden }
        let mayBeThere = before?.contact != nil || (hidesPersons == true && before != nil)
        firm.contact = contact.isEmpty && (isKept || !mayBeThere) ? nil : contact
        return firm
    }

    private func applicant(
        _ row: Int, met heldOn: Day, correcting before: Applicant?
    ) throws(DocumentRefused) -> Applicant {
        let asked = Set(questions(of: .applicant, row: row))
        func id(_ field: Field) -> QuestionID { .applicant(row, field) }
        func answer(_ field: Field) -> Answer? { asked.contains(id(field)) ? self[id(field)] : nil }

        guard let own = applicants[row].id,
            let name = answer(.applicantName)?.text(keeping: before?.person.name),
            let method = answer(.consent)?.choice.flatMap(ConsentMethod.init(rawValue:))
        else { throw missing([id(.applicantName), id(.consent)]) }
        var person = Person(name: name)
        person.mobile = try valid(
            answer(.mobile)?.text(keeping: before?.person.mobile?.text), at: id(.mobile),
            Mobile.init(validating:))
        if case .kept = answer(.document) {
            person.document = before?.person.document
        } else if case .document(let kind, let number) = answer(.document) {
            if let kind = OtherDocumentKind(rawValue: kind) {
                person.document = .other(kind: kind, number: number)
            } else {
                person.document = try valid(number, at: id(.document), ResidentID.init(validating:))
                    .map(IdentityDocument.residentID)
            }
        }
        var applicant = Applicant(
            id: ApplicantID(own), person: person,
            consent: Consent(
                notice: before?.consent.notice ?? notice, on: before?.consent.on ?? heldOn, method: method,
                shareWithEmployerUnion: answer(.shareWithUnion)?.choice == "true",
                cardBank: answer(.cardBank)?.choice == "true"))
        applicant.channel = answer(.channel)?.choice.flatMap(JoinChannel.init(rawValue:))
        if let employer = answer(.employer)?.firm {
            let uscc = try valid(employer.uscc, at: id(.employer), CreditCode.init(validating:))
            applicant.employer = Employer(uscc: uscc, name: employer.name)
        }
        applicant.categories = (answer(.categories)?.choices ?? []).compactMap(WorkerCategory.init(rawValue:))
        return applicant
    }

    /// An opinion that stands as it did, or as it is shown, keeps its topic and its answer; each of the original's
    /// goes once.
    static func opinions(_ lines: [String], from original: [Opinion]) -> [Opinion] {
        var left = original
        return lines.map { text in
            let index = left.firstIndex { $0.text == text || $0.text.replacing("\n", with: " ") == text }
            return index.map { left.remove(at: $0) } ?? Opinion(text: text)
        }
    }

    /// `王敏 2.5` is two and a half hours of 王敏.
    private static func staffMember(_ text: String) -> StaffMember {
        let parts = text.split(separator: " ")
        if parts.count > 1, let last = parts.last, let hours = Double(TypedText.narrow(String(last))) {
            return StaffMember(name: parts.dropLast().joined(separator: " "), hours: hours)
        }
        return StaffMember(name: text)
    }

    /// A code that was checked when it was typed is checked again: a draft may be older than the rules.
    private func valid<Code>(
        _ text: String?, at id: QuestionID, _ check: (String) throws(CodeError) -> Code
    ) throws(DocumentRefused) -> Code? {
        guard let text else { return nil }
        do {
            return try check(text)
        } catch {
            throw DocumentRefused(
                first: DocumentIssue(
                    code: error.code, pointer: id.pointer, rule: error.rule, mend: error.mend))
        }
    }

    private func missing(_ ids: [QuestionID]) -> DocumentRefused {
        func issue(_ id: QuestionID) -> DocumentIssue {
            DocumentIssue(
                code: "form.required", pointer: id.pointer, rule: FormText.required, mend: FormText.fillIn)
        }
        let empty = ids.filter { self[$0] == nil || self[$0] == .left }
        return DocumentRefused(empty.map(issue)) ?? DocumentRefused(first: issue(ids[0]))
    }
}

extension Answer {
    /// Text that was typed, or the text on record where the answer keeps it.
    fileprivate func text(keeping original: String?) -> String? {
        if case .kept = self { original } else { text }
    }
}
