import Foundation
import Funnel
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing

@Suite("a report's life over HTTP: who is silent, what was issued, what moved, what a number is made of")
struct ReportLifeAPITests {
    private static let week = "2018-W37"
    private static let (here, beside, elsewhere) = ("110105021", "110105001", "110101001")

    private static let uscc = #""uscc":"91110105100000016T""#

    private struct Office {
        let analyst, district, lead, auditor: APIToken
    }

    /// A meeting in each of two districts, and who may ask.
    private func prepared(_ api: APIFixture) async throws -> Office {
        let office = Office(
            analyst: try await api.account("chen", .analyst).token,
            district: try await api.account("li", .districtLead, unit: "BJ-110105").token,
            lead: try await api.account("zhang", .lead, unit: "BJ-\(Self.here)").token,
            auditor: try await api.account("sun", .auditor).token)
        try await record(1, in: Self.here, by: office.district, in: api)
        let away = try await api.account("wang", .lead, unit: "BJ-\(Self.elsewhere)").token
        try await record(2, in: Self.elsewhere, by: away, in: api)
        return office
    }

    private func record(_ number: Int, in area: String, by token: APIToken, in api: APIFixture) async throws {
        let body = MeetingAPITests.enterpriseMeeting(area: area, id: Self.meeting(number))
            .replacing("甲", with: "\(number)")
            .replacing(#""name":"#, with: number == 1 ? #"\#(Self.uscc),"name":"# : #""name":"#)
        let answer = try await api.send(.post, "/v1/meetings", token: token, body: body)
        #expect(answer.status == .created, "\(answer.text)")
    }

    private static func meeting(_ number: Int) -> String { "01890000-0000-7000-8000-00000000040\(number)" }

    private func rows(_ value: (any Sendable)?) -> [[String: any Sendable]] {
        value as? [[String: any Sendable]] ?? []
    }

    @Test("who has not reported: as the weekly report's completeness has it, of one's own areas")
    func missing() async throws {
        try await APIFixture.serving { api in
            let office = try await prepared(api)
            for (area, what) in [(Self.beside, "none"), ("110105002", "submitted")] {
                let said = try await api.send(
                    .post, "/v1/weeks/\(Self.week)/\(what)", token: office.district,
                    body: #"{"area":"\#(area)"}"#)
                #expect(said.status == .ok, "\(said.text)")
            }
            for (token, more, silent) in [
                (office.analyst, "", 332), (office.analyst, "&area=110105", 40), (office.district, "", 40),
                (office.district, "&area=\(Self.here)", 0), (office.lead, "", 0),
            ] {
                let answer = try await api.send(
                    .get, "/v1/reports/missing?week=\(Self.week)\(more)", token: token)
                #expect(answer.status == .ok, "\(answer.text)")
                let weekly = try await api.send(
                    .get, "/v1/reports/weekly?week=\(Self.week)\(more)", token: token
                ).json()
                let lines = rows(weekly["completeness"])
                let expected = lines.filter { $0["unreported"] as? Bool == true }
                    .compactMap { $0["code"] as? String }
                let told = rows(try answer.json()["missing"]).compactMap { $0["code"] as? String }
                #expect(told == expected && told.count == silent, "\(more): \(told.count)")
                #expect(try answer.json()["due"] as? Int == lines.count)
            }
            // Another's area is as one that does not exist.
            var refusals: [String] = []
            for area in [Self.elsewhere, "110199999"] {
                let path = "/v1/reports/missing?week=\(Self.week)&area=\(area)"
                refusals.append(try await api.send(.get, path, token: office.lead).essence)
            }
            #expect(refusals[0] == refusals[1] && refusals[0].hasPrefix("404"))
            let path = "/v1/reports/missing?week=\(Self.week)"
            #expect(try await api.send(.get, path, token: office.auditor).status == .forbidden)
        }
    }

    @Test("a number's rows add up to it in the report that the account gets; another's units do not exist")
    func explain() async throws {
        try await APIFixture.serving { api in
            let office = try await prepared(api)
            let asked = "/v1/reports/explain?week=\(Self.week)&figure="
            for (token, meetings) in [(office.analyst, 2), (office.district, 1), (office.lead, 1)] {
                let answer = try await api.send(
                    .get, asked + "headline.enterprise_meetings.week", token: token)
                #expect(answer.status == .ok, "\(answer.text)")
                #expect(try answer.json()["value"] as? Int == meetings)
                let areas = rows(try answer.json()["rows"]).map { $0["area"] as? String }
                #expect(areas == (meetings == 2 ? [Self.elsewhere, Self.here] : [Self.here]))
            }
            let unit = try await api.send(
                .get, asked + "firms_met.cumulative&area=\(Self.here)", token: office.lead)
            #expect(try unit.json()["value"] as? Int == 1, "\(unit.text)")
            #expect(!unit.text.contains("测试"))
            // A lead has no district's number, since the district is more than its own.
            var refusals: [String] = []
            for code in [Self.elsewhere, "110105", "110199999"] {
                let path = asked + "areas.\(code).firms_met.week"
                refusals.append(try await api.send(.get, path, token: office.lead).essence)
            }
            #expect(Set(refusals).count == 1 && refusals[0].hasPrefix("404"))
            let district = try await api.send(
                .get, asked + "districts.110105.firms_met.week", token: office.district)
            #expect(try district.json()["value"] as? Int == 1, "\(district.text)")
            for (path, status, code) in [
                (asked + "headline.bogus.week", 400, "figure.unknown"),
                ("/v1/reports/explain?week=\(Self.week)", 400, "figure.unknown"),
                (asked + "firms_met.week&as_known_at=soon", 400, "instant.form"),
            ] {
                let refused = try await api.send(.get, path, token: office.analyst)
                #expect(refused.status.code == status && refused.text.contains(code), "\(refused.text)")
            }
            let refused = try await api.send(.get, asked + "firms_met.week", token: office.auditor)
            #expect(refused.status == .forbidden)
        }
    }

    @Test("what moved an issued report, to each what lies in its areas; the rest by its kind alone")
    func changes() async throws {
        try await APIFixture.serving { api in
            let office = try await prepared(api)
            let path = "/v1/reports/changes?week=\(Self.week)"
            let early = try await api.send(.get, path, token: office.lead)
            #expect(early.status == .notFound && early.text.contains("report.not_issued"), "\(early.text)")
            try await issue(in: api)
            let listed = try await api.send(
                .get, "/v1/reports/issued?week=\(Self.week)", token: office.lead)
            #expect(rows(try listed.json()["items"]).map { $0["edition"] as? Int } == [1], "\(listed.text)")
            #expect(!listed.text.contains("张一"))
            let quiet = try await answer(path, office.lead, in: api)
            #expect(quiet["changes_seen"] as? Int == 0 && rows(quiet["moved"]).isEmpty)

            // One here; one elsewhere that takes a firm's first contact away from here.
            let city = try await api.account("he", .districtLead).token
            try await record(3, in: Self.here, by: office.district, in: api)
            let earlier = MeetingAPITests.enterpriseMeeting(area: Self.elsewhere, id: Self.meeting(4))
                .replacing("甲", with: "1").replacing(#""name":"#, with: #"\#(Self.uscc),"name":"#)
                .replacing(#""held_on":"2018-09-12""#, with: #""held_on":"2018-09-11""#)
            _ = try await api.send(.post, "/v1/meetings", token: city, body: earlier)
            let void = try await api.send(
                .delete, "/v1/meetings/\(Self.meeting(2))", token: city, body: #"{"why":"误录缘由"}"#)
            #expect(void.status == .created, "\(void.text)")

            let all = try await answer(path, city, in: api)
            #expect(rows(all["unexplained"]).isEmpty && all["changes_seen"] as? Int == 3)
            #expect(try await api.send(.get, path, token: city).text.contains("误录缘由"))
            let counted = try await api.send(.get, path, token: office.analyst).text
            // Who reads no meetings is not told why one was voided.
            #expect(counted.contains(Self.meeting(2)) && !counted.contains("误录缘由"), "\(counted)")

            let own = try await answer(path, office.lead, in: api)
            #expect(rows(own["unexplained"]).isEmpty)
            let steps = rows(own["steps"])
            #expect(steps.count == 2, "\(own)")
            let causes = steps.flatMap { rows($0["causes"]) }
            #expect(causes.first?["meeting"] as? String == Self.meeting(3), "\(causes)")
            #expect(causes.last?["elsewhere"] as? Bool == true && causes.last?.count == 2, "\(causes)")
            let text = try await api.send(.get, path, token: office.lead).text
            #expect(!text.contains(Self.meeting(4)) && !text.contains(Self.elsewhere), "\(text)")
            // The moves are those of the report that the lead gets.
            let week = rows(own["moved"]).first { $0["figure"] as? String == "headline.firms_first_met.week" }
            #expect(week == nil, "one came and one went: \(own)")
            let weekly =
                try await api.send(
                    .get, "/v1/reports/weekly?week=\(Self.week)", token: office.lead
                ).json()["headline"] as? [String: [String: any Sendable]]
            let met = rows(own["moved"]).first { $0["figure"] as? String == "headline.firms_met.week" }
            #expect(met?["before"] as? Int == 1)
            #expect(met?["after"] as? Int == weekly?["firms_met"]?["week"] as? Int)

            let beyond = try await api.send(.get, path + "&edition=2", token: office.lead)
            #expect(beyond.status == .notFound && beyond.text.contains("/query/edition"), "\(beyond.text)")
            #expect(beyond.text.contains("report.edition_unknown"))
            #expect(try await api.send(.get, path, token: office.auditor).status == .forbidden)
            let page = try await api.send(.get, path, token: city, headers: [.accept: "text/html"])
            #expect(page.status == .notAcceptable)
        }
    }

    @Test("the interval of ranks, and a funnel's counts alone, where they are asked for")
    func more() async throws {
        try await APIFixture.serving { api in
            let office = try await prepared(api)
            let weekly = "/v1/reports/weekly?week=\(Self.week)"
            let (plain, ranked) = (
                try await api.send(.get, weekly, token: office.analyst, headers: [.accept: "text/html"]),
                try await api.send(
                    .get, weekly + "&ranks=true", token: office.analyst, headers: [.accept: "text/html"])
            )
            #expect(ranked.status == .ok && ranked.text.contains("名次范围：") && !plain.text.contains("名次范围："))
            let wrong = try await api.send(.get, weekly + "&ranks=yes", token: office.analyst)
            #expect(wrong.status == .badRequest && wrong.text.contains("/query/ranks"))
            let funnel = try await api.send(
                .get, "/v1/reports/funnel?to=2018-12-30&counts_only=true", token: office.lead)
            #expect(funnel.status == .ok && funnel.text.contains(Self.here), "\(funnel.text)")
            #expect(!funnel.text.contains(#""coverage":{"#), "\(funnel.text)")
        }
    }

    // MARK: Steps

    /// Issued beside the database, as it was known before what follows.
    private func issue(in api: APIFixture) async throws {
        let week = try #require(Week(name: Self.week))
        let moment = try await LedgerClock(federation: api.federation).fixMoment(on: api.owner)
        let report = IssuedReport(
            week: week, edition: 1, reason: nil, moment: moment,
            definitionHash: FunnelDefinition(
                boundaries: "as_is", calendar: FunnelDefinition.calendar(startingOn: week.start.weekday)
            ).hash,
            signatures: .init(preparer: "张一", reviewer: "李二", signer: "王三"))
        try await FactRecorder(federation: api.federation).issue(
            report, [IssuedRendering(format: "text", language: "zh", bytes: Array("一".utf8))], on: api.owner)
    }

    /// The last line of what streams.
    private func answer(
        _ path: String, _ token: APIToken, in api: APIFixture
    ) async throws -> [String: any Sendable] {
        let answer = try await api.send(.get, path, token: token)
        #expect(answer.status == .ok, "\(answer.text)")
        #expect(answer.headers[.contentType] == "application/jsonl; charset=utf-8")
        let last = try #require(answer.text.split(separator: "\n").last)
        let line = try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: any Sendable]
        return try #require(line?["changes"] as? [String: any Sendable], "\(answer.text)")
    }
}
