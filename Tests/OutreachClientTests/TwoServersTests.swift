import Foundation
import Outreach
import OutreachClient
import Testing
import Vault

/// A document goes to the service that it was logged for, and to no other.
@Suite("an outbox with two services", .serialized)
struct TwoServersTests {
    @Test("each service gets its own; the list says which; only a person's word sends one elsewhere")
    func ownServerOnly() async throws {
        try await Device.withNetwork { device, network, service, home in
            try await ServiceFixture.with { second in
                let away = try Network(to: try second.port)
                defer { away.close() }
                let token = home.folder.appendingPathComponent("token-2")
                _ = FileManager.default.createFile(
                    atPath: token.path, contents: Data(try await second.token().utf8),
                    attributes: [.posixPermissions: 0o600])
                let other = Device(home: device.home, server: away.url, tokenFile: token.path)
                for network in [network, away] { network.turn(.down) }
                #expect(try await device.log(DocumentFixture.text(1)).status == 69)
                #expect(try await other.log(DocumentFixture.text(2)).status == 69)
                for network in [network, away] { network.turn(.up) }
                let listed = try await device.goutong("outbox", "list")
                #expect(listed.lines.first?.contains(network.url) == true, "\(listed)")
                #expect(listed.lines.last?.contains(away.url) == true, "\(listed)")

                let sent = try await other.goutong("outbox", "send")
                #expect(sent.status == 0 && sent.lines.count == 1, "\(sent)")
                #expect(sent.said.contains("1 份给 \(network.url)"), "\(sent)")
                #expect(try await service.counts() == (0, 0))
                #expect(try await second.counts() == (1, 1))

                let named = try await other.goutong("outbox", "send", DocumentFixture.id(1), "--json")
                #expect(named.status == 64 && named.said.contains("outbox.other_server"), "\(named)")
                let again = try await other.log(DocumentFixture.text(1))
                #expect(again.status == 64 && again.said.contains("outbox.other_server"), "\(again)")
                #expect(try await second.counts() == (1, 1))

                let adopted = try await other.goutong("outbox", "send", DocumentFixture.id(1), "--adopt")
                #expect(adopted.status == 0, "\(adopted)")
                #expect(try await second.counts() == (2, 2))
                #expect(try await service.counts() == (0, 0))
            }
        }
    }

    @Test("what an earlier version kept names no service: it waits until a person says so")
    func oldItems() async throws {
        try await Device.withNetwork { device, network, service, home in
            network.turn(.down)
            for number in 1...2 { _ = try await device.log(DocumentFixture.text(number)) }
            network.turn(.up)
            try Self.forgetServer(of: try DocumentFixture.document(1).name, in: home)
            #expect(try await device.goutong("outbox", "list").text.contains("（未写明服务）"))

            let sent = try await device.goutong("outbox", "send", "--json")
            #expect(sent.status == 64 && sent.said.contains("outbox.no_server"), "\(sent)")
            #expect(sent.lines.count == 1, "the one that names this service is sent")
            #expect(try await service.counts() == (1, 1))
            let adopted = try await device.goutong("outbox", "send", "--adopt")
            #expect(adopted.status == 0 && adopted.lines.count == 1, "\(adopted)")
            #expect(try await service.counts() == (2, 2))
        }
    }

    /// As it lay on the disk before items named a service.
    private static func forgetServer(of name: String, in home: TemporaryHome) throws {
        let outbox = try Outbox(home: home.folder)
        let file = home.outbox.appendingPathComponent("\(name).sealed")
        let clear = try outbox.vault.open(Array(try Data(contentsOf: file)), context: "outbox/\(name)")
        var item = try #require(JSONSerialization.jsonObject(with: Data(clear)) as? [String: Any])
        #expect(item.removeValue(forKey: "server") != nil)
        let old = Array(try JSONSerialization.data(withJSONObject: item))
        try Data(try outbox.vault.seal(old, context: "outbox/\(name)")).write(to: file)
    }

    @Test(
        "one address, however it is written",
        arguments: [
            ("https://Goutong.Example.ORG", "https://goutong.example.org:443"),
            ("HTTPS://goutong.example.org:443/", "https://goutong.example.org:443"),
            ("https://goutong.example.org:8443", "https://goutong.example.org:8443"),
            ("https://example.org/a/", "https://example.org:443/a"),
            ("http://LOCALHOST", "http://localhost:80"), ("http://[::1]:8080", "http://[::1]:8080"),
        ])
    func identity(written: String, identity: String) throws {
        #expect(try ServerAddress(written).identity == identity)
    }
}
