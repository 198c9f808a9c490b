import Foundation
import Testing

extension EndToEnd {
    /// Issue 3, acceptance 8: the built command and a real `goutong serve`.
    @Suite struct OfflineServeTests {
        private let office: Office

        init() throws { office = try Office.current() }

        private static func document(_ number: Int) throws -> String {
            try Documents.meeting(with: "00000000f00\(number)", for: "00000000e001")
                .replacing("0000000a000", with: "0000000a\(number)00")
        }

        @Test func fiveMeetingsLoggedOfflineAndSentOnceTwiceAndByTwoAtOnce() async throws {
            let ledger = try await office.ledger()
            let token = try await ledger.token("wang", "cadre", unit: "BJ-110105021")
            // Where the service is to be, nobody listens yet: the port is free again when it starts.
            let port = try FreePort.find()
            let url = "http://127.0.0.1:\(port)"
            let offline = try Served(office: office, url: url).device(token)
            for number in 1...5 {
                let kept = try await office.goutong(
                    "meeting", "log", "--from", "-", "--json",
                    input: .text(try Self.document(number)), setting: offline)
                #expect(kept.status == 69 && kept.output.isEmpty, "\(kept)")
                #expect(try kept.issues().map(\.code) == ["server.unreachable"])
            }
            let waiting = try await office.goutong("outbox", "list", setting: offline)
            #expect(waiting.lines.count == 5 && waiting.text.contains(url), "\(waiting)")
            #expect(try await ledger.meetings().isEmpty)
            let kept = try Self.sealed(offline)
            #expect(kept.count == 5)

            try await office.serving(port: port) { _ in
                let once = try await office.goutong("outbox", "send", setting: offline)
                #expect(once.status == 0 && Set(once.lines).count == 5, "\(once)")
                let receipts = Set(once.lines)
                #expect(try await ledger.meetings().count == 5)
                let empty = try await office.goutong("outbox", "send", setting: offline)
                #expect(empty.status == 0 && empty.said.contains("没有要发送的"), "\(empty)")

                // As if no answer had ever come: the same files again, then by two processes at once.
                try Self.putBack(kept)
                let twice = try await office.goutong("outbox", "send", setting: offline)
                #expect(twice.status == 0 && Set(twice.lines) == receipts, "\(twice)")
                try Self.putBack(kept)
                async let one = office.goutong("outbox", "send", setting: offline)
                async let other = office.goutong("outbox", "send", setting: offline)
                let (first, second) = try await (one, other)
                #expect(first.status == 0 && second.status == 0, "\(first)\n\(second)")
                #expect(Set(first.lines + second.lines) == receipts, "\(first)\n\(second)")
            }
            let meetings = try await ledger.meetings()
            #expect(meetings.count == 5 && meetings.allSatisfy { $0["revision"] as? Int == 1 })
            #expect(try await office.goutong("outbox", "list", setting: offline).output.isEmpty)
        }

        private static func sealed(_ device: [String: String]) throws -> [URL: Data] {
            let folder = URL(fileURLWithPath: device["GOUTONG_HOME"] ?? "").appendingPathComponent("outbox")
            let files = try FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil
            )
            .filter { $0.pathExtension == "sealed" }
            return Dictionary(uniqueKeysWithValues: try files.map { ($0, try Data(contentsOf: $0)) })
        }

        private static func putBack(_ files: [URL: Data]) throws {
            for (file, bytes) in files {
                try bytes.write(to: file)
                try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            }
        }
    }
}

/// A port of this machine that nobody uses.
enum FreePort {
    static func find() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let size = length
        let found = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        guard descriptor >= 0, found else { throw Unexpected(what: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
