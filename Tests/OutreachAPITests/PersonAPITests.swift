import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing

/// Applications and persons over HTTP, as the roles that have and have not the right.
@Suite("applications and persons over HTTP")
struct PersonAPITests {
    private static let applicant = "01890000-0000-7000-8000-00000000000a"
    private static func meeting(
        id: String = "01890000-0000-7000-8000-000000000001", applicant: String = applicant,
        area: String = "110105021"
    ) -> String {
        """
        {"schema":"goutong.meeting/1","id":"\(id)","kind":"worker","held_on":"2018-09-12","area":"\(area)",
         "venue":{"kind":"station"},"applicants":[{"id":"\(applicant)","name":"张示例","mobile":"13800138000",
         "consent":{"notice":"2018-1","on":"2018-09-12","method":"signed"}}]}
        """
    }

    private struct Office {
        let api: APIFixture
        let cadre, lead, other, desk, analyst: APIToken

        init(_ api: APIFixture) async throws {
            self.api = api
            cadre = try await api.account("cadre", .cadre, unit: "BJ-110105021").token
            lead = try await api.account("lead", .lead, unit: "BJ-110105021").token
            other = try await api.account("other", .lead, unit: "BJ-110101001").token
            desk = try await api.account("desk", .enterpriseDesk, unit: "BJ-110105021").token
            analyst = try await api.account("analyst", .analyst).token
            let made = try await api.send(.post, "/v1/meetings", token: cadre, body: meeting())
            #expect(made.status == .created, "\(made.text)")
        }

        func get(_ path: String, _ token: APIToken) async throws -> APIFixture.Answer {
            try await api.send(.get, "/v1/" + path, token: token)
        }

        func post(_ path: String, _ token: APIToken, _ body: String) async throws -> APIFixture.Answer {
            try await api.send(.post, "/v1/" + path, token: token, body: body)
        }
    }

    @Test("a lead reviews; others see nothing, or may not; what is out of sight is not there")
    func review() async throws {
        try await APIFixture.serving { api in
            let office = try await Office(api)
            let events = "applications/\(Self.applicant)/events"
            let listed = try await office.get("applications?area=110105&state=submitted", office.lead)
            #expect(listed.status == .ok && listed.text.contains("138****8000"), "\(listed.text)")
            #expect(!listed.text.contains("13800138000"))
            for token in [office.other, office.desk, office.analyst] {
                let nothing = try await office.get("applications", token)
                #expect(nothing.text == #"{"applications":[],"next":null}"#, "\(nothing.text)")
                #expect(try await office.post(events, token, #"{"kind":"verified"}"#).status == .notFound)
            }
            let absent = try await office.get("applications/\(UUID())/events", office.lead)
            let hidden = try await office.get(events, office.other)
            #expect(absent.status == .notFound && hidden.status == .notFound)
            // Who recorded the meeting sees it, and does not decide.
            #expect(try await office.get("applications", office.cadre).text.contains("138****8000"))
            #expect(try await office.post(events, office.cadre, #"{"kind":"verified"}"#).status == .forbidden)
            let done = try await office.post(events, office.lead, #"{"kind":"verified","on":"2018-09-20"}"#)
            #expect(done.status == .created, "\(done.text)")
            #expect(
                try await office.post(events, office.lead, #"{"kind":"rejected"}"#).status
                    == .unprocessableContent)
            #expect(
                try await office.post(events, office.lead, #"{"kind":"under_review"}"#).status == .conflict)
            // Reviewed: it is out of the cadre's sight.
            #expect(try await office.get("applications", office.cadre).text.contains("[]"))
            let steps = try await office.get(events, office.lead)
            #expect(steps.text.contains("verified"))
        }
    }

    @Test("a duplicate in another township stops the approval, and its person is not told")
    func duplicates() async throws {
        try await APIFixture.serving { api in
            let office = try await Office(api)
            let second = "01890000-0000-7000-8000-00000000000b"
            let made = try await office.post(
                "meetings", office.other,
                Self.meeting(
                    id: "01890000-0000-7000-8000-000000000002", applicant: second, area: "110101001"))
            #expect(made.status == .created, "\(made.text)")
            let path = "applications/\(Self.applicant)/events"
            let stopped = try await office.post(path, office.lead, #"{"kind":"verified"}"#)
            #expect(
                stopped.status == .conflict && stopped.text.contains("duplicate_unresolved"),
                "\(stopped.text)")
            #expect(try await office.get(path, office.lead).text.contains(second))
            #expect(!(try await office.get(path, office.cadre)).text.contains(second))
            let despite = try await office.post(
                path, office.lead, #"{"kind":"verified","despite_duplicate":true}"#)
            #expect(despite.status == .created, "\(despite.text)")
        }
    }

    @Test("looks need a reason; unmasking, copies, corrections and erasure are the reviewer's, all audited")
    func persons() async throws {
        try await APIFixture.serving { api in
            let office = try await Office(api)
            let path = "persons/\(Self.applicant)"
            #expect(try await office.get(path, office.lead).status == .unprocessableContent)
            let seen = try await office.get(path + "?reason=check", office.lead)
            #expect(seen.status == .ok && !seen.text.contains("13800138000"), "\(seen.text)")
            let why = #"{"reason":"check"}"#
            for deed in ["unmask", "copy", "erase"] {
                #expect(
                    try await office.post("\(path)/\(deed)", office.other, why).status == .notFound, "\(deed)"
                )
                #expect(try await office.post("\(path)/\(deed)", office.desk, why).status == .notFound)
                #expect(try await office.post("\(path)/\(deed)", office.cadre, why).status == .forbidden)
            }
            let clear = try await office.post("\(path)/unmask", office.lead, why)
            #expect(clear.status == .ok && clear.text.contains("13800138000"))
            let correction = #"{"reason":"check","person":{"name":"张更正","mobile":"13900139000"}}"#
            #expect(try await office.post("\(path)/correct", office.cadre, correction).status == .forbidden)
            #expect(try await office.post("\(path)/correct", office.lead, correction).status == .noContent)
            let asked = try await office.post("\(path)/requests", office.lead, #"{"kind":"erase"}"#)
            #expect(asked.status == .created, "\(asked.text)")
            let copy = try await office.post("\(path)/copy", office.lead, why)
            #expect(copy.status == .ok && copy.text.contains("张更正") && copy.text.contains("person.unmask"))
            #expect(try await office.post("\(path)/erase", office.lead, why).status == .noContent)
            #expect(
                try await office.post("\(path)/unmask", office.lead, why).text.contains(#""erased":true"#))
            // The same document again is a replay and brings nobody back.
            let again = try await office.post("meetings", office.cadre, Self.meeting())
            #expect(again.status == .ok && again.text.contains("replayed"), "\(again.text)")
            let open = try await office.get("persons/requests?open=true", office.lead)
            let id = try #require(
                (open.json()["requests"] as? [[String: any Sendable]])?.first?["id"] as? String)
            let answered = try await office.post(
                "persons/requests/\(id)/answer", office.lead, #"{"outcome":"已删除"}"#)
            #expect(answered.status == .ok, "\(answered.text)")

            let left = try await api.owner.query("SELECT count(*) FROM goutong.applicant_person").only()
                .decode(Int.self)
            #expect(left == 0)
            let deeds = try await api.owner.query(
                """
                SELECT DISTINCT action || ' ' || result FROM goutong.audit_entry
                WHERE object_id = \(Self.applicant) ORDER BY 1
                """
            ).map { row in try row.decode(String.self) }
            #expect(
                deeds == [
                    "person.copy done", "person.correct done", "person.erase done", "person.look done",
                    "person.request done", "person.unmask done", "person.unmask refused",
                ])
        }
    }

    @Test("the service purges by its own login, which may not delete a person itself")
    func retention() async throws {
        try await APIFixture.serving { api in
            _ = try await Office(api)
            try await api.pool.withConnection { connection in
                let run = RetentionRun(federation: api.federation, asService: true)
                let outcome = try await run.run(
                    today: Day(ordinal: 18_600), dryRun: false, on: connection)
                #expect(outcome.erased == 1)
                await #expect(throws: TransactionError.self) {
                    try await connection.transaction { connection in
                        try await connection.execute("SET LOCAL ROLE goutong_service")
                        try await connection.execute("DELETE FROM goutong.applicant_person")
                    }
                }
                await #expect(throws: TransactionError.self) {
                    try await connection.transaction { connection in
                        try await connection.execute("SET LOCAL ROLE goutong_recorder")
                        _ = try await connection.query(
                            "SELECT goutong.drop_persons(\(api.federation.id)::integer, '{}')")
                    }
                }
            }
        }
    }
}
