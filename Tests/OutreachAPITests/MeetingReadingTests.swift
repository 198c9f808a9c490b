import Foundation
import Hummingbird
import Outreach
import OutreachStore
import Testing

@Suite("meetings read, corrected and voided over HTTP")
struct MeetingReadingTests {
    private static let here = "01890000-0000-7000-8000-000000000001"
    private static let elsewhere = "01890000-0000-7000-8000-000000000002"
    private static let nowhere = "01890000-0000-7000-8000-0000000000ff"

    /// A meeting of 110105021 and one of 110101001, with the tokens of their cadres.
    private func prepared(_ api: APIFixture) async throws -> (here: APIToken, elsewhere: APIToken) {
        let (_, here) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
        let (_, there) = try await api.account("li", .cadre, unit: "BJ-110101001")
        for (token, area, id) in [(here, "110105021", Self.here), (there, "110101001", Self.elsewhere)] {
            let answer = try await api.send(
                .post, "/v1/meetings", token: token,
                body: MeetingAPITests.enterpriseMeeting(area: area, id: id))
            #expect(answer.status == .created, "\(answer.text)")
        }
        return (here, there)
    }

    @Test("what is out of scope and what does not exist are answered alike, by every method")
    func outOfScopeIsMissing() async throws {
        try await APIFixture.serving { api in
            let (token, _) = try await prepared(api)
            func answer(_ method: HTTPRequest.Method, _ id: String) async throws -> [String] {
                let body =
                    switch method {
                    case .put: MeetingAPITests.correction(id: id, replaces: 1)
                    case .delete: #"{"why":"重复登记"}"#
                    default: ""
                    }
                let answer = try await api.send(
                    method, "/v1/meetings/\(id)", token: token, headers: [.ifMatch: "\"1\""], body: body)
                let text = answer.text.replacing(/urn:goutong:request:[^"]*/, with: "")
                return ["\(answer.status.code)", text, answer.headers[.contentType] ?? ""]
            }
            for method in [HTTPRequest.Method.get, .put, .delete] {
                let foreign = try await answer(method, Self.elsewhere)
                #expect(foreign == (try await answer(method, Self.nowhere)), "\(method)")
                #expect(foreign[0] == "404")
            }
            #expect(try await answer(.get, "no-id") == (try await answer(.get, Self.nowhere)))
            let list = try await api.send(.get, "/v1/meetings", token: token)
            #expect(list.text.contains(Self.here) && !list.text.contains(Self.elsewhere))
        }
    }

    @Test("a meeting is shown without persons and contacts, with its tag; 304 where it is known")
    func shows() async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("wang", .cadre, unit: "BJ-110105021")
            let recorded = try await api.send(
                .post, "/v1/meetings", token: token, body: MeetingAPITests.workerMeeting)
            #expect(recorded.status == .created, "\(recorded.text)")
            let (_, desk) = try await api.account("desk", .enterpriseDesk, unit: "BJ-110105021")
            for token in [token, desk] {
                let shown = try await api.send(.get, "/v1/meetings/\(Self.here)", token: token)
                #expect(shown.status == .ok && shown.headers[.eTag] == "\"1\"")
                for secret in ["赵甲", "13800138000", "测试联系人", "13900139000", "测试丙公司"] {
                    #expect(!shown.text.contains(secret))
                }
                // What a correction gives back leaves the applicant as he is.
                #expect(shown.text.contains(#""applicants":[{"id":""#), "\(shown.text)")
            }
            let known = try await api.send(
                .get, "/v1/meetings/\(Self.here)", token: token, headers: [.ifNoneMatch: "W/\"1\""])
            #expect(known.status == .notModified && known.body.isEmpty)
            let head = try await api.send(.head, "/v1/meetings/\(Self.here)", token: token)
            #expect(head.status == .ok && head.body.isEmpty && head.headers[.eTag] == "\"1\"")
        }
    }

    @Test(
        "a correction names the revision it saw: 428 without, 412 when it is not current, 200 when replayed")
    func corrects() async throws {
        try await APIFixture.serving { api in
            let (token, _) = try await prepared(api)
            let path = "/v1/meetings/\(Self.here)"
            let correction = MeetingAPITests.correction(id: Self.here, replaces: 1)
            func put(_ tag: String?, _ body: String) async throws -> APIFixture.Answer {
                try await api.send(
                    .put, path, token: token, headers: tag.map { [.ifMatch: $0] } ?? [:], body: body)
            }
            #expect(try await put(nil, correction).status == .preconditionRequired)
            let disagrees = try await put("\"2\"", correction)
            #expect(disagrees.status == .unprocessableContent && disagrees.text.contains("/replaces"))
            #expect(try await put("W/\"1\"", correction).status == .unprocessableContent)
            let first = try await put("\"1\"", correction)
            #expect(first.status == .created && first.headers[.eTag] == "\"2\"", "\(first.text)")
            #expect(try await put("\"1\"", correction).status == .ok)
            let late = try await put(
                "\"1\"", MeetingAPITests.correction(id: Self.here, replaces: 1, venue: "market"))
            #expect(late.status == .preconditionFailed && late.text.contains("goutong1."))
            let early = try await put(
                "\"7\"", MeetingAPITests.correction(id: Self.here, replaces: 7, venue: "market"))
            #expect(early.status == .preconditionFailed)
        }
    }

    @Test("a void has a reason; the same again is a replay, another is not")
    func voids() async throws {
        try await APIFixture.serving { api in
            let (token, _) = try await prepared(api)
            let path = "/v1/meetings/\(Self.here)"
            #expect(
                try await api.send(.delete, path, token: token, body: "{}").status == .unprocessableContent)
            let why = #"{"why":"重复登记"}"#
            let stale = try await api.send(
                .delete, path, token: token, headers: [.ifMatch: "\"3\""], body: why)
            #expect(stale.status == .preconditionFailed)
            #expect(try await api.send(.delete, path, token: token, body: why).status == .created)
            #expect(try await api.send(.delete, path, token: token, body: why).status == .ok)
            let other = try await api.send(.delete, path, token: token, body: #"{"why":"别的"}"#)
            #expect(other.status == .preconditionFailed)
            let shown = try await api.send(.get, path, token: token)
            #expect(shown.text.contains(#""void":true"#) && shown.text.contains(#""document":null"#))
        }
    }

    @Test("an analyst reads no meeting, an auditor corrects none")
    func rights() async throws {
        try await APIFixture.serving { api in
            _ = try await prepared(api)
            let (_, analyst) = try await api.account("chen", .analyst)
            #expect(try await api.send(.get, "/v1/meetings", token: analyst).status == .forbidden)
            #expect(
                try await api.send(.get, "/v1/meetings/\(Self.here)", token: analyst).status == .forbidden)
            let (_, auditor) = try await api.account("wu", .auditor)
            let answer = try await api.send(
                .delete, "/v1/meetings/\(Self.here)", token: auditor, body: #"{"why":"x"}"#)
            #expect(answer.status == .forbidden)
        }
    }
}
