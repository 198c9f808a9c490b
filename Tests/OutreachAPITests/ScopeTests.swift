import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing

/// What the table of roles cannot show: whole corrections, joins, counts, and what narrow rights may become.
@Suite("scopes")
struct ScopeTests {
    @Test("a cadre's correction after the review closes the whole meeting and carries its applicant whole")
    func wholeCorrection() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            // Reviewed: the cadre does not see who applied any more, and corrects all the same.
            try await api.owner.script(
                """
                INSERT INTO goutong.applicant_event (federation_id, event_id, applicant_id, kind, happened_on,
                    recorded_at)
                SELECT federation_id, gen_random_uuid(), applicant_id, 'verified', '2018-10-02', now()
                FROM goutong.applicant
                """)
            let before = try await Self.applicant(1, revision: 1, api)
            let seen = try await Self.rows("applicant", as: .cadre, seed)
            #expect(seen == 0)
            try await seed.correct(1, as: .cadre)
            for table in ["meeting", "attendance", "applicant", "opinion", "milestone"] {
                let revisions = try await api.owner.query(
                    SQL(
                        raw:
                            "SELECT revision FROM goutong.\(table) WHERE superseded_at IS NULL AND meeting_id = "
                    )
                        + "\(MeetingID(RoleSeed.ownMeeting)?.uuid)"
                ).map { row in try row.decode(Int.self) }
                #expect(Set(revisions) == [2], "\(table): \(revisions)")
            }
            let after = try await Self.applicant(1, revision: 2, api)
            #expect(after == before)
            #expect(before.contains("甲公司"))
        }
    }

    @Test("who corrects a colleague's meeting does not come to see its applicants")
    func correctorSeesNobody() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            let before = try await Self.rows("applicant_person", as: .cadre, seed)
            try await seed.correct(2, as: .cadre)
            #expect(try await Self.rows("applicant_person", as: .cadre, seed) == before)
            #expect(try await Self.rows("applicant_person", as: .lead, seed) == 2)
        }
    }

    @Test("the enterprise desk cannot learn who applied at a firm: joins, counts, functions, estimates")
    func enterpriseDesk() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            try await api.owner.script("ANALYZE")
            let desk = try #require(seed.actors[.enterpriseDesk])
            let applicant = RoleSeed.applicantID(1)
            let statements: [(Authority.Purpose, String)] = [
                (.reading, "SELECT count(*) FROM goutong.applicant"),
                (
                    .reading,
                    "SELECT count(*) FROM goutong.applicant p JOIN goutong.firm_identity i "
                        + "ON i.firm_id = p.employer_firm_id"
                ),
                (.reading, "SELECT count(*) FROM goutong.applicant_person"),
                (.reading, "SELECT count(*) FROM goutong.applicant_duplicates(1, '\(applicant)')"),
                (.reading, "SELECT goutong.applicant_in_scope(1, '\(applicant)')::integer::bigint"),
                (.reading, "SELECT count(*) FROM goutong.person_request"),
                (.counting, "SELECT count(employer_firm_id) FROM goutong.applicant"),
                (.counting, "SELECT count(employer_name) FROM goutong.applicant"),
                (.counting, "SELECT count(*) FROM goutong.applicant p WHERE (p.*)::text LIKE '%甲公司%'"),
                (.counting, "SELECT count(*) FROM goutong.applicant_person"),
                (.recording, "SELECT count(employer_name) FROM goutong.applicant"),
                (.recording, "SELECT count(*) FROM goutong.applicant_event"),
                (.recording, "SELECT count(*) FROM goutong.applicant_person"),
                (.service, "SELECT count(*) FROM goutong.applicant"),
            ]
            for (purpose, statement) in statements {
                let found = try await Self.number(statement, as: desk, for: purpose, api)
                #expect(found == nil || found == 0, "\(purpose): \(statement)")
            }
            // A planner's estimate must not tell an employer that somebody named from one that nobody did.
            let named = try await Self.plan("employer_name = '测试1甲公司'", as: desk, api)
            let unnamed = try await Self.plan("employer_name = '没有这家公司'", as: desk, api)
            #expect(named == unnamed)
        }
    }

    @Test("out of scope and missing are answered alike")
    func outOfScopeIsMissing() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            let token = try await seed.token(of: .cadre)
            var answers: [String] = []
            for id in [RoleSeed.distantMeeting, RoleSeed.meetingID(9)] {
                let answer = try await api.send(
                    .post, "/v1/meetings", token: token,
                    body: #"{"schema":"goutong.meeting/1","id":"\#(id)","replaces":1,"void":{"why":"测试"}}"#)
                #expect(answer.status == .notFound)
                answers.append(
                    answer.text.replacing(/urn:goutong:request:[0-9A-Za-z-]+/, with: "")
                        + answer.headers.map { "\($0.name)" }.sorted().joined())
            }
            #expect(answers[0] == answers[1])
        }
    }

    @Test("duplicates are found across the federation, by reviewers only")
    func duplicates() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            // Five documents with one mobile: three other meetings of this federation.
            let query = "SELECT count(*) FROM goutong.applicant_duplicates(1, '\(RoleSeed.applicantID(1))')"
            for (actor, expected) in [
                (RoleActor.lead, 3), (.districtLead, 3), (.cadre, 0), (.enterpriseDesk, 0), (.analyst, 0),
                (.auditor, 0), (.administrator, 0),
            ] {
                let authority = try #require(seed.actors[actor])
                let found = try await Self.number(query, as: authority, for: .reading, api)
                #expect(found == expected, "\(actor)")
            }
            let matched = try await api.owner.query(
                SQL(
                    raw: "SELECT DISTINCT matched FROM goutong.applicant_duplicates(1, "
                        + "'\(RoleSeed.applicantID(1))')")
            ).map { row in try row.decode(String.self) }
            #expect(matched == ["mobile"])
            // Of an applicant in another district a lead learns nothing.
            let lead = try #require(seed.actors[.lead])
            let distant = "SELECT count(*) FROM goutong.applicant_duplicates(1, '\(RoleSeed.applicantID(4))')"
            #expect(try await Self.number(distant, as: lead, for: .reading, api) == 0)
        }
    }

    @Test("functions answer within the actor's rights and federation")
    func functions() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            let cadre = try #require(seed.actors[.cadre])
            let auditor = try #require(seed.actors[.auditor])
            let all = "SELECT count(*) FROM goutong.find_firms(1, '%', '', '110105', 100)"
            let foreign = "SELECT count(*) FROM goutong.find_firms(2, '%', '', '110105', 100)"
            #expect(try await Self.number(all, as: cadre, for: .reading, api) == 8)
            #expect(try await Self.number(foreign, as: cadre, for: .reading, api) == 0)
            #expect(try await Self.number(all, as: auditor, for: .reading, api) == 0)
            let scope =
                "SELECT count(*) FROM goutong.firm_identity i WHERE goutong.firm_in_scope(1, i.firm_id)"
            #expect(try await Self.number(scope, as: cadre, for: .reading, api) == 4)
            let journeys = "SELECT count(*) FROM goutong.journey_at(%, now())"
            let own = journeys.replacing("%", with: "1"), other = journeys.replacing("%", with: "2")
            #expect(try await Self.number(own, as: cadre, for: .counting, api) == 4)
            #expect(try await Self.number(other, as: cadre, for: .counting, api) == 0)
            #expect(try await Self.number(own, as: auditor, for: .counting, api) == 0)
            #expect(try await Self.number(own, as: cadre, for: .reading, api) == nil)
        }
    }

    @Test(
        "a narrow token mints no wider one, revoked stays revoked, nobody signs for another or promotes itself"
    )
    func narrowRights() async throws {
        try await APIFixture.serving { api in
            let seed = try await RoleSeed.filled(api)
            let cadre = try #require(seed.actors[.cadre]?.account)
            let narrow = Authority.account(
                cadre, login: "cadre.test", rights: [.figures], of: api.federation)
            let mint = { (rights: String) in
                """
                WITH made AS (INSERT INTO goutong.api_token (federation_id, token_id, account_id, name, token_hash,
                    rights, created_at, expires_at)
                VALUES (1, gen_random_uuid(), '\(cadre)', 'x', decode(md5(random()::text) || md5('b'), 'hex'),
                    \(rights), now(), now() + interval '1 day') RETURNING 1)
                SELECT count(*) FROM made
                """
            }
            #expect(try await Self.number(mint("NULL"), as: narrow, for: .reading, api) == nil)
            #expect(try await Self.number(mint("'{people_own}'"), as: narrow, for: .reading, api) == nil)
            #expect(try await Self.number(mint("'{}'"), as: narrow, for: .reading, api) == nil)
            #expect(try await Self.number(mint("'{figures}'"), as: narrow, for: .reading, api) == 1)

            let revive = """
                WITH x AS (UPDATE goutong.api_token SET revoked_at = NULL RETURNING 1) SELECT count(*) FROM x
                """
            #expect(try await Self.number(revive, as: narrow, for: .reading, api) == nil)
            let administrator = try #require(seed.actors[.administrator])
            #expect(try await Self.number(revive, as: administrator, for: .reading, api) == nil)
            let promote = """
                WITH x AS (UPDATE goutong.account SET role = 'lead' WHERE account_id = goutong.actor_account()
                    RETURNING 1) SELECT count(*) FROM x
                """
            #expect(try await Self.number(promote, as: administrator, for: .reading, api) == nil)
            let read = "SELECT count(password) FROM goutong.account"
            #expect(try await Self.number(read, as: administrator, for: .reading, api) == nil)

            let forge = """
                WITH x AS (INSERT INTO goutong.meeting_revision (federation_id, meeting_id, revision, facts_hash,
                    recorded_at, area_id, recorded_by)
                SELECT 1, gen_random_uuid(), 1, decode(repeat('00', 32), 'hex'), now(), r.area_id, who
                FROM goutong.meeting_revision r, (VALUES (%::uuid)) AS w (who) LIMIT 1 RETURNING 1)
                SELECT count(*) FROM x
                """
            let full = try #require(seed.actors[.cadre])
            let lead = try #require(seed.actors[.lead]?.account)
            for (who, expected) in [("'\(lead)'", nil), ("NULL", nil), ("'\(cadre)'", 1)] as [(String, Int?)]
            {
                let found = try await Self.number(
                    forge.replacing("%", with: who), as: full, for: .recording, api)
                #expect(found == expected, "\(who)")
            }
        }
    }

    // MARK: -

    /// What a statement counts; nil where it is refused.
    private static func number(
        _ statement: String, as authority: Authority, for purpose: Authority.Purpose, _ api: APIFixture
    ) async throws -> Int? {
        try await api.pool.withConnection { connection in
            do throws(TransactionError) {
                return try await authority.transaction(for: purpose, on: connection) { connection in
                    try await connection.query(SQL(raw: statement)).only().decode(Int.self)
                }
            } catch {
                guard error.postgresError?.sqlState == .insufficientPrivilege else { throw error }
                return nil
            }
        }
    }

    private static func plan(
        _ condition: String, as authority: Authority, _ api: APIFixture
    ) async throws -> [String] {
        try await api.pool.withConnection { connection in
            try await authority.transaction(for: .reading, on: connection) { connection in
                try await connection.query(
                    SQL(raw: "EXPLAIN SELECT applicant_id FROM goutong.applicant WHERE \(condition)")
                ).map { row in
                    let line = try row.decode(String.self)
                    return String(line.replacing(/'[^']*'::text/, with: "…"))
                }
            }
        }
    }

    private static func rows(
        _ table: String, as actor: RoleActor, _ seed: RoleSeed
    ) async throws -> Int? {
        guard let authority = seed.actors[actor] else { return nil }
        return try await number(
            "SELECT count(*) FROM goutong.\(table)", as: authority, for: .reading, seed.api)
    }

    /// Everything that a carried applicant keeps, as text.
    private static func applicant(_ number: Int, revision: Int, _ api: APIFixture) async throws -> String {
        try await api.owner.query(
            """
            SELECT (a.person_revision, a.position, a.channel, a.employer_firm_id, a.employer_uscc,
                    a.employer_name, a.categories)::text
            FROM goutong.applicant a
            WHERE a.applicant_id = \(ApplicantID(RoleSeed.applicantID(number))?.uuid) AND a.revision = \(revision)
            """
        ).only().decode(String.self)
    }
}

extension RoleSeed {
    /// Corrects a meeting of the own township, giving its applicant by id alone.
    func correct(_ number: Int, as actor: RoleActor) async throws {
        guard let authority = actors[actor] else { return }
        let submission = try MeetingSubmission.decode(
            Array(Self.document(number, area: "110105021", replaces: 1).utf8),
            today: OfficeTime.day(of: .now), areas: api.areas)
        let recorder = MeetingRecorder(
            federation: api.federation, vault: api.vault, areas: api.areas, authority: authority)
        try await api.pool.withConnection { connection in
            _ = try await recorder.record(submission, on: connection)
        }
    }

    /// A new token with all rights of the account.
    func token(of actor: RoleActor) async throws -> APIToken? {
        guard let account = actors[actor]?.account else { return nil }
        return try await TokenStore(federation: api.federation).issue(
            to: account, name: "scope", validFor: 1, authority: .operator("test", of: api.federation),
            on: api.owner)
    }
}
