import Foundation
import Outreach
import OutreachClient
import Testing

@Suite("the outbox on the disk")
struct OutboxTests {
    private let here: ServerAddress

    init() throws { here = try ServerAddress("https://goutong.example.org") }

    @Test("sealed, the owner's only, the same again is the same")
    func keeps() async throws {
        try await TemporaryHome.with { home in
            let outbox = try Outbox(home: home.folder)
            let document = try DocumentFixture.document(1)
            try outbox.put(document, for: here)
            try outbox.put(document, for: here)
            #expect(try outbox.entries().map(\.name) == [document.name])
            #expect(try outbox.entries().first?.item?.document == document)
            let bytes = try home.bytes()
            #expect(bytes.count > 300)
            for secret in DocumentFixture.secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil) }
            let attributes = try FileManager.default.attributesOfItem(atPath: home.outbox.path)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
            for name in try FileManager.default.contentsOfDirectory(atPath: home.outbox.path) {
                let path = home.outbox.appendingPathComponent(name).path
                #expect(
                    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600
                )
            }
            #expect(throws: OutboxError.otherContentWaits(name: document.name)) {
                try outbox.put(try DocumentFixture.document(1, headcount: 99), for: here)
            }
        }
    }

    @Test("a file moved under another name, or altered, does not open and is not lost from sight")
    func alteredIsListed() async throws {
        try await TemporaryHome.with { home in
            let outbox = try Outbox(home: home.folder)
            let (one, two) = (try DocumentFixture.document(1), try DocumentFixture.document(2))
            try outbox.put(one, for: here)
            let file = home.outbox.appendingPathComponent("\(one.name).sealed")
            try FileManager.default.moveItem(
                at: file, to: home.outbox.appendingPathComponent("\(two.name).sealed"))
            let entries = try outbox.entries()
            #expect(entries.map(\.name) == [two.name])
            #expect(entries.first?.item == nil)
            #expect(throws: OutboxError.unreadable) { try outbox.put(two, for: here) }
        }
    }

    @Test("revisions of a meeting go in their order, a torn line of the log hides no receipt")
    func ordersAndLogs() async throws {
        try await TemporaryHome.with { home in
            let outbox = try Outbox(home: home.folder)
            let (first, second) = (
                try DocumentFixture.document(1), try DocumentFixture.document(1, headcount: 5, replaces: 1)
            )
            try outbox.put(second, for: here)
            try outbox.put(first, for: here)
            #expect(try outbox.entries().map(\.name) == [first.name, second.name])
            try Data("delivered goutong1.0189".utf8).write(to: home.outbox.appendingPathComponent("receipts"))
            try outbox.discard(second.name, why: "张三说不要")
            #expect(outbox.discarded().map(\.why) == ["张三说不要"])
            #expect(try home.bytes().range(of: Data("张三".utf8)) == nil)
        }
    }

    @Test("conflicts and refusals are kept with what was said; a receipt clears the file")
    func states() async throws {
        try await TemporaryHome.with { home in
            let outbox = try Outbox(home: home.folder)
            let token = try AccessToken(file: try home.tokenFile())
            let document = try DocumentFixture.document(1)
            let current = DocumentFixture.receipt(of: try DocumentFixture.document(1, headcount: 9))
            let receipt = DocumentFixture.receipt(of: document)
            let answers = [
                FakePeer.http(
                    "409 X", type: "application/problem+json",
                    DocumentFixture.problem(409, "conflict", current: current)),
                FakePeer.http(
                    "422 X", type: "application/problem+json",
                    DocumentFixture.problem(422, "invalid-document")),
                FakePeer.http("200 OK", type: "text/html", "portal"),
                FakePeer.http("201 Created", type: "application/json", DocumentFixture.body(receipt)),
            ]
            let peer = try FakePeer { .bytes(answers[$0 - 1]) }
            defer { peer.close() }
            try outbox.put(document, for: try ServerAddress(peer.url))
            try await OutreachClient.with(server: try ServerAddress(peer.url), token: token, patience: .short)
            { client in
                for expected in [OutboxItem.State.conflict, .refused, .ready] {
                    _ = try await outbox.deliver(document, through: client)
                    let item = try #require(outbox.item(named: document.name))
                    #expect(item.state == expected)
                    if expected == .conflict { #expect(item.current == current) }
                    if expected == .refused { #expect(item.refusal?.issues.map(\.code) == ["a.b"]) }
                    if expected == .ready { #expect(item.lastProblem == "server.not_ours") }
                }
                #expect(
                    try await outbox.deliver(document, through: client)
                        == .delivered(receipt, outcome: "recorded"))
                #expect(try outbox.entries().isEmpty)
                #expect(outbox.receipts() == [receipt])
                // Gone, but known: no second request is made.
                #expect(
                    try await outbox.deliver(document, through: client)
                        == .delivered(receipt, outcome: "replayed"))
                #expect(peer.requests == 4)
            }
        }
    }
}
