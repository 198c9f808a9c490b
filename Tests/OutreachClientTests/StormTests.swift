import Foundation
import Outreach
import OutreachClient
import PostgresClient
import Testing

/// The network is cut between the outbox and the service, at any byte of requests and answers.
@Suite("a network that breaks", .serialized)
struct StormTests {
    /// Enough that every part of a request and of an answer is cut somewhere.
    private static let meetings =
        ProcessInfo.processInfo.environment["GOUTONG_TEST_LONG"] == nil ? 60 : 600

    private static let corrections = 10
    private static let revisions = meetings + corrections

    @Test(
        "cut anywhere, with two processes sending: what is acknowledged is there once, and all arrive in the end",
        .timeLimit(.minutes(30)))
    func storm() async throws {
        try await Device.withNetwork { device, network, service, home in
            let outbox = try Outbox(home: home.folder)
            let server = try ServerAddress(network.url)
            for number in 1...Self.meetings {
                try outbox.put(try DocumentFixture.document(number), for: server)
            }
            // Corrections, which may not arrive before what they correct.
            for number in 1...Self.corrections {
                try outbox.put(
                    try DocumentFixture.document(number, headcount: 90, replaces: 1), for: server)
            }
            network.turn(.stormy)
            async let one = Self.sendUntilEmpty(device, outbox, network)
            async let other = Self.sendUntilEmpty(device, outbox, network)
            let runs = try await [one, other]
            let acknowledged = runs.flatMap(\.receipts)
            let toll = network.toll
            let stored = try await service.receipts()
            // Before the network is back: nothing was claimed that is not on record.
            #expect(Set(acknowledged).isSubset(of: stored))
            #expect(Set(outbox.receipts().map(\.description)).isSubset(of: stored))
            #expect(toll.cutSending > 0 && toll.cutAnswering > 0, "\(toll)")

            network.turn(.up)
            async let last = device.goutong("outbox", "send")
            async let beside = device.goutong("outbox", "send")
            let (first, second) = try await (last, beside)
            #expect(first.status == 0 && second.status == 0, "\(first)\n\(second)")
            #expect(try outbox.entries().isEmpty)
            #expect(try await service.counts() == (Self.meetings, Self.revisions))
            let delivered = Set(outbox.receipts().map(\.description))
            #expect(delivered.count == Self.revisions)
            #expect(try await service.receipts() == delivered)
            #expect(Set(acknowledged + first.lines + second.lines).isSubset(of: delivered))
            print(
                "network cut: \(Self.meetings) meetings, \(Self.corrections) corrections, \(toll); "
                    + "\(runs.map(\.commands).reduce(0, +)) commands, \(acknowledged.count) receipts printed, "
                    + "\(stored.count) on record when the network came back, \(Self.revisions) afterwards")
        }
    }

    private struct Sent: Sendable {
        var commands = 0
        var receipts: [String] = []
    }

    /// Sends again and again, as a person does, until nothing waits or the network has broken often enough.
    private static func sendUntilEmpty(
        _ device: Device, _ outbox: Outbox, _ network: Network
    ) async throws -> Sent {
        var sent = Sent()
        while try !outbox.entries().isEmpty, sent.commands < meetings {
            let run = try await device.goutong("outbox", "send")
            sent.commands += 1
            sent.receipts += run.lines
            #expect([0, 69].contains(run.status), "\(run)")
        }
        return sent
    }

    @Test("an answer that is lost is asked for again: the first receipt comes back", .timeLimit(.minutes(5)))
    func lostAnswer() async throws {
        try await Device.withNetwork { device, network, service, _ in
            network.turn(.down)
            let kept = try await device.log(DocumentFixture.text(1))
            #expect(kept.status == 69 && kept.said.contains("server.unreachable"), "\(kept)")
            #expect(try await service.counts() == (0, 0))
            network.turn(.up)
            let sent = try await device.goutong("outbox", "send")
            #expect(sent.status == 0 && sent.lines.count == 1, "\(sent)")
            #expect(Set(sent.lines) == (try await service.receipts()))
        }
    }
}
