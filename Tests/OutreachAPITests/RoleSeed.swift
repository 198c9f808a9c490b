import Foundation
import Outreach
import OutreachStore
import PostgresClient

/// Every table of the schema filled for four places: an account's own township, another one of its district,
/// another district, and another federation with the same map.
struct RoleSeed: Sendable {
    let api: APIFixture
    let actors: [RoleActor: Authority]
    let other: Federation

    /// Places by the letter that the table of roles has for them.
    static let places: [(letter: String, area: String)] = [
        ("T", "110105021"), ("D", "110105001"), ("C", "110101001"),
    ]

    /// The cadre's own meeting, the lead's in the same township, and one in each other place.
    static let ownMeeting = meetingID(1)
    static let colleaguesMeeting = meetingID(2)
    static let districtMeeting = meetingID(3)
    static let distantMeeting = meetingID(4)
    static let foreignMeeting = meetingID(5)

    static func meetingID(_ number: Int) -> String { "01890000-0000-7000-8000-0000000000\(number)0" }
    static func applicantID(_ number: Int) -> String { "01890000-0000-7000-8000-0000000000\(number)a" }

    static func filled(_ api: APIFixture) async throws -> RoleSeed {
        let other = try await Federation.add(
            code: "other", name: Bilingual(zh: "别市总工会", en: "Other federation"), synthetic: true,
            since: Day(ordinal: 17_622), on: api.owner
        ).federation
        try await ReferenceLoader.loadBeijing(into: other, on: api.owner)
        var actors: [RoleActor: Authority] = [:]
        for actor in RoleActor.allCases {
            let (id, _) = try await api.account(actor.login, actor.role, unit: actor.unit)
            actors[actor] = .account(id, login: actor.login, of: api.federation)
        }
        try await api.owner.script(
            "UPDATE goutong.account SET disabled_at = now() WHERE login = '\(RoleActor.disabled.login)'")
        let foreigner = try await AccountStore(federation: other).add(
            login: "foreigner", name: "别市人员", role: .lead, unit: "BJ",
            authority: .operator("test", of: other), on: api.owner)
        _ = try await TokenStore(federation: other).issue(
            to: foreigner, name: "test", validFor: 1, authority: .operator("test", of: other), on: api.owner)

        let seed = RoleSeed(api: api, actors: actors, other: other)
        try await seed.recordMeetings()
        try await seed.fillTheRest()
        return seed
    }

    private func recordMeetings() async throws {
        let home = api.federation
        let writers: [(Int, String, Authority, Federation)] = [
            (1, "110105021", actors[.cadre] ?? .operator(of: home), home),
            (2, "110105021", actors[.lead] ?? .operator(of: home), home),
            (3, "110105001", .operator("test", of: home), home),
            (4, "110101001", .operator("test", of: home), home),
            (5, "110105021", .operator("test", of: other), other),
        ]
        for (number, area, authority, federation) in writers {
            let submission = try MeetingSubmission.decode(
                Array(Self.document(number, area: area).utf8), today: OfficeTime.day(of: .now),
                areas: api.areas)
            let recorder = MeetingRecorder(
                federation: federation, vault: api.vault, areas: api.areas, authority: authority)
            if authority.account == nil {
                _ = try await recorder.record(submission, on: api.owner)
            } else {
                try await api.pool.withConnection { connection in
                    _ = try await recorder.record(submission, on: connection)
                }
            }
        }
    }

    /// - Parameter replaces: makes it a correction that gives its applicant by id alone.
    static func document(_ number: Int, area: String, replaces: Int? = nil) -> String {
        let applicant =
            replaces == nil
            ? """
            {"id":"\(applicantID(number))","name":"王示例","mobile":"13800138000",
             "employer":{"name":"测试\(number)甲公司"},
             "consent":{"notice":"2018-1","on":"2018-09-12","method":"signed"}}
            """ : #"{"id":"\#(applicantID(number))"}"#
        return """
            {"schema":"goutong.meeting/1","id":"\(meetingID(number))",
             \(replaces.map { "\"replaces\":\($0)," } ?? "")
             "kind":"worker","held_on":"2018-09-12","area":"\(area)","venue":{"kind":"park"},
             "firms":[{"name":"测试\(number)甲公司","union_status":"unorganised",
               "contact":{"name":"李联系","phone":"13800138001"},"intent":{"form":"verbal","on":"2018-09-12"}},
              {"name":"测试\(number)乙公司","union_status":"unorganised"}],
             "applicants":[\(applicant)],"opinions":[{"topic":"食堂","text":"希望改善"}]}
            """
    }

    /// What no document brings.
    private func fillTheRest() async throws {
        try await api.owner.script(
            """
            SELECT goutong.drain_journeys(f.federation_id, 1000) FROM goutong.federation f;
            INSERT INTO goutong.journey_queue SELECT federation_id, firm_id, now() FROM goutong.firm;
            INSERT INTO goutong.union_coverage (federation_id, coverage_id, firm_id, organised_from, recorded_at)
            SELECT federation_id, gen_random_uuid(), firm_id, '2019-01-01', now() FROM goutong.firm;
            INSERT INTO goutong.firm_registration (federation_id, registration_id, firm_id, area_id,
                registered_on, recorded_at)
            SELECT federation_id, gen_random_uuid(), firm_id, area_id, '2018-01-01', now()
            FROM goutong.firm_identity;
            INSERT INTO goutong.firm_profile (federation_id, firm_id, headcount, registration_type,
                classification_version, recorded_at)
            SELECT federation_id, firm_id, 30, '173', '2011', now() FROM goutong.firm;
            INSERT INTO goutong.import_run (federation_id, import_id, kind, file_hash, rows_good, began_at)
            SELECT federation_id, gen_random_uuid(), 'firms', decode(repeat('00', 32), 'hex'), 1, now()
            FROM goutong.federation;
            INSERT INTO goutong.firm_merge (federation_id, merge_id, duplicate_id, kept_id, recorded_at)
            SELECT a.federation_id, gen_random_uuid(), b.firm_id, a.firm_id, now()
            FROM goutong.attendance a JOIN goutong.attendance b USING (federation_id, meeting_id, revision)
            WHERE a.position = 0 AND b.position = 1;
            INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind, happened_on,
                of_document, facts_hash, recorded_at)
            SELECT federation_id, gen_random_uuid(), 1, firm_id, 'visited', '2018-10-01', false, '', now()
            FROM goutong.firm;
            INSERT INTO goutong.week_declaration (federation_id, area_id, week_start, declaration, recorded_at)
            SELECT DISTINCT federation_id, area_id, date '2018-10-01', 'none', now() FROM goutong.meeting;
            INSERT INTO goutong.declared_total (federation_id, statement_id, revision, area_id, figure, period_from,
                period_to, value, document, office, stated_on, recorded_at)
            SELECT federation_id, md5(area_id::text)::uuid, 1, area_id, 'firms_met', '2018-10-01', '2018-10-31', 5, 'x',
                'y', '2018-11-01', now()
            FROM (SELECT DISTINCT federation_id, area_id FROM goutong.meeting) m;
            INSERT INTO goutong.target (federation_id, statement_id, revision, area_id, figure, period_from,
                period_to, value, document, office, recorded_at)
            SELECT federation_id, statement_id, 1, area_id, figure, period_from, period_to, 9, 'x', 'y', now()
            FROM goutong.declared_total;
            INSERT INTO goutong.issued_report (federation_id, week_start, edition, moment, definition_hash, preparer,
                reviewer, signer, recorded_at)
            SELECT federation_id, '2018-10-01', 1, '2018-10-08', '0123456789ab', 'x', 'y', 'z', now()
            FROM goutong.federation;
            INSERT INTO goutong.issued_rendering (federation_id, week_start, edition, format, language,
                content_hash, content, recorded_at)
            SELECT federation_id, '2018-10-01', 1, 'text', 'zh', sha256('x'::bytea), 'x'::bytea, now()
            FROM goutong.federation;
            INSERT INTO goutong.applicant_event (federation_id, event_id, applicant_id, kind, happened_on,
                recorded_at)
            SELECT federation_id, gen_random_uuid(), applicant_id, 'under_review', '2018-10-01', now()
            FROM goutong.applicant;
            INSERT INTO goutong.person_request (federation_id, request_id, applicant_id, kind, asked_on, due_on,
                recorded_at)
            SELECT federation_id, gen_random_uuid(), applicant_id, 'access', '2018-10-01', '2018-10-16', now()
            FROM goutong.applicant;
            INSERT INTO goutong.applicant_erasure (federation_id, applicant_id, erased_at)
            SELECT federation_id, applicant_id, now() FROM goutong.applicant;
            INSERT INTO goutong.consent_withdrawal (federation_id, applicant_id, withdrawn_on, recorded_at)
            SELECT federation_id, applicant_id, '2018-10-01', now() FROM goutong.applicant;
            INSERT INTO goutong.person_hand_over (federation_id, hand_over_id, applicant_id, recipient_kind,
                recipient, fields, reason, recorded_at)
            SELECT federation_id, gen_random_uuid(), applicant_id, 'card-bank', 'x', '{name}', 'x', now()
            FROM goutong.applicant;
            INSERT INTO goutong.fixed_moment SELECT federation_id, '2018-12-30' FROM goutong.federation
            ON CONFLICT DO NOTHING;
            INSERT INTO goutong.web_session (federation_id, session_id, account_id, secret_hash, rotated_at,
                created_at, expires_at)
            SELECT federation_id, gen_random_uuid(), account_id, decode(repeat('00', 32), 'hex'), now(), now(),
                   now() + interval '1 hour'
            FROM goutong.account;
            INSERT INTO goutong.audit_link (federation_id, position, entry_id, code, sealed_at)
            SELECT federation_id, row_number() OVER (PARTITION BY federation_id ORDER BY at, entry_id), entry_id,
                   decode(repeat('00', 32), 'hex'), now()
            FROM goutong.audit_entry;
            """)
    }
}
