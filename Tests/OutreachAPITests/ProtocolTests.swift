import Foundation
import Hummingbird
import Outreach
import OutreachStore
import PostgresClient
import Testing

@Suite("HTTP itself: every refusal is a problem")
struct ProtocolTests {
    private func expectProblem(
        _ answer: APIFixture.Answer, _ status: Int, _ code: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(answer.status.code == status, "\(answer.text)", sourceLocation: sourceLocation)
        #expect(
            answer.headers[.contentType] == "application/problem+json", sourceLocation: sourceLocation)
        let type = try answer.json()["type"] as? String
        #expect(type == "https://goutong.example/problems/\(code)", sourceLocation: sourceLocation)
    }

    @Test("unknown addresses, methods, encodings, types and sizes")
    func refusals() async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            try expectProblem(await api.send(.get, "/v2/meetings", token: token), 404, "no-such-route")
            try expectProblem(await api.send(.get, "/", token: token), 404, "no-such-route")
            let method = try await api.send(.patch, "/v1/meetings", token: token)
            try expectProblem(method, 405, "method-not-allowed")
            #expect(method.headers[.allow] == "GET, HEAD, POST")
            let batch = try await api.send(.put, "/v1/meetings/batch", token: token)
            #expect(batch.headers[.allow] == "POST")
            let odd = try #require(HTTPRequest.Method(rawValue: "QUERY"))
            try expectProblem(await api.send(odd, "/v1/areas", token: token), 405, "method-not-allowed")
            try expectProblem(await api.send(.get, "/v1/firms/%ff", token: token), 400, "bad-encoding")
            try expectProblem(await api.send(.get, "/v1/firms/%zz", token: token), 400, "bad-encoding")
            try expectProblem(await api.send(.get, "/v1/firms/%00", token: token), 404, "no-such-route")
            func post(_ body: String, _ headers: HTTPFields = [:]) async throws -> APIFixture.Answer {
                try await api.send(.post, "/v1/meetings", token: token, headers: headers, body: body)
            }
            try expectProblem(await post("{}", [.contentType: "text/plain"]), 415, "unsupported-media-type")
            try expectProblem(
                await post("{}", [.contentType: "application/json; charset=gbk"]), 415,
                "unsupported-media-type")
            try expectProblem(await post("{", [.contentType: "application/json"]), 400, "invalid-json")
            try expectProblem(await post(""), 400, "invalid-json")
            try expectProblem(await post(String(repeating: " ", count: 1 << 21)), 413, "too-large")
            try expectProblem(await post("{}"), 422, "invalid-document")
            try expectProblem(await api.send(.get, "/v1/meetings"), 401, "unauthenticated")
            let head = try await api.send(.head, "/v1/nothing", token: token)
            #expect(head.status == .notFound && head.body.isEmpty)
        }
    }

    @Test("a pool with no connection to spare says when to come again")
    func busy() async throws {
        try await APIFixture.serving { api in
            let (_, token) = try await api.account("zhang", .cadre, unit: "BJ-110105021")
            await api.pool.shutdown()
            let answer = try await api.send(.get, "/v1/meetings", token: token)
            try expectProblem(answer, 503, "unavailable")
            #expect(answer.headers[.retryAfter] != nil)
        }
    }

    @Test("the description is served to everybody, and describes every route of this part")
    func description() async throws {
        try await APIFixture.serving { api in
            let answer = try await api.send(.get, "/openapi.json")
            #expect(answer.status == .ok)
            let paths = try #require(try answer.json()["paths"] as? [String: any Sendable])
            #expect(paths["/v1/meetings/{id}"] != nil)
        }
    }
}
