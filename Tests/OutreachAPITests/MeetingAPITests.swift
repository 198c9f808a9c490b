import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing

@Suite("meetings over HTTP")
struct MeetingAPITests {
    static func enterpriseMeeting(
        area: String = "110105021", id: String = "01890000-0000-7000-8000-000000000001"
    )
        -> String
    {
        """
        {"schema":"goutong.meeting/1","id":"\(id)","kind":"enterprise","held_on":"2018-09-12",
         "area":"\(area)","venue":{"kind":"park"},
         "firms":[{"name":"测试甲公司","union_status":"unorganised","intent":{"form":"verbal","on":"2018-09-12"}}]}
        """
    }

    static func correction(id: String, replaces: Int, venue: String = "building") -> String {
        """
        {"schema":"goutong.meeting/1","id":"\(id)","replaces":\(replaces),"kind":"enterprise",
         "held_on":"2018-09-12","area":"110105021","venue":{"kind":"\(venue)"}}
        """
    }

    /// With an applicant and a firm's contact.
    static let workerMeeting = """
        {"schema":"goutong.meeting/1","id":"01890000-0000-7000-8000-000000000001","kind":"worker",
         "held_on":"2018-09-12","area":"110105021","venue":{"kind":"station"},
         "firms":[{"name":"测试乙公司","union_status":"unorganised",
                   "contact":{"name":"测试联系人","phone":"13900139000"}}],
         "applicants":[{"id":"01890000-0000-7000-8000-0000000000a1","name":"赵甲","mobile":"13800138000",
                        "employer":{"name":"测试丙公司"},
                        "consent":{"notice":"2018-1","on":"2018-09-12","method":"signed"}}]}
        """

    @Test("a cadre records in its own township; the same again is the first receipt")
    func recordsAndReplays() async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            let first = try await api.send(
                .post, "/v1/meetings", token: token, body: Self.enterpriseMeeting())
            #expect(first.status == .created, "\(first.text)")
            let again = try await api.send(
                .post, "/v1/meetings", token: token, body: Self.enterpriseMeeting())
            #expect(again.status == .ok)
            #expect(again.text.contains("replayed"))
        }
    }

    @Test(
        "a token that ends is refused at once, also one that recorded a moment ago",
        arguments: [
            "UPDATE goutong.api_token SET revoked_at = clock_timestamp()",
            "UPDATE goutong.api_token SET created_at = '2018-01-01', expires_at = '2018-01-02'",
            "UPDATE goutong.account SET disabled_at = clock_timestamp()",
        ])
    func endsAtOnce(_ ending: String) async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            func post(_ body: String) async throws -> HTTPResponse.Status {
                try await api.send(.post, "/v1/meetings", token: token, body: body).status
            }
            // Known from here on.
            #expect(try await post(Self.enterpriseMeeting()) == .created)
            #expect(try await post(Self.enterpriseMeeting()) == .ok)
            try await api.owner.script(ending)
            let other = Self.enterpriseMeeting(id: "01890000-0000-7000-8000-000000000002")
            for body in [other, Self.enterpriseMeeting(), "{", other] {
                #expect(try await post(body) == .unauthorized)
            }
            let held = try await api.owner.query("SELECT count(*) FROM goutong.meeting_revision").only()
            #expect(try held.decode(Int.self) == 1)
        }
    }

    @Test("nobody, a stranger's token and another township are refused")
    func refuses() async throws {
        try await APIFixture.serving { api in
            let document = Self.enterpriseMeeting()
            #expect(try await api.send(.post, "/v1/meetings", body: document).status == .unauthorized)
            let stranger = APIToken.minted(for: "test")
            #expect(
                try await api.send(.post, "/v1/meetings", token: stranger, body: document).status
                    == .unauthorized)
            let (_, token) = try await api.account("li", .cadre, unit: "BJ-110101001")
            let answer = try await api.send(.post, "/v1/meetings", token: token, body: document)
            #expect(answer.status == .forbidden, "\(answer.text)")
        }
    }
}
