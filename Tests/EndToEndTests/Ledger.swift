import Foundation
import Testing

/// The ledger of one federation, seen through the command.
struct Ledger: Sendable {
    let office: Office
    let federation: String

    /// Runs a command on this federation.
    func goutong(_ arguments: String..., input: Input = .nothing) async throws -> Outcome {
        try await office.goutong(arguments + ["--federation", federation], input: input)
    }

    /// Sends a document on standard input and asks for JSON.
    func send(_ document: String) async throws -> Outcome { try await send(Array(document.utf8)) }

    func send(_ document: [UInt8]) async throws -> Outcome {
        try await goutong("meeting", "log", "--from", "-", "--json", input: .bytes(document))
    }

    /// Sends a document that must be recorded.
    @discardableResult
    func record(_ document: String) async throws -> Recorded {
        let sent = try await send(document)
        try #require(sent.status == 0, "\(sent)")
        return try Recorded(sent)
    }

    /// Every fact there is, table by table, as exported: equal before and after where nothing was written.
    func facts() async throws -> [String: Data] {
        let folder = office.folder.appendingPathComponent("ledger-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        let exported = try await goutong("export", "ledger", "--out", folder.path)
        try #require(exported.status == 0, "\(exported)")
        var tables: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            tables[name] = try Data(contentsOf: folder.appendingPathComponent(name))
        }
        return tables
    }

    func meetings() async throws -> [[String: Any]] {
        let listed = try await goutong("meeting", "list", "--json")
        try #require(listed.status == 0, "\(listed)")
        return try listed.objects()
    }
}

/// What `meeting log --json` prints.
struct Recorded: Hashable {
    let id: String
    let revision: Int
    let outcome: String
    let receipt: String

    init(_ result: Outcome) throws {
        let object = try result.object()
        try #require(Set(object.keys) == ["id", "revision", "outcome", "receipt"])
        id = try #require(object["id"] as? String)
        revision = try #require(object["revision"] as? Int)
        outcome = try #require(object["outcome"] as? String)
        receipt = try #require(object["receipt"] as? String)
        try #require(result.lines.count == 1, "one object on one line")
    }
}
