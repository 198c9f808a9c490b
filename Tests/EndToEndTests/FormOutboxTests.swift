import Foundation
import Testing

extension EndToEnd {
    /// The form where the service is out of reach: its meeting goes from the draft into the outbox.
    @Suite struct FormOutboxTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test("断网时填表：街道照样可查，填完进发件箱，不留草稿")
        func theFormWorksOffline() async throws {
            let home = office.folder.appendingPathComponent("device-\(UUID().uuidString.prefix(8))")
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
            let token = home.appendingPathComponent("token")
            try Data("gt1.test.AAAAAAAAAAAAAAAA\n".utf8).write(to: token)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: token.path)
            let setting = ["GOUTONG_HOME": home.path, "GOUTONG_SERVER": "http://127.0.0.1:1"]
            let (status, screen) = try await office.onTerminal(["meeting", "log"], setting: setting) {
                terminal in
                try terminal.type(FormScript.worker.answers + FormScript.worker.review)
                return (try terminal.end(), terminal.shown)
            }
            #expect(status == 69, "\(screen.suffix(1500))")
            #expect(screen.contains("发件箱") && !screen.contains("goutong1."))
            let waiting = try await office.goutong("outbox", "list", "--json", setting: setting).objects()
            #expect(waiting.map { $0["state"] as? String } == ["ready"])
            #expect(waiting.map { $0["place"] as? String } == ["朝阳区望京街道"])
            let drafts = home.appendingPathComponent("drafts").path
            #expect(try FileManager.default.contentsOfDirectory(atPath: drafts).isEmpty)
            for name in try FileManager.default.subpathsOfDirectory(atPath: home.path) {
                let bytes =
                    FileManager.default.contents(atPath: home.appendingPathComponent(name).path) ?? Data()
                for secret in FormScript.secrets { #expect(bytes.range(of: Data(secret.utf8)) == nil) }
            }
            // No database was made on the way.
            #expect(!FileManager.default.fileExists(atPath: home.appendingPathComponent("cluster").path))
        }
    }
}
