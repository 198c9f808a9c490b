import Outreach
import SampleData

extension SampleFixture {
    /// Everything an entry says, in one line, whatever the types' own descriptions become.
    static func text(of entry: SampleEntry) -> String {
        let said: [String?]
        switch entry.action {
        case .meeting(.record(let document)): said = text(of: document)
        case .meeting(.void(let void)): said = ["void", void.id.description, "\(void.replaces)", void.why]
        case .milestone(let firm, let milestone):
            said = [
                firm.text, milestone.id.description, milestone.kind.rawValue, milestone.on.iso,
                milestone.reference, milestone.unionName, milestone.form?.rawValue, text(milestone.members),
                milestone.intentForm?.rawValue,
            ]
        case .application(let id, let event, let day): said = [id.description, event.rawValue, day.iso]
        case .noMeetings(let area, let week): said = [area.text, week.name]
        }
        return "\(entry.recordedAt)|" + said.map { $0 ?? "-" }.joined(separator: "|")
    }

    private static func text(of document: MeetingDocument) -> [String?] {
        let counts = document.counts
        let applications = document.applications
        return [
            document.id.description, text(document.replaces), document.kind.rawValue, document.heldOn.iso,
            document.endedOn?.iso, document.startsAt?.description, document.endsAt?.description,
            document.area.text, document.areaName, document.venue.kind.rawValue, document.venue.name,
            document.venue.project, document.format?.rawValue, document.dedicatedTo, document.notes,
            text(counts.attended), text(counts.consulted), text(counts.leaflets),
            text(counts.questionnaires), text(counts.approvedOnSite), text(counts.cardsIssued),
            text(counts.appRegistrations), text(applications.paper), text(applications.qr),
            text(applications.total),
        ] + document.organisers + document.staff.map { "\($0.name) \($0.hours ?? 0)" }
            + document.firms.flatMap(text(of:)) + document.applicants.flatMap(text(of:))
            + document.opinions.flatMap { [$0.topic, $0.text] }
    }

    private static func text(of firm: FirmMet) -> [String?] {
        [
            firm.uscc?.text, firm.name, firm.area?.text, firm.parent, firm.unionStatus.rawValue,
            text(firm.headcount), firm.headcountBand?.rawValue, firm.industry?.text, firm.contact?.name,
            firm.contact?.position, firm.contact?.phone, firm.attitude?.rawValue,
            firm.intent?.form.rawValue, firm.intent?.on.iso, firm.nextStep?.what, firm.nextStep?.due?.iso,
            firm.nextStep?.owner,
        ] + firm.questions
    }

    private static func text(of entry: ApplicantEntry) -> [String?] {
        guard case .stated(let applicant) = entry else { return [entry.id.description] }
        var number: String?
        if case .residentID(let id)? = applicant.person.document { number = id.text }
        return [
            applicant.id.description, applicant.person.name, applicant.person.mobile?.text, number,
            applicant.channel?.rawValue, applicant.employer?.uscc?.text, applicant.employer?.name,
            applicant.consent.method.rawValue, "\(applicant.consent.shareWithEmployerUnion)",
            "\(applicant.consent.cardBank)",
        ] + applicant.categories.map(\.rawValue)
    }

    private static func text(_ number: Int?) -> String? { number.map(String.init) }
}
