import Foundation
import Testing

extension EndToEnd {
    /// The key file through the built command, on a machine of its own.
    @Suite struct KeyTests {
        private let office: Office

        init() throws { office = try Office.current() }

        @Test func aKeyIsExportedLostPutBackAndRotated() async throws {
            try await office.apart { office in
                let ledger = try await office.ledger()
                try await ledger.record(Documents.meeting)
                let person = [
                    "person", "show", "01685667-1400-7000-8000-0000000a0001", "--why", "核对", "--unmask",
                ]
                let out = office.folder.appendingPathComponent("key").path
                let exported = try await office.goutong("key", "export", "--out", out)
                #expect(exported.status == 0 && exported.said.contains("离线保存"), "\(exported)")
                let rights = try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions]
                #expect(rights as? Int == 0o600)
                #expect(
                    try await office.goutong("key", "export", "--out", out).status == 77,
                    "no file is replaced")

                // Lost: what was sealed does not open, and a new key is not taken for it.
                let key = office.home.appendingPathComponent("master.key")
                try FileManager.default.removeItem(at: key)
                let lost = try await office.goutong(person + ["--json"])
                #expect(lost.status == 77, "\(lost)")
                #expect(try lost.issues().map(\.code) == ["vault"])
                try? FileManager.default.removeItem(at: key)
                let back = try await office.goutong("key", "import", out)
                #expect(back.status == 0 && back.said.contains("已导入"), "\(back)")
                #expect(try await office.goutong(person).text.contains("15412345678"))

                let status = try await office.goutong("key", "status", "--json").object()
                #expect(status["persons_left"] as? Int == 0 && status["current"] as? Int == 0, "\(status)")
                let rotated = try await office.goutong("key", "rotate")
                #expect(rotated.status == 0 && rotated.said.contains("已换封"), "\(rotated)")
                let after = try await office.goutong("key", "status", "--json").object()
                #expect(
                    after["current"] as? Int == 1 && after["generations"] as? [Int] == [1, 0], "\(after)")
                #expect(after["persons_left"] as? Int == 0)
                #expect(try await office.goutong(person).text.contains("15412345678"))
                #expect(try await office.goutong("key", "rotate", "--resume").status == 0)
                #expect(try await office.goutong("key", "status").text.contains("1 0"))

                let foreign = try office.file(
                    Data(Data(repeating: 7, count: 32).base64EncodedString().utf8))
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: foreign)
                #expect(try await office.goutong("key", "import", foreign).status == 77)
                #expect(try await office.goutong(person).text.contains("15412345678"))
            }
        }

        @Test func settingsAreShownWithoutTheirSecrets() async throws {
            let secret = "hunter2 with spaces"
            for url in [
                "postgres://goutong_serve:\("hunter2")@db.example.org/goutong",
                "host=db.example.org user=goutong_serve password='\(secret)' sslpassword=hunter2",
                "postgresql://db.example.org/goutong?user=me&password=hunter2", "not a conninfo hunter2 =",
            ] {
                for form in [[], ["--json"]] {
                    let shown = try await office.goutong(
                        ["config"] + form, setting: ["GOUTONG_SERVICE_DATABASE_URL": url])
                    #expect(shown.status == 0, "\(shown)")
                    #expect(!shown.description.contains("hunter2"), "\(shown)")
                    #expect(shown.text.contains("***"), "\(shown)")
                }
            }
            let key = try await office.goutong(
                "config", setting: ["GOUTONG_KEY_FILE": office.home.appendingPathComponent("master.key").path]
            )
            #expect(key.text.contains("master.key"))
            let bytes = try String(
                contentsOf: office.home.appendingPathComponent("master.key"), encoding: .utf8)
            for line in bytes.split(separator: "\n") where line.count > 20 {
                #expect(!key.text.contains(line))
            }
        }
    }
}
