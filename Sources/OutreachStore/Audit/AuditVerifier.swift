internal import Foundation
public import PostgresClient
public import Vault

/// How the audit of a federation stands.
public struct AuditReport: Hashable, Sendable {
    /// Links of the chain.
    public var links = 0
    /// Entries that wait to be sealed.
    public var waiting = 0
    public var head: AuditHead?
    /// In the order of the chain, at most `AuditVerifier.mostFindings` of them.
    public var findings: [AuditFinding] = []
    /// How many more there are.
    public var unnamed = 0
}

/// Checks the whole chain in one snapshot, and names what does not fit.
///
/// Each link is checked against the one before as it stands, so that one altered entry is one finding. An
/// entry that is earlier than the one before it is none: a long transaction commits late.
public struct AuditVerifier: Sendable {
    static let mostFindings = 200
    /// A longer run of links that do not fit is another chain, not altered entries.
    static let longestRun = 20
    private static let page = 2000

    let federation: Federation
    /// The key in use, and those before it.
    let keys: [AuditKey]

    public init(federation: Federation, keys: [AuditKey]) {
        self.federation = federation
        self.keys = keys
    }

    /// - Parameter heads: that were printed, exported or written down.
    public func verify(
        heads: [AuditHead] = [], on connection: PostgresConnection
    ) async throws(TransactionError) -> AuditReport {
        try await connection.transaction(.repeatableRead.readOnly) { connection in
            var walk = AuditWalk(keys: keys)
            while true {
                let links = try await page(after: walk.position, on: connection)
                for link in links { walk.visit(link) }
                guard links.count == Self.page else { break }
            }
            walk.end()
            var report = AuditReport()
            report.links = walk.links
            report.head = walk.links == 0 ? nil : AuditHead(position: walk.position, code: walk.previous)
            report.findings = walk.findings
            report.findings += try await unchained(on: connection)
            report.findings += try await missing(heads, below: walk.position, on: connection)
            report.waiting = try await connection.query(
                "SELECT count(*) FROM goutong.audit_unsealed WHERE federation_id = \(federation.id)"
            ).only().decode(Int.self)
            report.unnamed = max(0, report.findings.count - Self.mostFindings)
            report.findings = Array(report.findings.prefix(Self.mostFindings))
            return report
        }
    }

    private func page(after position: Int, on connection: PostgresConnection) async throws -> [AuditLink] {
        try await connection.query(
            """
            SELECT l.position, l.entry_id, l.code, l.sealed_at, e.entry_id IS NOT NULL, \(AuditEntry.columns)
            FROM goutong.audit_link l
            LEFT JOIN goutong.audit_entry e USING (federation_id, entry_id)
            WHERE l.federation_id = \(federation.id) AND l.position > \(position)
            ORDER BY l.position LIMIT \(Self.page)
            """
        ).map { row in
            AuditLink(
                position: try row.decode(Int.self, at: 0), entryID: try row.decode(UUID.self, at: 1),
                code: try row.decode([UInt8].self, at: 2),
                sealedAt: try row.decode(PostgresTimestamp.self, at: 3),
                entry: try row.decode(Bool.self, at: 4) ? try AuditEntry(row, from: 5) : nil)
        }
    }

    private func unchained(on connection: PostgresConnection) async throws -> [AuditFinding] {
        try await connection.query(
            """
            SELECT coalesce(e.entry_id, u.entry_id), e.entry_id IS NULL, l.entry_id IS NOT NULL
            FROM goutong.audit_entry e
            FULL JOIN goutong.audit_unsealed u USING (federation_id, entry_id)
            LEFT JOIN goutong.audit_link l
                ON l.federation_id = \(federation.id) AND l.entry_id = coalesce(e.entry_id, u.entry_id)
            WHERE coalesce(e.federation_id, u.federation_id) = \(federation.id)
              AND (e.entry_id IS NULL OR (u.entry_id IS NULL) = (l.entry_id IS NULL))
            ORDER BY 1 LIMIT \(Self.mostFindings + 1)
            """
        ).map { row in
            let (entry, isGone, isLinked) = try row.decode((UUID, Bool, Bool).self)
            if isGone { return .waitingMissing(entry: entry) }
            return isLinked ? .waitingTwice(entry: entry) : .unlinked(entry: entry)
        }
    }

    private func missing(
        _ heads: [AuditHead], below last: Int, on connection: PostgresConnection
    ) async throws -> [AuditFinding] {
        var findings: [AuditFinding] = []
        for head in heads {
            let code = try await connection.query(
                """
                SELECT code FROM goutong.audit_link
                WHERE federation_id = \(federation.id) AND position = \(head.position)
                """
            ).first?.decode([UInt8].self)
            if let code {
                if AuditHead(position: head.position, code: code) != head {
                    findings.append(.otherHead(head))
                }
            } else if head.position > last {
                findings.append(.cut(head: head))
            }
        }
        return findings
    }
}
