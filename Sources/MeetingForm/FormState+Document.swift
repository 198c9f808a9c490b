import Outreach

extension FormState {
    /// The meeting document of the answers that apply, or what is missing from it.
    func document() throws(DocumentRefused) -> MeetingDocument {
        guard let kind, let heldOn = sheet[.heldOn]?.day, let area = sheet[.area]?.area,
            let venue = sheet[.venueKind]?.choice.flatMap(VenueKind.init(rawValue:)),
            let code = try valid(area.code, at: .meeting(.area), AreaCode.init(validating:))
        else { throw missing([.kind, .heldOn, .area, .venueKind].map(QuestionID.meeting)) }

        let asked = Set(questions)
        func answer(_ field: Field) -> Answer? { asked.contains(.meeting(field)) ? sheet[field] : nil }

        var document = MeetingDocument(
            id: MeetingID(meeting), kind: kind, heldOn: heldOn, area: code,
            venue: Venue(kind: venue, name: answer(.venueName)?.text, project: answer(.venueProject)?.text))
        document.areaName = area.name
        document.endedOn = answer(.endedOn)?.day
        document.startsAt = answer(.startsAt)?.time
        document.endsAt = answer(.endsAt)?.time
        document.orgUnit = answer(.orgUnit)?.text
        document.format = answer(.format)?.choice.flatMap(MeetingFormat.init(rawValue:))
        document.dedicatedTo = answer(.dedicatedTo)?.text
        document.organisers = answer(.organisers)?.lines ?? []
        document.staff = (answer(.staff)?.lines ?? []).map(Self.staffMember)
        document.counts.attended = answer(.attended)?.number
        document.counts.consulted = answer(.consulted)?.number
        document.counts.leaflets = answer(.leaflets)?.number
        document.counts.questionnaires = answer(.questionnaires)?.number
        document.applications.paper = answer(.applicationsPaper)?.number
        document.applications.qr = answer(.applicationsQR)?.number
        document.applications.app = answer(.applicationsApp)?.number
        document.applications.total =
            answer(.applicationsTotal) == .listed ? applicants.count : answer(.applicationsTotal)?.number
        document.opinions = (answer(.opinions)?.lines ?? []).map { Opinion(text: $0) }
        document.notes = answer(.notes)?.text
        for row in firms.indices { document.firms.append(try firm(row, met: heldOn, in: code)) }
        for row in applicants.indices {
            document.applicants.append(.stated(try applicant(row, met: heldOn)))
        }
        return document
    }

    private func firm(_ row: Int, met heldOn: Day, in area: AreaCode) throws(DocumentRefused) -> FirmMet {
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
            name: answer(.contactName)?.text, position: answer(.contactPosition)?.text,
            phone: answer(.contactPhone)?.text)
        firm.contact = contact == FirmContact() ? nil : contact
        return firm
    }

    private func applicant(_ row: Int, met heldOn: Day) throws(DocumentRefused) -> Applicant {
        let asked = Set(questions(of: .applicant, row: row))
        func id(_ field: Field) -> QuestionID { .applicant(row, field) }
        func answer(_ field: Field) -> Answer? { asked.contains(id(field)) ? self[id(field)] : nil }

        guard let own = applicants[row].id, let name = answer(.applicantName)?.text,
            let method = answer(.consent)?.choice.flatMap(ConsentMethod.init(rawValue:))
        else { throw missing([id(.applicantName), id(.consent)]) }
        var person = Person(name: name)
        person.mobile = try valid(answer(.mobile)?.text, at: id(.mobile), Mobile.init(validating:))
        if case .document(let kind, let number) = answer(.document) {
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
                notice: notice, on: heldOn, method: method,
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
