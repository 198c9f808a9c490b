internal import Outreach
internal import PostgresClient
internal import Vault

/// A firm of a document as it stands in the ledger.
struct ResolvedFirm: Sendable {
    let id: FirmID
    let isNew: Bool
    let gainsCode: Bool
    /// The contact of the revision before, where a correction leaves it as it is.
    var keptContact: [UInt8]?
}

/// A document made ready for the ledger: areas resolved, names folded, persons sealed. No SQL ran yet,
/// so nothing is locked while keys are worked.
struct MeetingRows: Sendable {
    struct Firm: Sendable {
        let met: FirmMet
        let areaID: Int
        let statedAreaID: Int?
        let wanted: FirmMatch.Wanted
        let sealedContact: [UInt8]?
    }

    struct ListedApplicant: Sendable {
        let applicant: Applicant
        let person: SealedPerson
    }

    let document: MeetingDocument
    let areaID: Int
    let district: String
    let firms: [Firm]
    /// Sealed persons by position; nil for an applicant given by id alone.
    let applicants: [ListedApplicant?]

    init(_ document: MeetingDocument, recorder: MeetingRecorder) throws(RecordingError) {
        func area(_ code: AreaCode, _ pointer: String) throws(RecordingError) -> AreaTable.Area {
            guard let area = recorder.areas.area(code: code.text, on: document.heldOn) else {
                throw .refused(.areaNotValid(at: pointer))
            }
            return area
        }
        self.document = document
        let own = try area(document.area, "/area")
        areaID = own.id
        district = own.district
        var firms: [Firm] = []
        for (index, met) in document.firms.enumerated() {
            let stated: AreaTable.Area?
            if let code = met.area {
                stated = try area(code, "/firms/\(index)/area")
            } else {
                stated = nil
            }
            let registered = stated ?? own
            let sealedContact: [UInt8]?
            do throws(VaultError) {
                sealedContact = try met.contact.flatMap { contact throws(VaultError) in
                    contact.isEmpty
                        ? nil
                        : try ClearContact(contact).sealed(
                            meeting: document.id, position: index, vault: recorder.vault)
                }
            } catch {
                throw .vault(error)
            }
            firms.append(
                Firm(
                    met: met, areaID: registered.id, statedAreaID: stated?.id,
                    wanted: FirmMatch.Wanted(
                        uscc: met.uscc, foldedName: met.name.map { FoldedName($0).text },
                        district: registered.district), sealedContact: sealedContact))
        }
        self.firms = firms
        var applicants: [ListedApplicant?] = []
        for entry in document.applicants {
            guard case .stated(let applicant) = entry else {
                applicants.append(nil)
                continue
            }
            do throws(VaultError) {
                applicants.append(
                    ListedApplicant(
                        applicant: applicant,
                        person: try SealedPerson(
                            applicant.person, of: applicant.id, vault: recorder.vault)))
            } catch {
                throw .vault(error)
            }
        }
        self.applicants = applicants
    }

    /// Every row of the revision, in an order that keys allow.
    func inserts(
        revision: Int, stamp: PostgresTimestamp, firms resolved: [ResolvedFirm], federation: Int
    ) -> [SQL] {
        let key = RevisionKey(
            federation: federation, meeting: document.id, revision: revision, stamp: stamp)
        var statements = [insertMeeting(key)]
        for (index, firm) in resolved.enumerated() {
            statements += inserts(of: firm, at: index, key)
        }
        for (index, entry) in document.applicants.enumerated() {
            statements += inserts(of: entry, at: index, key)
        }
        for (index, opinion) in document.opinions.enumerated() {
            statements.append(
                """
                INSERT INTO goutong.opinion (federation_id, meeting_id, revision, position, topic,
                    opinion, answered_on, answer, recorded_at)
                VALUES (\(federation), \(document.id), \(revision), \(index), \(opinion.topic),
                    \(opinion.text), \(opinion.answer?.on), \(opinion.answer?.text), \(stamp))
                """)
        }
        if !resolved.isEmpty {
            statements.append(
                """
                INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
                SELECT \(federation), firm_id, \(stamp) FROM unnest(\(resolved.map(\.id.uuid))) AS f (firm_id)
                """)
        }
        return statements
    }

    private func insertMeeting(_ key: RevisionKey) -> SQL {
        let counts = document.counts
        let applications = document.applications
        return """
            INSERT INTO goutong.meeting (federation_id, meeting_id, revision, kind, held_on, ended_on,
                starts_at, ends_at, area_id, org_unit, venue_kind, venue_name, venue_project, format,
                dedicated_to, organisers, staff_names, staff_hours, attended, consulted, leaflets,
                questionnaires, approved_on_site, cards_issued, app_registrations, firms_counted,
                applications_paper, applications_qr, applications_app, applications_total,
                applications, notes, recorded_at)
            VALUES (\(key.federation), \(key.meeting), \(key.revision), \(document.kind),
                \(document.heldOn), \(document.endedOn), \(document.startsAt?.description)::time,
                \(document.endsAt?.description)::time, \(areaID), \(document.orgUnit),
                \(document.venue.kind), \(document.venue.name), \(document.venue.project),
                \(document.format), \(document.dedicatedTo), \(document.organisers),
                \(document.staff.map(\.name)), \(document.staff.map(\.hours)), \(counts.attended),
                \(counts.consulted), \(counts.leaflets), \(counts.questionnaires),
                \(counts.approvedOnSite), \(counts.cardsIssued), \(counts.appRegistrations),
                \(document.firmsCounted), \(applications.paper), \(applications.qr),
                \(applications.app), \(applications.total), \(document.onSiteApplications),
                \(document.notes), \(key.stamp))
            """
    }

    private func inserts(of firm: ResolvedFirm, at index: Int, _ key: RevisionKey) -> [SQL] {
        let row = firms[index]
        let met = row.met
        var statements: [SQL] = []
        if firm.isNew {
            statements += FirmRows.create(firm.id, row: row, on: document.heldOn, key)
        } else if firm.gainsCode, let uscc = met.uscc {
            statements += FirmRows.gain(uscc, firm: firm.id, key)
        }
        statements.append(
            """
            INSERT INTO goutong.attendance (federation_id, meeting_id, revision, position, firm_id,
                held_on, area_id, union_status, stated_uscc, stated_name, stated_area_id, parent,
                headcount, headcount_band, industry, attitude, questions, next_step, next_step_due,
                next_step_owner, recorded_at)
            VALUES (\(key.federation), \(key.meeting), \(key.revision), \(index), \(firm.id),
                \(document.heldOn), \(areaID), \(met.unionStatus), \(met.uscc?.text), \(met.name),
                \(row.statedAreaID), \(met.parent), \(met.headcount),
                \(met.headcountBand ?? met.headcount.map(HeadcountBand.init(headcount:))),
                \(met.industry?.text), \(met.attitude), \(met.questions), \(met.nextStep?.what),
                \(met.nextStep?.due), \(met.nextStep?.owner), \(key.stamp))
            """)
        if let intent = met.intent {
            let id = MilestoneID.derived(from: "intent", "\(key.meeting)", "\(firm.id)")
            statements.append(
                """
                INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind,
                    happened_on, meeting_id, of_document, intent_form, facts_hash, recorded_at)
                VALUES (\(key.federation), \(id), \(key.revision), \(firm.id),
                    \(MilestoneKind.intent), \(intent.on), \(key.meeting), true, \(intent.form), '',
                    \(key.stamp))
                """)
        }
        if let sealed = row.sealedContact ?? firm.keptContact {
            statements.append(
                """
                INSERT INTO goutong.firm_contact (federation_id, meeting_id, revision, firm_id, sealed)
                VALUES (\(key.federation), \(key.meeting), \(key.revision), \(firm.id), \(sealed))
                """)
        }
        return statements
    }

    private func inserts(of entry: ApplicantEntry, at index: Int, _ key: RevisionKey) -> [SQL] {
        guard let listed = applicants[index] else {
            // Unchanged: the row of the revision before goes on, with the person it had.
            return [
                """
                SELECT goutong.carry_applicant(\(key.federation)::integer, \(key.meeting), \(entry.id),
                    \(key.revision)::integer, \(index)::integer, \(key.stamp))
                """
            ]
        }
        let applicant = listed.applicant
        let employer = FirmMatch(
            federation: key.federation,
            wanted: [
                FirmMatch.Wanted(
                    uscc: applicant.employer?.uscc,
                    foldedName: applicant.employer?.name.map { FoldedName($0).text },
                    district: district)
            ])
        let consent = applicant.consent
        return [
            """
            INSERT INTO goutong.applicant (federation_id, applicant_id, meeting_id, revision,
                person_revision, position, channel, employer_firm_id, employer_uscc, employer_name,
                categories, recorded_at)
            SELECT \(key.federation)::integer, \(applicant.id), \(key.meeting), \(key.revision)::integer,
                \(key.revision)::integer, \(index)::integer, \(applicant.channel),
                CASE WHEN NOT gone THEN
                    (SELECT firm_id FROM (\(employer.find)) AS e (firm_id, gains_code)) END,
                CASE WHEN NOT gone THEN \(applicant.employer?.uscc?.text) END,
                CASE WHEN NOT gone THEN \(applicant.employer?.name) END,
                \(applicant.categories.map(\.rawValue)), \(key.stamp)
            FROM (SELECT goutong.is_erased(\(key.federation)::integer, \(applicant.id))) AS e (gone)
            """,
            """
            INSERT INTO goutong.applicant_person (federation_id, applicant_id, revision, sealed,
                mobile_tag, document_tag, consent_notice, consent_on, consent_method,
                share_with_employer_union, card_bank)
            SELECT \(key.federation)::integer, \(applicant.id), \(key.revision)::integer,
                \(listed.person.sealed), \(listed.person.mobileTag), \(listed.person.documentTag),
                \(consent.notice), \(consent.on), \(consent.method), \(consent.shareWithEmployerUnion),
                \(consent.cardBank)
            WHERE NOT goutong.is_erased(\(key.federation)::integer, \(applicant.id))
            """,
        ]
    }
}

/// The key and stamp that every row of one revision carries.
struct RevisionKey: Sendable {
    let federation: Int
    let meeting: MeetingID
    let revision: Int
    let stamp: PostgresTimestamp
}
