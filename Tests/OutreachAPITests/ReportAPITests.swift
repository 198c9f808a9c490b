import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing
import Vault

@Suite("reports over HTTP")
struct ReportAPITests {
    private static let weekly = "/v1/reports/weekly?week=2018-W37"

    private func prepared(_ api: APIFixture) async throws {
        for (index, area) in ["110105021", "110101001"].enumerated() {
            let (_, token) = try await api.account("cadre\(index)", .cadre, unit: "BJ-\(area)")
            let body = MeetingAPITests.enterpriseMeeting(
                area: area, id: "01890000-0000-7000-8000-00000000030\(index)"
            ).replacing("甲", with: "\(index)").replacing(
                #""union_status""#,
                with:
                    #""next_step":{"what":"回访\#(index)","due":"2018-09-18","owner":"负责人\#(index)"},"union_status""#
            )
            let answer = try await api.send(.post, "/v1/meetings", token: token, body: body)
            #expect(answer.status == .created, "\(answer.text)")
        }
    }

    @Test("one report in the format that the request likes best; 406 for another")
    func formats() async throws {
        try await APIFixture.serving { api in
            try await prepared(api)
            let (_, token) = try await api.account("chen", .analyst)
            let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            for (accept, type, start) in [
                ("", "application/json", "{"), ("text/html", "text/html; charset=utf-8", "<!"),
                ("text/csv;q=0.5, application/pdf", "text/csv; charset=utf-8", "\u{FEFF}"),
                (xlsx, xlsx, "PK"), ("text/*;q=0.1, */*;q=0.2", "application/json", "{"),
            ] {
                let answer = try await api.send(.get, Self.weekly, token: token, headers: [.accept: accept])
                #expect(answer.status == .ok && answer.headers[.contentType] == type, "\(accept)")
                #expect(answer.body.starts(with: start.utf8), "\(accept)")
                #expect(answer.headers[.vary]?.contains("Accept") == true)
                #expect(answer.headers[.contentDisposition]?.contains("weekly-2018-W37") == true)
            }
            for accept in ["application/pdf", "application/json;q=0"] {
                let refused = try await api.send(.get, Self.weekly, token: token, headers: [.accept: accept])
                #expect(refused.status == .notAcceptable)
            }
            for (accept, type, start) in [
                ("", "application/json", "{"), ("text/html", "text/html; charset=utf-8", "<!"),
                ("text/csv", "text/csv; charset=utf-8", "unit,unit_name"), (xlsx, xlsx, "PK"),
            ] {
                let answer = try await api.send(
                    .get, "/v1/reports/funnel?to=2018-12-30", token: token, headers: [.accept: accept])
                #expect(answer.status == .ok && answer.headers[.contentType] == type, "\(accept)")
                #expect(answer.body.starts(with: start.utf8), "\(accept)")
            }
            let none = try await api.send(
                .get, "/v1/reports/funnel", token: token, headers: [.accept: "image/png"])
            #expect(none.status == .notAcceptable)
        }
    }

    @Test("rows of one's own areas alone; owners' names for who may read meetings")
    func scope() async throws {
        try await APIFixture.serving { api in
            try await prepared(api)
            let (_, analyst) = try await api.account("chen", .analyst)
            let (_, lead) = try await api.account("lead", .lead, unit: "BJ-110105021")
            func codes(_ token: APIToken) async throws -> [String] {
                let answer = try await api.send(.get, Self.weekly, token: token).json()
                let areas = try #require(answer["areas"] as? [[String: any Sendable]])
                return areas.compactMap { $0["code"] as? String }
            }
            #expect(try await codes(analyst).count > 300)
            #expect(try await codes(lead) == ["110105021"])
            let page: HTTPFields = [.accept: "text/html"]
            let city = try await api.send(.get, Self.weekly, token: analyst, headers: page).text
            #expect(city.contains("回访0") && city.contains("回访1") && !city.contains("负责人"))
            let own = try await api.send(.get, Self.weekly, token: lead, headers: page).text
            #expect(own.contains("负责人0") && !own.contains("回访1"))
            var answers: [String] = []
            for area in ["110101001", "110199999"] {
                let answer = try await api.send(.get, "\(Self.weekly)&area=\(area)", token: lead)
                answers.append(answer.essence)
            }
            #expect(answers[0] == answers[1] && answers[0].hasPrefix("404"))
        }
    }

    @Test("the headline and every total of an account without the city's figures are of its own areas")
    func ownTotals() async throws {
        try await APIFixture.serving { api in
            try await prepared(api)
            // Met first in another district: no first meeting here.
            let (_, elsewhere) = try await api.account("elsewhere", .cadre, unit: "BJ-110101001")
            let (_, here) = try await api.account("here", .cadre, unit: "BJ-110105021")
            for (token, area, day, number) in [
                (elsewhere, "110101001", "2018-09-10", 8), (here, "110105021", "2018-09-12", 9),
            ] {
                let body = MeetingAPITests.enterpriseMeeting(
                    area: area, id: "01890000-0000-7000-8000-00000000030\(number)"
                ).replacing("测试甲公司", with: "测试两地公司")
                    .replacing(#""name":"#, with: #""uscc":"91110105100000016T","name":"#)
                    .replacing(#""held_on":"2018-09-12""#, with: #""held_on":"\#(day)""#)
                let answer = try await api.send(.post, "/v1/meetings", token: token, body: body)
                #expect(answer.status == .created, "\(answer.text)")
            }
            func report(_ role: AccountRole, _ unit: String) async throws -> [String: any Sendable] {
                let token = try await api.account("r\(unit.lowercased())", role, unit: unit).token
                return try await api.send(.get, Self.weekly, token: token).json()
            }
            func week(_ report: [String: any Sendable], _ measure: String) -> Int? {
                let headline = report["headline"] as? [String: [String: any Sendable]]
                return headline?[measure]?["week"] as? Int
            }
            let city = try await report(.analyst, "BJ")
            #expect(week(city, "enterprise_meetings") == 4 && week(city, "firms_met") == 3)
            #expect(city["scope"] == nil)
            for (role, unit, scope) in [
                (AccountRole.lead, "BJ-110105021", "110105021"), (.districtLead, "BJ-110105", "110105"),
            ] {
                let own = try await report(role, unit)
                #expect(own["scope"] as? [String] == [scope])
                #expect(week(own, "enterprise_meetings") == 2 && week(own, "firms_met") == 2)
                #expect(week(own, "firms_first_met") == 1 && week(own, "founding_intents") == 1)
                let funnel = try #require(own["firm_funnel"] as? [String: any Sendable])
                #expect(funnel["met"] as? Int == 1)
                let intents = try #require(own["intent_reconciliation"] as? [String: any Sendable])
                #expect(intents["total"] as? Int == 1)
                let lines = try #require(own["conservation"] as? [[String: any Sendable]])
                let meetings = lines.first { $0["figure"] as? String == "enterprise_meetings" }
                #expect(meetings?["city"] as? Int == 2 && meetings?["areas"] as? Int == 2)
            }
            let (_, lead) = try await api.account("lead", .lead, unit: "BJ-110105021")
            let page = try await api.send(
                .get, Self.weekly, token: lead, headers: [.accept: "text/html"])
            #expect(page.text.contains("范围：南磨房") && !page.text.contains("全市数"))
        }
    }

    @Test("a report prints the head of the audit as it stood at its moment; nothing before there is one")
    func auditHead() async throws {
        try await APIFixture.serving { api in
            try await prepared(api)
            let (_, token) = try await api.account("chen", .analyst)
            let before = try await api.send(.get, Self.weekly, token: token).json()
            #expect(before["schema"] as? String == "goutong.weekly/1" && before["audit_head"] == nil)
            _ = try await AuditSealer(
                federation: api.federation, key: api.vault.auditKey, connection: api.owner
            ).sealOnce()
            let head = try #require(try await AuditHead.read(api.federation, on: api.owner)).text
            let now = try await api.send(.get, Self.weekly, token: token).json()
            #expect(now["audit_head"] as? String == head)
            let page = try await api.send(.get, Self.weekly, token: token, headers: [.accept: "text/html"])
            #expect(page.text.contains("留痕校验值 \(head)"))
            let known = try #require(before["as_known_at"] as? String).replacing("+", with: "%2B")
            let then = try await api.send(
                .get, "\(Self.weekly)&as_known_at=\(known)", token: token
            ).json()
            #expect(then["schema"] as? String == "goutong.weekly/1" && then["audit_head"] == nil)
        }
    }

    @Test("the funnel by area is limited to one's own; by week it is the city's")
    func funnel() async throws {
        try await APIFixture.serving { api in
            try await prepared(api)
            let (_, lead) = try await api.account("lead", .lead, unit: "BJ-110105021")
            let own = try await api.send(.get, "/v1/reports/funnel?to=2018-12-30", token: lead)
            #expect(own.text.contains("110105021") && !own.text.contains("110101001"), "\(own.text)")
            #expect(own.text.contains(#""total":null"#))
            let week = try await api.send(.get, "/v1/reports/funnel?by=week", token: lead)
            #expect(week.status == .forbidden)
            let (_, analyst) = try await api.account("chen", .analyst)
            let city = try await api.send(
                .get, "/v1/reports/funnel?to=2018-12-30&as_known_at=2018-01-01T00:00:00%2B08:00",
                token: analyst)
            #expect(city.text.contains(#""groups":[]"#), "\(city.text)")
            let nested = try await api.send(
                .get, "/v1/reports/funnel?by=area,venue&to=2018-12-30", token: lead)
            #expect(nested.status == .ok && nested.text.contains(#""groups":["110105021","#))
            #expect(!nested.text.contains("110101001") && nested.text.contains(#""total":null"#))
            let within = try await api.send(.get, "/v1/reports/funnel?by=venue,area", token: lead)
            #expect(within.status == .forbidden)
            let all = try await api.send(
                .get, "/v1/reports/funnel?by=district,format,industry&to=2018-12-30", token: analyst)
            #expect(all.status == .ok && all.text.contains(#""level":3"#), "\(all.text)")
            // How a firm is registered is public: whoever counts may know it.
            try await api.owner.script(
                """
                INSERT INTO goutong.firm_profile (federation_id, firm_id, headcount, registration_type,
                    classification_version, recorded_at)
                SELECT federation_id, firm_id, 7777, '173', '2011', recorded_at FROM goutong.firm
                """)
            let owned = try await api.send(
                .get, "/v1/reports/funnel?by=ownership&to=2018-12-30", token: analyst)
            #expect(owned.status == .ok && owned.text.contains(#""unit":"170""#), "\(owned.text)")
            #expect(!owned.text.contains("7777"))
            // The list that tells the size of firms never met is the operator's.
            #expect(all.text.contains(#""employees":null"#) && all.text.contains(#""coverage":{"firms""#))
            for (by, status, code) in [
                ("cadre", 403, "by.operator"), ("ownership&track=worker", 400, "by.track"),
                ("area,district", 400, "by.order"), ("week,week", 400, "by.twice"),
                ("category&track=worker", 403, "by.operator"), ("mood", 400, "choice.unknown"),
            ] {
                let refused = try await api.send(.get, "/v1/reports/funnel?by=\(by)", token: analyst)
                #expect(refused.status.code == status, "\(by): \(refused.text)")
                #expect(refused.text.contains(code) && refused.text.contains("/query/by"), "\(refused.text)")
            }
            let bad = try await api.send(.get, "/v1/reports/funnel?start=intent&anchor=any", token: analyst)
            #expect(bad.status == .badRequest && bad.text.contains("/query/anchor"))
        }
    }

    @Test("workers are counted by person, and nothing tells which application is whose")
    func workers() async throws {
        try await APIFixture.serving { api in
            let (_, cadre) = try await api.account("cadre", .cadre, unit: "BJ-110105021")
            let meeting = MeetingAPITests.workerMeeting
            // Once more a week later: the same person, by the mobile.
            for body in [
                meeting,
                meeting.replacing("0000000000", with: "0000000009").replacing("2018-09-1", with: "2018-09-2"),
            ] {
                let answer = try await api.send(.post, "/v1/meetings", token: cadre, body: body)
                #expect(answer.status == .created, "\(answer.text)")
            }
            let applied = try await api.owner.query("SELECT count(*) FROM goutong.applicant").only()
                .decode(Int.self)
            let (_, analyst) = try await api.account("chen", .analyst)
            let path = "/v1/reports/funnel?track=worker&to=2018-12-30"
            let answer = try await api.send(.get, path, token: analyst)
            #expect(answer.status == .ok, "\(answer.text)")
            let total = try #require(try answer.json()["total"] as? [String: any Sendable])
            #expect(total["applied"] as? Int == applied / 2, "\(answer.text)")
            #expect(!answer.text.contains("01890000"))
            let (_, administrator) = try await api.account("root", .administrator)
            #expect(try await api.send(.get, path, token: administrator).status == .forbidden)
        }
    }

    @Test("the comparison is for the city's figures, and is an export in the audit")
    func comparison() async throws {
        try await APIFixture.serving { api in
            let (_, lead) = try await api.account("lead", .lead, unit: "BJ-110105021")
            let path = "/v1/reports/pilot-comparison"
            #expect(try await api.send(.get, path, token: lead).status == .forbidden)
            let (_, analyst) = try await api.account("chen", .analyst)
            let answer = try await api.send(.get, path, token: analyst, headers: [.accept: "text/csv"])
            #expect(answer.text.hasPrefix("unit_code,unit_name,arm"))
            let other = try await api.send(.get, "\(path)?programme=other", token: analyst)
            #expect(other.status == .notFound)
            let noted = try await api.owner.query(
                "SELECT count(*) FROM goutong.audit_entry WHERE action = 'export.comparison' AND actor = 'chen'"
            ).only().decode(Int.self)
            #expect(noted >= 1)
            let (_, administrator) = try await api.account("root", .administrator)
            #expect(try await api.send(.get, Self.weekly, token: administrator).status == .forbidden)
        }
    }
}
