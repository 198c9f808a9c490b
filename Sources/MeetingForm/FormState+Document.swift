import Outreach

extension FormState {
    /// The meeting document of the answers that apply, or what is missing from it.
    func document() throws(DocumentRefused) -> MeetingDocument {
        let asked = Set(questions)
        func answer(_ id: QuestionID) -> Answer? { asked.contains(id) ? self[id] : nil }
        func answer(_ field: Field) -> Answer? { answer(.meeting(field)) }

        guard let kind, let heldOn = answer(.heldOn)?.day,
            let area = answer(.area)?.area, let code = try? AreaCode(validating: area.code),
            let venue = answer(.venueKind)?.choice.flatMap(VenueKind.init(rawValue:))
        else { throw missing([.kind, .heldOn, .area, .venueKind]) }

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
        document.firms = firms.indices.map { row in
            firm { answer(.firm(row, $0)) }
        }
        var applicants: [ApplicantEntry] = []
        for row in self.applicants.indices {
            applicants.append(.stated(try applicant(row, heldOn: heldOn) { answer(.applicant(row, $0)) }))
        }
        document.applicants = applicants
        return document

        func firm(_ answer: (Field) -> Answer?) -> FirmMet {
            let known = answer(.firmName)?.firm
            var firm = FirmMet(
                uscc: (known?.uscc ?? answer(.uscc)?.text).flatMap { try? CreditCode(validating: $0) },
                name: known?.name,
                unionStatus: answer(.unionStatus)?.choice.flatMap(UnionStatus.init(rawValue:)) ?? .unknown)
            if let registered = known?.area?.code, registered != code.text {
                firm.area = try? AreaCode(validating: registered)
            }
            firm.headcount = answer(.headcount)?.number
            firm.industry = answer(.industry)?.text.flatMap { try? IndustryCode(validating: $0) }
            firm.attitude = answer(.attitude)?.choice.flatMap(Attitude.init(rawValue:))
            firm.questions = answer(.firmQuestions)?.lines ?? []
            if let form = answer(.intent)?.choice.flatMap(IntentForm.init(rawValue:)) {
                firm.intent = Intent(form: form, on: answer(.intentOn)?.day ?? heldOn)
            }
            if let what = answer(.nextStep)?.text {
                firm.nextStep = NextStep(
                    what: what, due: answer(.nextStepDue)?.day, owner: answer(.nextStepOwner)?.text)
            }
            let contact = FirmContact(
                name: answer(.contactName)?.text, position: answer(.contactPosition)?.text,
                phone: answer(.contactPhone)?.text)
            if contact != FirmContact() { firm.contact = contact }
            return firm
        }
    }

    private func applicant(_ row: Int, heldOn: Day, _ answer: (Field) -> Answer?) throws(DocumentRefused)
        -> Applicant
    {
        guard let id = applicants[row].id, let name = answer(.applicantName)?.text,
            let method = answer(.consent)?.choice.flatMap(ConsentMethod.init(rawValue:))
        else { throw missing([.applicantName, .consent], ofApplicant: row) }
        var person = Person(name: name)
        person.mobile = answer(.mobile)?.text.flatMap { try? Mobile(validating: $0) }
        if case .document(let kind, let number) = answer(.document) {
            if let kind = OtherDocumentKind(rawValue: kind) {
                person.document = .other(kind: kind, number: number)
            } else if let resident = try? ResidentID(validating: number) {
                person.document = .residentID(resident)
            }
        }
        var applicant = Applicant(
            id: ApplicantID(id), person: person,
            consent: Consent(
                notice: notice, on: heldOn, method: method,
                shareWithEmployerUnion: answer(.shareWithUnion)?.choice == "true",
                cardBank: answer(.cardBank)?.choice == "true"))
        applicant.channel = answer(.channel)?.choice.flatMap(JoinChannel.init(rawValue:))
        applicant.employer = answer(.employer)?.firm.map {
            Employer(uscc: $0.uscc.flatMap { try? CreditCode(validating: $0) }, name: $0.name)
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

    private func missing(_ fields: [Field], ofApplicant row: Int? = nil) -> DocumentRefused {
        let ids = fields.map { field in
            row.map { QuestionID.applicant($0, field) } ?? .meeting(field)
        }
        let issues = ids.filter { self[$0] == nil || self[$0] == .left }.map { id in
            DocumentIssue(
                code: "form.required", pointer: id.pointer, rule: FormText.required, mend: FormText.fillIn)
        }
        return DocumentRefused(issues)
            ?? DocumentRefused(
                first: DocumentIssue(
                    code: "form.required", pointer: ids.first?.pointer ?? "", rule: FormText.required,
                    mend: FormText.fillIn))
    }
}
