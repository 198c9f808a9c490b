import Foundation
import OutreachClient
import Testing

/// The built command as client of a service that comes and goes.
@Suite("without a network, and back", .serialized)
struct OfflineTests {
    @Test("five meetings logged offline, sent once, twice, and from two processes at once: five meetings")
    func fiveMeetings() async throws {
        try await Device.withNetwork { device, network, service, home in
            network.turn(.down)
            for number in 1...5 {
                let kept = try await device.log(DocumentFixture.text(number))
                #expect(kept.status == 69, "\(kept)")
                #expect(kept.said.contains("server.unreachable") && kept.said.contains("发件箱"))
                #expect(kept.text.isEmpty)
            }
            #expect(try await service.counts().meetings == 0)
            network.turn(.up)
            let listed = try await device.goutong("outbox", "list")
            #expect(listed.lines.count == 5 && listed.text.contains("南磨房"), "\(listed)")
            let bytes = try home.bytes()
            for secret in DocumentFixture.secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil) }
            let before = try Outbox(home: home.folder).entries().compactMap(\.item?.document)

            async let one = device.goutong("outbox", "send")
            async let other = device.goutong("outbox", "send")
            let (first, second) = try await (one, other)
            #expect(first.status == 0 && second.status == 0, "\(first)\n\(second)")
            #expect(Set(first.lines + second.lines).count == 5, "\(first)\n\(second)")
            #expect(try await service.counts() == (5, 5))
            #expect(try Outbox(home: home.folder).entries().isEmpty)

            // As if none had ever been answered: sent once more, and twice at once.
            let outbox = try Outbox(home: home.folder)
            for _ in 1...2 {
                for document in before { try outbox.put(document, for: try ServerAddress(network.url)) }
                async let one = device.goutong("outbox", "send")
                async let other = device.goutong("outbox", "send")
                let (first, second) = try await (one, other)
                #expect(first.status == 0 && second.status == 0, "\(first)\n\(second)")
            }
            #expect(try await service.counts() == (5, 5))
            #expect(Set(outbox.receipts()).count == 5, "a replay has the first receipt")
        }
    }

    @Test("the same words as without a server: receipt, replay, correction, conflict, void")
    func outcomes() async throws {
        try await Device.with { device, service, _ in
            let first = try await device.log(DocumentFixture.text(1))
            #expect(first.status == 0 && first.text.contains("\"recorded\""), "\(first)")
            #expect(try await device.log(DocumentFixture.text(1)).text.contains("\"replayed\""))
            let corrected = try await device.goutong(
                "meeting", "correct", DocumentFixture.id(1), "--from", "-", "--json",
                input: DocumentFixture.text(1, headcount: 90, replaces: 1))
            #expect(corrected.status == 0 && corrected.text.contains("\"corrected\""), "\(corrected)")
            // Nobody can say which revision stands, but the person.
            let unnamed = try await device.goutong(
                "meeting", "void", DocumentFixture.id(1), "--why", "重复", server: Device.nowhere)
            #expect(unnamed.status == 69 && unnamed.said.contains("--replaces"), "\(unnamed)")
            let void = try await device.goutong(
                "meeting", "void", DocumentFixture.id(1), "--why", "重复", "--replaces", "2", "--json")
            #expect(void.status == 0 && void.text.contains("\"revision\":3"), "\(void)")
            let again = try await device.goutong(
                "meeting", "void", DocumentFixture.id(1), "--why", "重复", "--json")
            #expect(again.status == 0 && again.text.contains("\"replayed\""), "\(again)")
            #expect(try await service.counts() == (1, 3))
            let missing = try await device.goutong(
                "meeting", "correct", DocumentFixture.id(4), "--from", "-", "--json",
                input: DocumentFixture.text(4, replaces: 1))
            #expect(missing.status == 66, "\(missing)")
        }
    }

    @Test(
        "a conflict is kept with both receipts, shown side by side, and decided by the person",
        arguments: ["ours", "theirs"])
    func conflict(keep: String) async throws {
        try await Device.with { device, service, _ in
            #expect(try await device.log(DocumentFixture.text(1)).status == 0)
            let other = try await device.log(DocumentFixture.text(1, headcount: 7))
            #expect(other.status == 79 && other.said.contains("\"sent_hash\""), "\(other)")
            let listed = try await device.goutong("outbox", "list", "--json")
            #expect(listed.text.contains("\"state\":\"conflict\""), "\(listed)")
            let shown = try await device.goutong("outbox", "show", DocumentFixture.id(1))
            #expect(shown.text.contains("我方") && shown.text.contains("对方"), "\(shown)")
            // Waiting for a person, it is not sent again by itself.
            #expect(try await device.goutong("outbox", "send").said.contains("没有要发送的"))
            let decided = try await device.goutong(
                "outbox", "resolve", DocumentFixture.id(1), "--keep", keep, "--json")
            #expect(decided.status == 0, "\(decided)")
            #expect(try await service.counts() == (1, keep == "ours" ? 2 : 1))
            #expect(try await device.goutong("outbox", "list").text.isEmpty)
        }
    }

    @Test("refused documents stay with the reason; export in clear only when asked; discarding needs a why")
    func refusals() async throws {
        try await Device.with(unit: "BJ-110101001") { device, service, home in
            let refused = try await device.log(DocumentFixture.text(1))
            #expect(refused.status == 77 && refused.said.contains("not-allowed"), "\(refused)")
            #expect(try await device.goutong("outbox", "list").text.contains("已拒收"))
            let id = DocumentFixture.id(1)
            let sealed = home.folder.appendingPathComponent("sealed").path
            let clear = home.folder.appendingPathComponent("clear").path
            #expect(try await device.goutong("outbox", "export", id, "--out", sealed).status == 0)
            #expect(try home.bytes().range(of: Data("李示例".utf8)) == nil)
            #expect(try await device.goutong("outbox", "export", id, "--out", clear, "--clear").status == 0)
            #expect(try String(contentsOfFile: clear, encoding: .utf8).contains("李示例"))
            #expect(
                try FileManager.default.attributesOfItem(atPath: clear)[.posixPermissions] as? Int == 0o600)
            #expect(try await device.goutong("outbox", "export", id, "--out", clear).status == 73)
            #expect(try await device.goutong("outbox", "discard", id).status == 64)
            #expect(try await device.goutong("outbox", "discard", id, "--why", "地区填错").status == 0)
            #expect(try await device.goutong("outbox", "list").text.isEmpty)
            #expect(try await device.goutong("outbox", "list", "--done").text.contains("地区填错"))
            #expect(try await service.counts().meetings == 0)
            // A document that does not read never reaches the outbox.
            #expect(try await device.log("{}").status == 65)
            #expect(try await device.goutong("outbox", "list").text.isEmpty)
        }
    }

    @Test(
        "a token that is not valid loses nothing; what a service does not do is refused, not done elsewhere")
    func tokensAndReading() async throws {
        try await Device.with { device, service, home in
            let good = try String(contentsOfFile: device.tokenFile, encoding: .utf8)
            _ = try home.tokenFile("gt1.test.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            let refused = try await device.log(DocumentFixture.text(1))
            #expect(refused.status == 77 && refused.said.contains("server.unauthenticated"), "\(refused)")
            _ = try home.tokenFile(good.trimmingCharacters(in: .newlines))
            #expect(try await device.goutong("outbox", "send").status == 0)
            #expect(try await service.counts() == (1, 1))
            let listed = try await device.goutong("meeting", "list", "--json")
            #expect(listed.status == 0 && listed.lines.count == 1, "\(listed)")
            for command in [
                ["person", "retention", "--dry-run", "--json"], ["import", "firms", "x"], ["demo", "load"],
                ["audit", "verify"],
            ] {
                let refused = try await device.goutong(command)
                #expect(refused.status == 64 && refused.said.contains("server.not_offered"), "\(refused)")
                #expect(refused.said.contains("unset GOUTONG_SERVER"))
            }
            #expect(!refused.description.contains("AAAAAAAA"))
        }
    }
}
