import Foundation
import Outreach
import OutreachClient
import Testing

/// Which answers count as success, on a real socket.
@Suite("only our own receipt is believed")
struct BeliefTests {
    private func verdict(
        _ document: OutgoingDocument, _ answer: @escaping @Sendable (Int) -> FakePeer.Answer,
        patience: OutreachClient.Patience = .short
    ) async throws -> (Verdict, requests: Int) {
        try await TemporaryHome.with { home in
            let peer = try FakePeer(answer)
            defer { peer.close() }
            let token = try AccessToken(file: try home.tokenFile())
            let verdict = try await OutreachClient.with(
                server: try ServerAddress(peer.url), token: token, patience: patience
            ) { try await $0.submit(document) }
            return (verdict, peer.requests)
        }
    }

    @Test("our receipt for this document is success")
    func ours() async throws {
        let document = try DocumentFixture.document(1)
        let receipt = DocumentFixture.receipt(of: document)
        let body = DocumentFixture.body(receipt)
        let (found, _) = try await verdict(document) { _ in
            .bytes(FakePeer.http("201 Created", type: "application/json; charset=utf-8", body))
        }
        #expect(found == .delivered(receipt, outcome: "recorded"))
    }

    enum Stranger: String, CaseIterable {
        case portal, portalJSON, receiptAsHTML, otherHash, otherRevision, otherDocument, truncated, empty
        case redirect, proxy, portalForbids, problemOfOthers
    }

    /// Receipts of other documents, other contents and other people's pages.
    @Test("nothing else is, whatever its status says", arguments: Stranger.allCases)
    func strangers(_ stranger: Stranger) async throws {
        let document = try DocumentFixture.document(1)
        let other = try DocumentFixture.document(2)
        let good = DocumentFixture.body(DocumentFixture.receipt(of: document))
        let elsewhere = try FakePeer { _ in
            .bytes(FakePeer.http("201 Created", type: "application/json", good))
        }
        defer { elsewhere.close() }
        let json = "application/json"
        let answer =
            switch stranger {
            case .portal: FakePeer.http("200 OK", type: "text/html", "<html>请登录 Wi-Fi</html>")
            case .portalJSON: FakePeer.http("200 OK", type: json, "{\"ok\":true}")
            case .receiptAsHTML: FakePeer.http("200 OK", type: "text/html", good)
            case .otherHash:
                FakePeer.http(
                    "201 Created", type: json,
                    DocumentFixture.body(DocumentFixture.receipt(of: document, hash: other.factsHash)))
            case .otherRevision:
                FakePeer.http(
                    "201 Created", type: json,
                    DocumentFixture.body(DocumentFixture.receipt(of: document, revision: 2)))
            case .otherDocument:
                FakePeer.http(
                    "201 Created", type: json, DocumentFixture.body(DocumentFixture.receipt(of: other)))
            case .truncated:
                FakePeer.http("201 Created", type: json, String(good.dropLast(9)), length: good.utf8.count)
            case .empty: FakePeer.http("200 OK", type: json, "")
            case .redirect:
                FakePeer.http(
                    "307 Temporary Redirect", type: "text/html", "",
                    headers: "Location: \(elsewhere.url)/v1/meetings\r\n")
            case .proxy: FakePeer.http("502 Bad Gateway", type: "text/html", "<html>nginx</html>")
            case .portalForbids: FakePeer.http("403 Forbidden", type: "text/html", "<html>blocked</html>")
            case .problemOfOthers:
                FakePeer.http(
                    "422 Unprocessable", type: "application/problem+json",
                    "{\"type\":\"about:blank\",\"title\":\"no\",\"status\":422}")
            }
        let (found, _) = try await verdict(document) { _ in .bytes(answer) }
        guard case .undelivered = found else { Issue.record("\(stranger): \(found)"); return }
        #expect(elsewhere.requests == 0, "a redirect was followed")
    }

    @Test("problems of ours are told apart")
    func problems() async throws {
        let document = try DocumentFixture.document(1)
        let current = DocumentFixture.receipt(of: try DocumentFixture.document(1, headcount: 9))
        func ask(_ status: Int, _ code: String, current: Receipt? = nil) async throws -> Verdict {
            let body = DocumentFixture.problem(status, code, current: current)
            return try await verdict(document) { _ in
                .bytes(FakePeer.http("\(status) X", type: "application/problem+json", body))
            }.0
        }
        #expect(try await ask(409, "conflict", current: current) == .conflict(current: current))
        #expect(try await ask(401, "unauthenticated") == .undelivered(.unauthenticated))
        #expect(try await ask(404, "http-404") == .undelivered(.noSuchRoute))
        for (status, code) in [(422, "invalid-document"), (403, "not-allowed"), (404, "not-found")] {
            guard case .refused(let problem) = try await ask(status, code) else {
                Issue.record("\(status) is not refused")
                continue
            }
            #expect(problem.status == status && problem.issues.map(\.pointer) == ["/x"])
        }
    }

    @Test("what may pass is tried again, what is refused is not")
    func retries() async throws {
        let document = try DocumentFixture.document(1)
        let good = DocumentFixture.body(DocumentFixture.receipt(of: document))
        let busy = FakePeer.http(
            "503 X", type: "application/problem+json", DocumentFixture.problem(503, "unavailable"))
        let (passed, requests) = try await verdict(document) { number in
            switch number {
            case 1: .cut("HTTP/1.1 201 Cre")
            case 2: .bytes(busy)
            default: .bytes(FakePeer.http("201 Created", type: "application/json", good))
            }
        }
        guard case .delivered = passed else { Issue.record("\(passed)"); return }
        #expect(requests == 3)
        let (_, once) = try await verdict(document) { _ in
            .bytes(
                FakePeer.http(
                    "422 X", type: "application/problem+json",
                    DocumentFixture.problem(422, "invalid-document")))
        }
        #expect(once == 1)
        // Asked to come back in an hour, it does not stay.
        let (_, patient) = try await verdict(document) { _ in
            .bytes(
                FakePeer.http(
                    "429 X", type: "application/problem+json", DocumentFixture.problem(429, "busy"),
                    headers: "Retry-After: 3600\r\n"))
        }
        #expect(patient == 1)
    }

    /// Neither would ever come to an end: only the client's giving up ends either.
    @Test("a silent server and one that drips are given up", .timeLimit(.minutes(10)))
    func slow() async throws {
        let document = try DocumentFixture.document(1)
        var patience = OutreachClient.Patience.short
        patience.attempts = 1
        patience.attempt = .milliseconds(400)
        let good = FakePeer.http(
            "201 Created", type: "application/json",
            DocumentFixture.body(DocumentFixture.receipt(of: document)), length: 1 << 19)
        for answer in [FakePeer.Answer.silence, .drip(good)] {
            let (found, _) = try await verdict(document, { _ in answer }, patience: patience)
            #expect(found == .undelivered(.tookTooLong))
        }
    }

    @Test("plain http is for this machine only; a token file is its owner's only")
    func addressesAndTokens() async throws {
        #expect(throws: ServerAddress.Problem.insecure) { try ServerAddress("http://example.org") }
        for text in ["ftp://localhost", "https://a:b@example.org", "example.org", "https://example.org/?a=1"]
        {
            #expect(throws: ServerAddress.Problem.form) { try ServerAddress(text) }
        }
        try await TemporaryHome.with { home in
            let file = try home.tokenFile()
            let token = try AccessToken(file: file)
            #expect(!"\(token)".contains("gt1") && !String(reflecting: token).contains("gt1"))
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
            #expect(throws: AccessToken.Problem.readableByOthers) { try AccessToken(file: file) }
        }
    }
}

extension OutreachClient.Patience {
    /// For peers on this machine.
    static var short: Self {
        var patience = Self()
        patience.pause = .milliseconds(5)
        patience.attempt = .seconds(10)
        return patience
    }
}
