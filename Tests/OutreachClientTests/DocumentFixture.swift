import Foundation
import Outreach
import OutreachClient
import OutreachStore

/// Documents that are sent, and what a service says to them.
enum DocumentFixture {
    /// What nobody may read on the disk.
    static let secrets = ["李示例", "15412345678", "110100199003070015"]

    static func text(_ number: Int, headcount: Int = 180, replaces: Int? = nil, area: String = "110105021")
        -> String
    {
        let correction = replaces.map { "\"replaces\": \($0)," } ?? ""
        return """
            {"schema":"goutong.meeting/1","id":"\(id(number))",\(correction)"kind":"enterprise",
             "held_on":"2018-09-12","area":"\(area)","venue":{"kind":"park"},
             "firms":[{"name":"测试\(number)公司","union_status":"unorganised","headcount":\(headcount)}],
             "applicants":[{"id":"01685667-1400-7000-8000-0000000a\(padded(number, 4))","name":"李示例",
               "mobile":"15412345678","document":{"kind":"resident_id","number":"110100199003070015"},
               "consent":{"notice":"2018-1","on":"2018-09-12","method":"signed"}}]}
            """
    }

    static func id(_ number: Int) -> String { "01890000-0000-7000-8000-" + padded(number, 12) }

    private static func padded(_ number: Int, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - "\(number)".count)) + "\(number)"
    }

    static func submission(_ number: Int, headcount: Int = 180, replaces: Int? = nil) throws
        -> MeetingSubmission
    {
        try MeetingSubmission.decode(
            Array(text(number, headcount: headcount, replaces: replaces).utf8),
            today: OfficeTime.day(of: .now),
            areas: AreaTable.embedded)
    }

    static func document(_ number: Int, headcount: Int = 180, replaces: Int? = nil) throws -> OutgoingDocument
    {
        OutgoingDocument(try submission(number, headcount: headcount, replaces: replaces))
    }

    static func receipt(of document: OutgoingDocument, hash: [UInt8]? = nil, revision: Int? = nil) -> Receipt
    {
        Receipt(
            id: document.id, revision: revision ?? document.revision, factsHash: hash ?? document.factsHash,
            recordedAtMicroseconds: 1_536_700_000_000_000)
    }

    /// The body of a receipt as the service writes it.
    static func body(_ receipt: Receipt, outcome: String = "recorded") -> String {
        """
        {"id":"\(receipt.id)","revision":\(receipt.revision),"outcome":"\(outcome)","receipt":"\(receipt)"}
        """
    }

    static func problem(_ status: Int, _ code: String, current: Receipt? = nil) -> String {
        let standing = current.map { ",\"current\":\"\($0)\"" } ?? ""
        return """
            {"type":"https://goutong.example/problems/\(code)","title":"words","status":\(status)\(standing),
             "errors":[{"code":"a.b","pointer":"/x","rule":"rule","mend":"mend"}]}
            """
    }
}

/// A home of one device, removed after.
struct TemporaryHome {
    let folder: URL
    var outbox: URL { folder.appendingPathComponent("outbox") }

    static func with<Value>(_ body: (TemporaryHome) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "gc-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(TemporaryHome(folder: folder))
    }

    /// A token file that only its owner can read.
    func tokenFile(_ text: String = "gt1.test.AAAAAAAAAAAAAAAA") throws -> String {
        let file = folder.appendingPathComponent("token")
        try? FileManager.default.removeItem(at: file)
        _ = FileManager.default.createFile(
            atPath: file.path, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: 0o600])
        return file.path
    }

    /// Every byte below the home, for looking for what must not be there.
    func bytes() throws -> Data {
        var all = Data()
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            all += FileManager.default.contents(atPath: folder.appendingPathComponent(name).path) ?? Data()
        }
        return all
    }
}
