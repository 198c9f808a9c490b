import Foundation
import Hummingbird
import Outreach
import OutreachStore
import Testing

@Suite("firms, milestones and places over HTTP")
struct FirmAPITests {
    private static let missing = "01890000-0000-7000-8000-0000000000ff"
    private static let meeting = "01890000-0000-7000-8000-000000000001"

    /// A firm met in 110105021, that area's cadre, and one of another district.
    private func prepared(_ api: APIFixture) async throws -> (firm: String, own: APIToken, other: APIToken) {
        let (_, own) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
        let (_, other) = try await api.account("li", .cadre, unit: "BJ-110101001")
        let recorded = try await api.send(
            .post, "/v1/meetings", token: own, body: MeetingAPITests.enterpriseMeeting())
        #expect(recorded.status == .created, "\(recorded.text)")
        let found = try await api.send(.get, "/v1/firms?q=%E6%B5%8B%E8%AF%95%E7%94%B2", token: own)
        let items = try found.json()["items"] as? [[String: any Sendable]]
        return (try #require(items?.first?["id"] as? String), own, other)
    }

    private func milestone(
        _ number: Int, firm: String, kind: String = "application", more: String = ""
    ) -> String {
        """
        {"id":"01890000-0000-7000-8000-00000000020\(number)","firm":"\(firm)","kind":"\(kind)",
         "on":"2018-10-08"\(more)}
        """
    }

    @Test("a firm is found everywhere, what was dealt with it in its areas alone")
    func finds() async throws {
        try await APIFixture.serving { api in
            let (firm, own, other) = try await prepared(api)
            let mine = try await api.send(.get, "/v1/firms/\(firm)", token: own)
            #expect(mine.text.contains("unorganised") && mine.text.contains("2018-09-12"))
            let theirs = try await api.send(.get, "/v1/firms/\(firm)", token: other)
            #expect(theirs.status == .ok && theirs.text.contains(#""last_met":null"#))
            let history = try await api.send(.get, "/v1/firms/\(firm)/history", token: own)
            #expect(history.text.contains(Self.meeting) && history.text.contains(#""kind":"intent""#))
            let nothing = try await api.send(.get, "/v1/firms/\(firm)/history", token: other)
            #expect(nothing.text.contains(#""items":[]"#))
            for path in ["", "/history", "/milestones"] {
                let unknown = try await api.send(.get, "/v1/firms/\(Self.missing)\(path)", token: own)
                let unreadable = try await api.send(.get, "/v1/firms/xyz\(path)", token: own)
                #expect(unknown.status == .notFound && unreadable.status == .notFound)
            }
            #expect(try await api.send(.get, "/v1/firms", token: own).status == .badRequest)
            let (_, auditor) = try await api.account("wu", .auditor)
            #expect(try await api.send(.get, "/v1/firms/\(firm)", token: auditor).status == .forbidden)
            #expect(
                try await api.send(.get, "/v1/firms/\(Self.missing)", token: auditor).status == .forbidden)
        }
    }

    @Test("a milestone is recorded once, listed, flagged, taken back; not in another's area")
    func milestones() async throws {
        try await APIFixture.serving { api in
            let (firm, own, other) = try await prepared(api)
            func add(_ token: APIToken, _ body: String) async throws -> APIFixture.Answer {
                try await api.send(.post, "/v1/milestones", token: token, body: body)
            }
            let body = milestone(1, firm: firm)
            #expect(try await add(own, body).status == .created)
            #expect(try await add(own, body).status == .ok)
            #expect(try await add(own, milestone(1, firm: firm, kind: "visited")).status == .conflict)
            #expect(try await add(other, milestone(2, firm: firm)).status == .forbidden)
            let unknown = try await add(own, milestone(3, firm: Self.missing))
            #expect(unknown.status == .unprocessableContent && unknown.text.contains("/firm"))
            #expect(try await add(own, milestone(4, firm: firm, kind: "established")).status == .created)
            let list = try await api.send(
                .get, "/v1/firms/\(firm)/milestones", token: own, headers: [.acceptLanguage: "en"])
            #expect(list.text.contains("warning.established_without_election"))
            #expect(list.text.contains("no election"))
            let path = "/v1/milestones/01890000-0000-7000-8000-000000000201"
            #expect(try await api.send(.delete, path, token: other).status == .notFound)
            #expect(try await api.send(.delete, path, token: own).status == .noContent)
            #expect(try await api.send(.delete, path, token: own).status == .notFound)
        }
    }

    @Test("a milestone of a meeting out of scope is refused as of one that does not exist")
    func meetingOutOfScope() async throws {
        try await APIFixture.serving { api in
            let (_, _, other) = try await prepared(api)
            let own = MeetingAPITests.enterpriseMeeting(
                area: "110101001", id: "01890000-0000-7000-8000-000000000009"
            ).replacing("甲", with: "丁")
            #expect(try await api.send(.post, "/v1/meetings", token: other, body: own).status == .created)
            let found = try await api.send(.get, "/v1/firms?q=%E6%B5%8B%E8%AF%95%E4%B8%81", token: other)
            let items = try found.json()["items"] as? [[String: any Sendable]]
            let firm = try #require(items?.first?["id"] as? String)
            var answers: [String] = []
            for meeting in [Self.meeting, Self.missing] {
                let answer = try await api.send(
                    .post, "/v1/milestones", token: other,
                    body: milestone(5, firm: firm, more: #","meeting":"\#(meeting)""#))
                answers.append(answer.essence)
            }
            #expect(answers[0] == answers[1] && answers[0].hasPrefix("422"))
        }
    }

    @Test("the map is dated; the tree begins at the account's unit")
    func places() async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .districtLead, unit: "BJ-110105")
            let areas = try await api.send(.get, "/v1/areas?on=2018-09-12&district=110105", token: token)
            #expect(areas.text.contains("110105021") && !areas.text.contains("110101001"))
            let units = try await api.send(.get, "/v1/org-units", token: token)
            #expect(units.text.contains("BJ-110105021") && !units.text.contains("BJ-110101"))
            #expect(try await api.send(.get, "/v1/areas").status == .unauthorized)
        }
    }
}
