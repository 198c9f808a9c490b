internal import Foundation
public import Outreach
public import PostgresClient
public import Vault

extension MeetingReader {
    /// The current revision as the document that would correct it: `replaces` names that revision, persons
    /// and contacts are opened. nil for a meeting that is void or was never recorded.
    ///
    /// An erased applicant comes by id alone, which a correction leaves as it is. The rows of one revision
    /// never change, so the parts need no transaction around them.
    public func document(
        _ id: MeetingID, vault: Vault, on connection: PostgresConnection
    ) async throws -> MeetingDocument? {
        guard var document = try await head(id, on: connection), let revision = document.replaces else {
            return nil
        }
        document.firms = try await firms(id, revision, vault: vault, on: connection)
        document.applicants = try await applicants(id, revision, vault: vault, on: connection)
        document.opinions = try await opinions(id, revision, on: connection)
        return document
    }

    func opinions(
        _ id: MeetingID, _ revision: Int, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Opinion] {
        try await connection.query(
            """
            SELECT topic, opinion, answered_on, answer FROM goutong.opinion
            WHERE federation_id = \(federation.id) AND meeting_id = \(id) AND revision = \(revision)
            ORDER BY position
            """
        ).map { row throws(PostgresError) in
            let (topic, text, answeredOn, answer) = try row.decode((String?, String, Day?, String?).self)
            return Opinion(
                topic: topic, text: text, answer: answeredOn.map { OpinionAnswer(on: $0, text: answer) })
        }
    }

    func head(_ id: MeetingID, on connection: PostgresConnection) async throws -> MeetingDocument? {
        let current: SQL = """
            FROM goutong.meeting m JOIN goutong.area a USING (area_id)
            WHERE m.federation_id = \(federation.id) AND m.meeting_id = \(id)
              AND m.superseded_at IS NULL
            """
        let results = try await connection.pipeline([
            """
            SELECT m.revision, m.kind, m.held_on, m.ended_on, to_char(m.starts_at, 'HH24:MI'),
                to_char(m.ends_at, 'HH24:MI'), a.code, a.name, m.org_unit, m.venue_kind, m.venue_name,
                m.venue_project, m.format, m.dedicated_to, m.organisers, m.notes
            \(current)
            """,
            """
            SELECT m.revision, m.attended, m.consulted, m.leaflets, m.questionnaires,
                m.approved_on_site, m.cards_issued, m.app_registrations, m.firms_counted,
                m.applications_paper, m.applications_qr, m.applications_app, m.applications_total,
                m.staff_names, m.staff_hours
            \(current)
            """,
        ])
        guard let facts = results[0].first, let numbers = results[1].first else { return nil }
        let (
            revision, kind, held, ended, starts, ends, code, areaName, orgUnit, venueKind, venueName,
            project, format, dedicated, organisers, notes
        ) = try facts.decode(
            (
                Int, MeetingKind, Day, Day?, String?, String?, String, String, String?, VenueKind, String?,
                String?, MeetingFormat?, String?, [String], String?
            ).self)
        var document = MeetingDocument(
            id: id, kind: kind, heldOn: held, area: try AreaCode(validating: code),
            venue: Venue(kind: venueKind, name: venueName, project: project))
        document.replaces = revision
        document.endedOn = ended
        document.startsAt = starts.flatMap { TimeOfDay($0) }
        document.endsAt = ends.flatMap { TimeOfDay($0) }
        document.areaName = areaName
        document.orgUnit = orgUnit
        document.format = format
        document.dedicatedTo = dedicated
        document.organisers = organisers
        document.notes = notes
        let other: Int
        let names: [String]
        let hours: [Double?]
        (
            other, document.counts.attended, document.counts.consulted, document.counts.leaflets,
            document.counts.questionnaires, document.counts.approvedOnSite, document.counts.cardsIssued,
            document.counts.appRegistrations, document.firmsCounted, document.applications.paper,
            document.applications.qr, document.applications.app, document.applications.total, names, hours
        ) = try numbers.decode(
            (
                Int, Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?, Int?, [String],
                [Double?]
            ).self)
        // Corrected between the two halves: read again, since both must be of one revision.
        guard other == revision else { return try await head(id, on: connection) }
        document.staff = zip(names, hours).map { StaffMember(name: $0, hours: $1) }
        return document
    }

    /// - Parameter vault: nil: contacts stay closed.
    func firms(
        _ id: MeetingID, _ revision: Int, vault: Vault?, on connection: PostgresConnection
    ) async throws -> [FirmMet] {
        try await connection.query(
            """
            SELECT t.position, t.stated_uscc, t.stated_name, a.code, t.parent, t.union_status,
                t.headcount, t.headcount_band, t.industry, t.attitude, t.questions, t.next_step,
                t.next_step_due, t.next_step_owner, s.intent_form, s.happened_on, c.sealed
            FROM goutong.attendance t
            LEFT JOIN goutong.area a ON a.area_id = t.stated_area_id
            LEFT JOIN goutong.milestone s ON s.federation_id = t.federation_id
                AND s.meeting_id = t.meeting_id AND s.revision = t.revision AND s.firm_id = t.firm_id
                AND s.of_document
            LEFT JOIN goutong.firm_contact c ON \(vault != nil) AND c.federation_id = t.federation_id
                AND c.meeting_id = t.meeting_id AND c.revision = t.revision AND c.firm_id = t.firm_id
            WHERE t.federation_id = \(federation.id) AND t.meeting_id = \(id)
              AND t.revision = \(revision)
            ORDER BY t.position
            """
        ).map { row throws in
            let (
                position, uscc, name, area, parent, status, headcount, band, industry, attitude, questions,
                step, due, owner, intentForm, intentOn, contact
            ) = try row.decode(
                (
                    Int, String?, String?, String?, String?, UnionStatus, Int?, HeadcountBand?, String?,
                    Attitude?, [String], String?, Day?, String?, IntentForm?, Day?, [UInt8]?
                ).self)
            var firm = FirmMet(
                uscc: try uscc.map(CreditCode.init(validating:)), name: name, unionStatus: status)
            firm.area = try area.map(AreaCode.init(validating:))
            firm.parent = parent
            firm.headcount = headcount
            // Beside a head count the band is the ledger's own, derived from it.
            firm.headcountBand = headcount == nil ? band : nil
            firm.industry = try industry.map(IndustryCode.init(validating:))
            firm.attitude = attitude
            firm.questions = questions
            firm.nextStep = step.map { NextStep(what: $0, due: due, owner: owner) }
            if let intentForm, let intentOn { firm.intent = Intent(form: intentForm, on: intentOn) }
            if let vault, let contact {
                firm.contact = try FirmContact(
                    opening: contact, meeting: id, position: position, vault: vault)
            }
            return firm
        }
    }

    private func applicants(
        _ id: MeetingID, _ revision: Int, vault: Vault, on connection: PostgresConnection
    ) async throws -> [ApplicantEntry] {
        try await connection.query(
            """
            SELECT l.applicant_id, l.channel, l.employer_uscc, l.employer_name, l.categories, p.sealed,
                p.consent_notice, p.consent_on, p.consent_method, p.share_with_employer_union, p.card_bank
            FROM goutong.applicant l
            LEFT JOIN goutong.applicant_person p ON p.federation_id = l.federation_id
                AND p.applicant_id = l.applicant_id AND p.revision = l.person_revision
            WHERE l.federation_id = \(federation.id) AND l.meeting_id = \(id)
              AND l.revision = \(revision)
            ORDER BY l.position
            """
        ).map { row throws in
            let (own, channel, uscc, employer, categories, sealed, notice, on, method, share, bank) =
                try row.decode(
                    (
                        ApplicantID, JoinChannel?, String?, String?, [String], [UInt8]?, String?, Day?,
                        ConsentMethod?, Bool?, Bool?
                    ).self)
            guard let sealed, let notice, let on, let method else { return .unchanged(own) }
            var applicant = Applicant(
                id: own, person: try Person(opening: sealed, of: own, vault: vault),
                consent: Consent(
                    notice: notice, on: on, method: method, shareWithEmployerUnion: share ?? false,
                    cardBank: bank ?? false))
            applicant.channel = channel
            if uscc != nil || employer != nil {
                applicant.employer = Employer(
                    uscc: try uscc.map(CreditCode.init(validating:)), name: employer)
            }
            applicant.categories = categories.compactMap(WorkerCategory.init(rawValue:))
            return .stated(applicant)
        }
    }
}
