internal import Foundation
internal import Outreach
internal import OutreachClient
internal import OutreachStore

/// The audit, as it is read and exported. It is checked where the key is, never through a service, which
/// would answer for itself.
protocol AuditPlace {
    /// The latest first.
    func audit(_ asked: AuditOptions, limit: Int) async throws -> [JSONRow]
    /// nil before the first entry.
    func auditHead() async throws -> String?
    /// Hands an export over piece by piece.
    /// - Returns: how many entries.
    func exportAudit(
        _ asked: AuditOptions, as format: AuditExport.Format, to sink: @Sendable ([UInt8]) throws -> Void
    ) async throws -> Int
}

extension Workplace: AuditPlace {
    private var reader: AuditReader { AuditReader(federation: federation) }

    func audit(_ asked: AuditOptions, limit: Int) async throws -> [JSONRow] {
        try await seal()
        return try await reader.list(try asked.filter(), limit: limit, on: connection).map {
            JSONRow($0.json)
        }
    }

    func auditHead() async throws -> String? {
        try await seal()
        return try await AuditHead.read(federation, on: connection)?.text
    }

    func exportAudit(
        _ asked: AuditOptions, as format: AuditExport.Format, to sink: @Sendable ([UInt8]) throws -> Void
    ) async throws -> Int {
        let export = AuditExport(reader, filter: try asked.filter(), as: format)
        try await export.announce(on: connection)
        try await seal()
        return try await export.run(on: connection) { text in try sink(Array(text.utf8)) }
    }
}

extension RemoteWorkplace: AuditPlace {
    /// To others than the auditor it is as what does not exist.
    private static let ofAudit: Meanings = [404: RecordingError.notAllowed]

    func audit(_ asked: AuditOptions, limit: Int) async throws -> [JSONRow] {
        try await rows(
            .init(.get, "audit"), in: "items", limit: limit, next: "next",
            query: { limit, cursor in
                [
                    "from": asked.from, "to": asked.to, "actor": asked.actor, "action": asked.action,
                    "object": asked.object, "limit": "\(limit)", "cursor": cursor,
                ]
            }, Self.ofAudit)
    }

    func auditHead() async throws -> String? {
        try await row(.init(.get, "audit", "head"), Self.ofAudit).required { $0.text("head") }
    }

    func exportAudit(
        _ asked: AuditOptions, as format: AuditExport.Format, to sink: @Sendable ([UInt8]) throws -> Void
    ) async throws -> Int {
        var question = OutreachClient.Question(.get, "audit", "export")
        question.accept = format == .csv ? "text/csv" : "application/jsonl"
        question.query = [
            "from": asked.from, "to": asked.to, "actor": asked.actor, "action": asked.action,
            "object": asked.object,
        ]
        let bytes = try await bytes(question, Self.ofAudit)
        // Without its last line, an export is not whole.
        guard
            let count = Self.entries(endingOn: bytes.split(separator: UInt8(ascii: "\n")).last ?? [], format)
        else { throw CommandFailure(asking: .notOurs(status: 200)) }
        try sink(bytes)
        return count
    }

    /// How many entries the last line of an export tells.
    private static func entries(endingOn line: ArraySlice<UInt8>, _ format: AuditExport.Format) -> Int? {
        switch format {
        case .jsonl:
            guard let json = try? JSONValue(parsing: Array(line)) else { return nil }
            return JSONRow(json).number("entries")
        case .csv:
            let text = String(decoding: line, as: UTF8.self)
            guard text.hasPrefix("\"head\"") else { return nil }
            return text.firstMatch(of: /"entries","(\d+)"/).flatMap { Int($0.1) }
        }
    }
}
