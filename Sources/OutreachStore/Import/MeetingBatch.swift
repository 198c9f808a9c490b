internal import Foundation
internal import Outreach
internal import PostgresClient

/// The rows of a batch of meetings as statements, one a table: what `MeetingRows.inserts` writes for one meeting,
/// for all of them. Rows travel as one JSON text a table, each with its microseconds behind the batch's stamp:
/// every meeting has a stamp of its own, in the order of the file.
struct MeetingBatch {
    let federation: Int
    let stamp: PostgresTimestamp
    let meetings: [PlannedMeeting]

    /// For the planner, which would take the tables of a new federation for empty.
    static let analyze = """
        ANALYZE goutong.meeting_revision, goutong.meeting, goutong.firm, goutong.firm_identity,
            goutong.attendance, goutong.milestone, goutong.applicant
        """

    private static let at: SQL = "stamp + x.at * interval '1 microsecond'"

    /// In an order that keys allow. The audit's entries are the last.
    func statements(_ authority: Authority) -> [SQL] {
        let identities = identityRows
        var statements = [revisions, meetingRows]
        if !identities.made.isEmpty { statements.append(firms) }
        if !identities.closed.isEmpty { statements.append(close(identities.closed)) }
        if !identities.all.isEmpty { statements.append(insertIdentities(identities.all)) }
        if !identities.made.isEmpty { statements.append(registrations) }
        if meetings.contains(where: { !$0.firms.isEmpty }) {
            statements += [attendances, queue]
            if meetings.contains(where: { $0.rows.document.firms.contains { $0.intent != nil } }) {
                statements.append(intents)
            }
            if meetings.contains(where: { $0.rows.firms.contains { $0.sealedContact != nil } }) {
                statements.append(contacts)
            }
        }
        if meetings.contains(where: { !$0.rows.applicants.isEmpty }) { statements += [applicants, persons] }
        if meetings.contains(where: { !$0.rows.document.opinions.isEmpty }) { statements.append(opinions) }
        statements.append(audits(authority))
        return statements
    }

    // MARK: Rows

    private func table(_ rows: [JSONValue], _ columns: String) -> SQL {
        """
        (SELECT \(federation)::integer AS federation_id, \(stamp)::timestamptz AS stamp, r.*
         FROM jsonb_to_recordset(\(JSONValue.array(rows).text())::jsonb) AS r (at integer, \(raw: columns))) x
        """
    }

    /// One row a meeting.
    private func perMeeting(_ row: (MeetingDocument, PlannedMeeting) -> [String: JSONValue?]) -> [JSONValue] {
        meetings.enumerated().map { index, meeting in
            Self.row(index, row(meeting.rows.document, meeting))
        }
    }

    private func perFirm(
        _ row: (MeetingRows.Firm, ResolvedFirm, Int, PlannedMeeting) -> [String: JSONValue?]?
    )
        -> [JSONValue]
    {
        var rows: [JSONValue] = []
        for (index, meeting) in meetings.enumerated() {
            for (position, firm) in meeting.firms.enumerated() {
                guard let members = row(meeting.rows.firms[position], firm, position, meeting) else {
                    continue
                }
                rows.append(Self.row(index, members))
            }
        }
        return rows
    }

    private static func row(_ at: Int, _ members: [String: JSONValue?]) -> JSONValue {
        .object(
            [.init("at", .integer(at))]
                + members.compactMap { key, value in
                    value.map { JSONValue.Member(key, $0) }
                })
    }

    private static func id(_ id: some CustomStringConvertible) -> JSONValue { .string("\(id)") }
    private static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
    private static func number(_ number: Int?) -> JSONValue? { number.map(JSONValue.integer) }
    private static func hex(_ bytes: [UInt8]?) -> JSONValue? { bytes.map { .string($0.hexadecimal) } }

    // MARK: Meetings

    private var revisions: SQL {
        let rows = perMeeting { document, meeting in
            [
                "id": Self.id(document.id), "facts": Self.hex(meeting.fingerprint.facts),
                "persons": Self.hex(meeting.fingerprint.persons), "area": .integer(meeting.rows.areaID),
            ]
        }
        return """
            INSERT INTO goutong.meeting_revision (federation_id, meeting_id, revision, facts_hash, persons_tag,
                recorded_at, area_id)
            SELECT federation_id, id, 1, decode(facts, 'hex'), decode(persons, 'hex'), \(Self.at), area
            FROM \(table(rows, "id uuid, facts text, persons text, area integer"))
            """
    }

    private var meetingRows: SQL {
        let rows = perMeeting { document, meeting in
            let counts = document.counts
            let applications = document.applications
            return [
                "id": Self.id(document.id), "kind": .string(document.kind.rawValue),
                "held_on": .string(document.heldOn.iso), "ended_on": Self.text(document.endedOn?.iso),
                "starts_at": Self.text(document.startsAt?.description),
                "ends_at": Self.text(document.endsAt?.description), "area": .integer(meeting.rows.areaID),
                "org_unit": Self.text(document.orgUnit), "venue_kind": .string(document.venue.kind.rawValue),
                "venue_name": Self.text(document.venue.name),
                "venue_project": Self.text(document.venue.project),
                "format": Self.text(document.format?.rawValue),
                "dedicated_to": Self.text(document.dedicatedTo),
                "organisers": .array(document.organisers.map(JSONValue.string)),
                "staff_names": .array(document.staff.map { .string($0.name) }),
                "staff_hours": .array(document.staff.map { $0.hours.map(JSONValue.number) ?? .null }),
                "attended": Self.number(counts.attended), "consulted": Self.number(counts.consulted),
                "leaflets": Self.number(counts.leaflets),
                "questionnaires": Self.number(counts.questionnaires),
                "approved_on_site": Self.number(counts.approvedOnSite),
                "cards_issued": Self.number(counts.cardsIssued),
                "app_registrations": Self.number(counts.appRegistrations),
                "firms_counted": Self.number(document.firmsCounted),
                "applications_paper": Self.number(applications.paper),
                "applications_qr": Self.number(applications.qr),
                "applications_app": Self.number(applications.app),
                "applications_total": Self.number(applications.total),
                "applications": .integer(document.onSiteApplications), "notes": Self.text(document.notes),
            ]
        }
        let columns = """
            kind text, held_on date, ended_on date, starts_at time, ends_at time, area integer, org_unit text, \
            venue_kind text, venue_name text, venue_project text, format text, dedicated_to text, \
            organisers text[], staff_names text[], staff_hours double precision[], attended integer, \
            consulted integer, leaflets integer, questionnaires integer, approved_on_site integer, \
            cards_issued integer, app_registrations integer, firms_counted integer, \
            applications_paper integer, applications_qr integer, applications_app integer, \
            applications_total integer, applications integer, notes text
            """
        return """
            INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on, ended_on,
                starts_at, ends_at, area_id, org_unit, venue_kind, venue_name, venue_project, format,
                dedicated_to, organisers, staff_names, staff_hours, attended, consulted, leaflets,
                questionnaires, approved_on_site, cards_issued, app_registrations, firms_counted,
                applications_paper, applications_qr, applications_app, applications_total,
                applications, notes, recorded_at)
            SELECT federation_id, id, 1, kind, held_on, ended_on, starts_at, ends_at, area, org_unit, venue_kind,
                venue_name, venue_project, format, dedicated_to, organisers, staff_names, staff_hours,
                attended, consulted, leaflets, questionnaires, approved_on_site, cards_issued,
                app_registrations, firms_counted, applications_paper, applications_qr,
                applications_app, applications_total, applications, notes, \(Self.at)
            FROM \(table(rows, "id uuid, \(columns)"))
            """
    }

    private var opinions: SQL {
        var rows: [JSONValue] = []
        for (index, meeting) in meetings.enumerated() {
            for (position, opinion) in meeting.rows.document.opinions.enumerated() {
                rows.append(
                    Self.row(
                        index,
                        [
                            "id": Self.id(meeting.rows.document.id), "position": .integer(position),
                            "topic": Self.text(opinion.topic), "opinion": .string(opinion.text),
                            "answered_on": Self.text(opinion.answer?.on.iso),
                            "answer": Self.text(opinion.answer?.text),
                        ]))
            }
        }
        let columns =
            "id uuid, position integer, topic text, opinion text, answered_on date, answer text"
        return """
            INSERT INTO goutong.opinion (federation_id, meeting_id, revision, position, topic, opinion,
                answered_on, answer, recorded_at)
            SELECT federation_id, id, 1, position, topic, opinion, answered_on, answer, \(Self.at)
            FROM \(table(rows, columns))
            """
    }

    private func audits(_ authority: Authority) -> SQL {
        let rows = perMeeting { document, _ in
            [
                "entry": .string(AuditEvent.newID().uuidString.lowercased()), "object": Self.id(document.id),
            ]
        }
        return """
            SELECT goutong.audit(x.federation_id, x.entry, \(authority.account?.uuid), \(authority.actor),
                \(AuditEvent.Action.meetingRecord.rawValue), 'meeting', x.object, NULL,
                \(AuditEvent.Result.done.rawValue), \(authority.requestID))
            FROM \(table(rows, "entry uuid, object text"))
            """
    }

    // MARK: Firms

    /// An identity row, with the stamps of its beginning and, where it ends within the batch, its end.
    private struct IdentityRow {
        let identity: FirmBook.Identity
        let at: Int
        var until: Int?
    }

    private var identityRows: (made: Set<FirmID>, closed: [(firm: FirmID, at: Int)], all: [IdentityRow]) {
        var rows: [IdentityRow] = []
        var current: [FirmID: Int] = [:]
        var made: Set<FirmID> = []
        var closed: [(firm: FirmID, at: Int)] = []
        for (at, meeting) in meetings.enumerated() {
            for (_, identity) in meeting.made {
                made.insert(identity.firm)
                current[identity.firm] = rows.count
                rows.append(IdentityRow(identity: identity, at: at))
            }
            for identity in meeting.gained {
                if let before = current[identity.firm] {
                    rows[before].until = at
                } else {
                    closed.append((identity.firm, at))
                }
                current[identity.firm] = rows.count
                rows.append(IdentityRow(identity: identity, at: at))
            }
        }
        return (made, closed, rows)
    }

    private var firms: SQL {
        let rows = perFirm { _, firm, _, _ in firm.isNew ? ["firm": Self.id(firm.id)] : nil }
        return """
            INSERT INTO goutong.firm (federation_id, firm_id, recorded_at)
            SELECT federation_id, firm, \(Self.at) FROM \(table(rows, "firm uuid"))
            """
    }

    private func close(_ closed: [(firm: FirmID, at: Int)]) -> SQL {
        let rows = closed.map { Self.row($0.at, ["firm": Self.id($0.firm)]) }
        return """
            UPDATE goutong.firm_identity i SET superseded_at = \(Self.at)
            FROM \(table(rows, "firm uuid"))
            WHERE i.federation_id = x.federation_id AND i.firm_id = x.firm AND i.superseded_at IS NULL
            """
    }

    private func insertIdentities(_ rows: [IdentityRow]) -> SQL {
        let rows = rows.map { row in
            Self.row(
                row.at,
                [
                    "until": Self.number(row.until), "firm": Self.id(row.identity.firm),
                    "uscc": Self.text(row.identity.uscc), "name": Self.text(row.identity.name),
                    "folded": Self.text(row.identity.foldedName), "district": .string(row.identity.district),
                    "area": .integer(row.identity.areaID),
                ])
        }
        let columns =
            "until integer, firm uuid, uscc text, name text, folded text, district text, area integer"
        return """
            INSERT INTO goutong.firm_identity (federation_id, firm_id, recorded_at, superseded_at, uscc, name,
                folded_name, district_code, area_id)
            SELECT federation_id, firm, \(Self.at), stamp + x.until * interval '1 microsecond', uscc, name,
                folded, district, area
            FROM \(table(rows, columns))
            """
    }

    private var registrations: SQL {
        let rows = perFirm { row, firm, _, meeting in
            guard firm.isNew else { return nil }
            return [
                "id": Self.id(FirmID.derived(from: "registration", "\(firm.id)", "1")),
                "firm": Self.id(firm.id), "area": .integer(row.areaID),
                "day": .string(meeting.rows.document.heldOn.iso),
            ]
        }
        return """
            INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id,
                registered_on, recorded_at)
            SELECT federation_id, id, firm, area, day, \(Self.at)
            FROM \(table(rows, "id uuid, firm uuid, area integer, day date"))
            """
    }

    private var attendances: SQL {
        let rows = perFirm { row, firm, position, meeting in
            let met = row.met
            let band = met.headcountBand ?? met.headcount.map(HeadcountBand.init(headcount:))
            return [
                "id": Self.id(meeting.rows.document.id), "position": .integer(position),
                "firm": Self.id(firm.id), "held_on": .string(meeting.rows.document.heldOn.iso),
                "area": .integer(meeting.rows.areaID), "union_status": .string(met.unionStatus.rawValue),
                "uscc": Self.text(met.uscc?.text), "name": Self.text(met.name),
                "stated_area": Self.number(row.statedAreaID), "parent": Self.text(met.parent),
                "headcount": Self.number(met.headcount), "band": Self.text(band?.rawValue),
                "industry": Self.text(met.industry?.text), "attitude": Self.text(met.attitude?.rawValue),
                "questions": .array(met.questions.map(JSONValue.string)),
                "next_step": Self.text(met.nextStep?.what), "due": Self.text(met.nextStep?.due?.iso),
                "owner": Self.text(met.nextStep?.owner),
            ]
        }
        let columns = """
            id uuid, position integer, firm uuid, held_on date, area integer, union_status text, uscc text, \
            name text, stated_area integer, parent text, headcount integer, band text, industry text, \
            attitude text, questions text[], next_step text, due date, owner text
            """
        return """
            INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id,
                held_on, area_id, union_status, stated_uscc, stated_name, stated_area_id, parent,
                headcount, headcount_band, industry, attitude, questions, next_step, next_step_due,
                next_step_owner, recorded_at)
            SELECT federation_id, id, 1, position, firm, held_on, area, union_status, uscc, name, stated_area,
                parent, headcount, band, industry, attitude, questions, next_step, due, owner, \(Self.at)
            FROM \(table(rows, columns))
            """
    }

    private var queue: SQL {
        let rows = perFirm { _, firm, _, _ in ["firm": Self.id(firm.id)] }
        return """
            INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
            SELECT federation_id, firm, \(Self.at) FROM \(table(rows, "firm uuid"))
            """
    }

    private var intents: SQL {
        let rows = perFirm { row, firm, _, meeting in
            guard let intent = row.met.intent else { return nil }
            let document = meeting.rows.document.id
            return [
                "id": Self.id(MilestoneID.derived(from: "intent", "\(document)", "\(firm.id)")),
                "firm": Self.id(firm.id), "day": .string(intent.on.iso), "meeting": Self.id(document),
                "form": .string(intent.form.rawValue),
            ]
        }
        return """
            INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind,
                happened_on, meeting_id, of_document, intent_form, facts_hash, recorded_at)
            SELECT federation_id, id, 1, firm, 'intent', day, meeting, true, form, '', \(Self.at)
            FROM \(table(rows, "id uuid, firm uuid, day date, meeting uuid, form text"))
            """
    }

    private var contacts: SQL {
        let rows = perFirm { row, firm, _, meeting in
            row.sealedContact.map {
                [
                    "id": Self.id(meeting.rows.document.id), "firm": Self.id(firm.id), "sealed": Self.hex($0),
                ]
            }
        }
        return """
            INSERT INTO goutong.firm_contact (federation_id, meeting_id, revision, firm_id, sealed)
            SELECT federation_id, id, 1, firm, decode(sealed, 'hex')
            FROM \(table(rows, "id uuid, firm uuid, sealed text"))
            """
    }

    // MARK: Applicants

    private func perApplicant(
        _ row: (MeetingRows.ListedApplicant, Int, PlannedMeeting) -> [String: JSONValue?]
    ) -> [JSONValue] {
        var rows: [JSONValue] = []
        for (index, meeting) in meetings.enumerated() {
            for (position, listed) in meeting.rows.applicants.enumerated() {
                if let listed { rows.append(Self.row(index, row(listed, position, meeting))) }
            }
        }
        return rows
    }

    private var applicants: SQL {
        let rows = perApplicant { listed, position, meeting in
            let applicant = listed.applicant
            return [
                "id": Self.id(applicant.id), "meeting": Self.id(meeting.rows.document.id),
                "position": .integer(position), "channel": Self.text(applicant.channel?.rawValue),
                "firm": meeting.employers[position].map(Self.id),
                "uscc": Self.text(applicant.employer?.uscc?.text),
                "name": Self.text(applicant.employer?.name),
                "categories": .array(applicant.categories.map { .string($0.rawValue) }),
            ]
        }
        let columns = """
            id uuid, meeting uuid, position integer, channel text, firm uuid, uscc text, name text, \
            categories text[]
            """
        return """
            INSERT INTO goutong.applicant (federation_id, applicant_id, meeting_id, revision,
                person_revision, position, channel, employer_firm_id, employer_uscc, employer_name,
                categories, recorded_at)
            SELECT federation_id, id, meeting, 1, 1, position, channel,
                CASE WHEN NOT gone THEN firm END, CASE WHEN NOT gone THEN uscc END,
                CASE WHEN NOT gone THEN name END, categories, \(Self.at)
            FROM \(table(rows, columns))
            CROSS JOIN LATERAL (SELECT goutong.is_erased(x.federation_id, x.id)) AS e (gone)
            """
    }

    private var persons: SQL {
        let rows = perApplicant { listed, _, _ in
            let consent = listed.applicant.consent
            return [
                "id": Self.id(listed.applicant.id), "sealed": Self.hex(listed.person.sealed),
                "mobile": Self.hex(listed.person.mobileTag), "document": Self.hex(listed.person.documentTag),
                "notice": .string(consent.notice), "day": .string(consent.on.iso),
                "method": .string(consent.method.rawValue), "share": .bool(consent.shareWithEmployerUnion),
                "bank": .bool(consent.cardBank),
            ]
        }
        let columns = """
            id uuid, sealed text, mobile text, document text, notice text, day date, method text, \
            share boolean, bank boolean
            """
        return """
            INSERT INTO goutong.applicant_person (federation_id, applicant_id, revision, sealed,
                mobile_tag, document_tag, consent_notice, consent_on, consent_method,
                share_with_employer_union, card_bank)
            SELECT federation_id, id, 1, decode(sealed, 'hex'), decode(mobile, 'hex'),
                decode(document, 'hex'), notice, day, method, share, bank
            FROM \(table(rows, columns))
            WHERE NOT goutong.is_erased(x.federation_id, x.id)
            """
    }
}
