import Foundation
import Outreach
import OutreachClient
import Testing

/// Which answers to a question are believed, on a real socket.
@Suite("only our own service answers a question", .timeLimit(.minutes(5)))
struct AskingTests {
    private static let mark = "Goutong-Answer: {mark}\r\n"

    private func ask(
        _ question: OutreachClient.Question, _ answer: @escaping @Sendable (Int) -> FakePeer.Answer
    ) async throws -> (Result<[UInt8], any Error>, requests: Int) {
        try await TemporaryHome.with { home in
            let peer = try FakePeer(answer)
            defer { peer.close() }
            let token = try AccessToken(file: try home.tokenFile())
            let result: Result<[UInt8], any Error>
            do {
                result = .success(
                    try await OutreachClient.with(
                        server: try ServerAddress(peer.url), token: token, patience: .short
                    ) { try await $0.ask(question) })
            } catch {
                result = .failure(error)
            }
            return (result, peer.requests)
        }
    }

    @Test("an answer that bears the request's mark, whatever a proxy has made of its id")
    func ours() async throws {
        let (listed, _) = try await ask(.init(.get, "meetings")) { _ in
            .bytes(FakePeer.http("200 OK", type: "application/json", "{}", headers: Self.mark))
        }
        #expect(try listed.get() == Array("{}".utf8))
        let (done, _) = try await ask(.init(.delete, "milestones", "1")) { _ in
            .bytes("HTTP/1.1 204 No Content\r\n\(Self.mark)Connection: close\r\n\r\n")
        }
        #expect(try done.get().isEmpty)
        let (rewritten, _) = try await ask(.init(.get, "meetings")) { _ in
            .bytes(
                FakePeer.http(
                    "200 OK", type: "application/json", "{}",
                    headers: Self.mark + "X-Request-Id: of-the-proxy\r\n"))
        }
        #expect(try rewritten.get() == Array("{}".utf8))
    }

    @Test(
        "no portal, cache or proxy",
        arguments: [
            FakePeer.http("200 OK", type: "application/json", "{\"items\":[]}"),
            FakePeer.http(
                "200 OK", type: "application/json", "{}", headers: "Goutong-Answer: of-somebody-else\r\n"),
            // What a proxy or a debugging page says back is no mark.
            FakePeer.http(
                "200 OK", type: "application/json", "{}", headers: "Goutong-Answer: {question}\r\n"),
            FakePeer.http("200 OK", type: "text/html", "<html>请登录</html>", headers: mark),
            "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n",
            FakePeer.http("403 Forbidden", type: "text/html", "<html>blocked</html>"),
            FakePeer.http("403 Forbidden", type: "text/html", "<html>blocked</html>", headers: mark),
            FakePeer.http("307 X", type: "text/html", "", headers: "Location: http://127.0.0.1:1/\r\n"),
        ])
    func strangers(answer: String) async throws {
        let (result, _) = try await ask(.init(.get, "meetings")) { _ in .bytes(answer) }
        guard case .failure(let obstacle as Obstacle) = result, case .notOurs = obstacle else {
            Issue.record("\(result)")
            return
        }
    }

    @Test("what may pass is asked again where asking twice does no harm")
    func retries() async throws {
        let busy = FakePeer.http(
            "503 X", type: "application/problem+json", DocumentFixture.problem(503, "unavailable"),
            headers: Self.mark)
        let (_, reading) = try await ask(.init(.get, "meetings")) { _ in .bytes(busy) }
        #expect(reading == OutreachClient.Patience.short.attempts)
        let (lost, changing) = try await ask(.init(.post, "accounts")) { _ in .cut("") }
        #expect(changing == 1)
        guard case .failure(Obstacle.unreachable) = lost else { Issue.record("\(lost)"); return }
        let (refused, once) = try await ask(.init(.get, "accounts")) { _ in
            .bytes(
                FakePeer.http(
                    "403 X", type: "application/problem+json", DocumentFixture.problem(403, "not-allowed"),
                    headers: Self.mark))
        }
        #expect(once == 1)
        guard case .failure(let problem as ServerProblem) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(problem.code == "not-allowed")
    }
}
