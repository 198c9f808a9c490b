internal import Foundation
public import Outreach
public import PostgresClient

/// The whole audit, or a part of it, in the order of the chain, with the head that it ends on.
public struct AuditExport: Sendable {
    public enum Format: String, CaseIterable, Sendable { case csv, jsonl }

    private static let page = 2000

    private let reader: AuditReader
    private let filter: AuditFilter
    private let format: Format

    public init(_ reader: AuditReader, filter: AuditFilter = AuditFilter(), as format: Format) {
        self.reader = reader
        self.filter = filter
        self.format = format
    }

    /// Notes the export, which is committed before anything goes out.
    /// - Throws: in its body, `AuditAccess.notAllowed`.
    public func announce(on connection: PostgresConnection) async throws(TransactionError) {
        try await reader.reading(noting: .exportAudit, on: connection) { _ in }
    }

    /// Hands the text over in pieces of some hundred kilobytes, from one snapshot.
    /// - Returns: how many entries.
    @discardableResult
    public func run(
        on connection: PostgresConnection,
        _ sink: nonisolated(nonsending) @Sendable (String) async throws -> Void
    ) async throws(TransactionError) -> Int {
        try await reader.authority.transaction(
            for: .reading, .repeatableRead.readOnly, on: connection
        ) { connection in
            guard try await reader.isAllowed(on: connection) else { throw AuditAccess.notAllowed }
            if format == .csv { try await sink(AuditLine.csvHeader) }
            var count = 0
            var last = 0
            while true {
                let page = try await reader.listings(
                    filter.condition + " AND l.position > \(last)",
                    order: "l.position LIMIT \(Self.page)", on: connection)
                try await sink(page.map { AuditLine.entry($0).text(format) }.joined())
                count += page.count
                guard page.count == Self.page, let position = page.last?.position else { break }
                last = position
            }
            // Seconds' worth, at most what a stopped sealer left.
            var cursor: AuditCursor?
            while true {
                var condition = filter.condition + " AND l.position IS NULL"
                if let cursor {
                    let at = PostgresTimestamp(microsecondsSince1970: cursor.at)
                    condition += " AND (e.at, e.entry_id) > (\(at), \(cursor.id))"
                }
                let page = try await reader.listings(
                    condition, order: "e.at, e.entry_id LIMIT \(Self.page)", on: connection)
                try await sink(page.map { AuditLine.entry($0).text(format) }.joined())
                count += page.count
                guard page.count == Self.page, let end = page.last else { break }
                cursor = AuditCursor(after: end)
            }
            let head = try await reader.link(on: connection)
            try await sink(AuditLine.end(entries: count, head: head).text(format))
            return count
        }
    }
}

/// One line of an export.
enum AuditLine {
    case entry(AuditListing)
    /// The last one: without it, an export is not whole.
    case end(entries: Int, head: AuditHead?)

    static let csvHeader = columns.joined(separator: ",") + "\r\n"
    private static let columns = [
        "record", "position", "entry_id", "at", "account_id", "actor", "action", "object_kind", "object_id",
        "reason", "result", "request_id", "code",
    ]
    static let check = Bilingual(
        zh: "核对：goutong audit verify --head-from 本文件", en: "check: goutong audit verify --head-from THIS-FILE"
    )

    func text(_ format: AuditExport.Format) -> String {
        switch format {
        case .csv: csv
        case .jsonl: json.text() + "\n"
        }
    }

    private var values: [String?] {
        switch self {
        case .entry(let listing):
            let entry = listing.entry
            return [
                "entry", listing.position.map(String.init), entry.id.uuidString.lowercased(),
                OfficeTime.text(of: entry.at), entry.account?.uuidString.lowercased(), entry.actor,
                entry.action, entry.objectKind, entry.objectID, entry.reason, entry.result, entry.requestID,
                listing.code?.hexadecimal,
            ]
        case .end(let entries, let head):
            return [
                "head", head.map { "\($0.position)" }, nil, nil, nil, nil, nil, "entries", "\(entries)",
                Self.check.zh + " · " + Self.check.en, nil, nil, head?.text,
            ]
        }
    }

    private var csv: String {
        values.map { $0.map(Self.quoted) ?? "" }.joined(separator: ",") + "\r\n"
    }

    /// NULL is nothing, the empty text is `""`. What a spreadsheet would take for a formula gets an apostrophe.
    private static func quoted(_ value: String) -> String {
        let isFormula = value.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) }
        let guarded = isFormula == true ? "'" + value : value
        return "\"" + guarded.replacing("\"", with: "\"\"") + "\""
    }

    var json: JSONValue {
        if case .end(let entries, let head) = self {
            return .object([
                .init("schema", .string("goutong.audit/1")), .init("entries", .integer(entries)),
                .init("head", head.map { .string($0.text) } ?? .null),
                .init("check", .string(Self.check.en)),
            ])
        }
        return .object(
            zip(Self.columns, values).dropFirst().map { name, value in
                if name == "position" {
                    return .init(name, value.flatMap { Int($0) }.map(JSONValue.integer) ?? .null)
                }
                return .init(name, value.map(JSONValue.string) ?? .null)
            })
    }
}

extension AuditListing {
    /// One JSON object, as lists and exports have it.
    public var json: JSONValue { AuditLine.entry(self).json }
}
