internal import Foundation
internal import Outreach
public import PostgresClient
internal import Vault

/// The record of an import in the ledger: the same file is the same import, so one that was stopped is found.
public struct ImportRun: Sendable {
    public enum Kind: String, CaseIterable, Sendable { case firms, meetings, milestones }

    public enum Standing: Sendable {
        case new
        /// An earlier run of the same file was stopped before its last batch.
        case stopped
        case finished
    }

    let federation: Federation
    let authority: Authority
    let kind: Kind
    let fileHash: [UInt8]

    /// `firms`, `meetings` or `milestones`.
    public var name: String { kind.rawValue }

    var id: UUID {
        MeetingID.derived(from: "import", kind.rawValue, fileHash.hexadecimal).uuid
    }

    public func standing(on connection: PostgresConnection) async throws(PostgresError) -> Standing {
        let finished = try await connection.query(
            """
            SELECT finished_at IS NOT NULL FROM goutong.import_run
            WHERE federation_id = \(federation.id) AND import_id = \(id)
            """
        ).first?.decode(Bool.self)
        return switch finished {
        case nil: .new
        case true?: .finished
        case false?: .stopped
        }
    }

    /// In the first batch's transaction: the run, and the audit's one entry for it.
    func begin(rows: Int) -> [SQL] {
        let action: AuditEvent.Action =
            switch kind {
            case .firms: .importFirms
            case .meetings: .importMeetings
            case .milestones: .importMilestones
            }
        return [
            """
            INSERT INTO goutong.import_run AS r (federation_id, import_id, kind, file_hash, rows_good, began_at)
            VALUES (\(federation.id), \(id), \(kind.rawValue), \(fileHash), \(rows), clock_timestamp())
            ON CONFLICT (federation_id, import_id) DO UPDATE SET finished_at = NULL, rows_good = excluded.rows_good
            """,
            authority.audit(
                AuditEvent(
                    action, object: .init(kind: "import", id: id.uuidString.lowercased()),
                    reason: "rows: \(rows)")),
        ]
    }

    /// In the last batch's transaction.
    var end: SQL {
        """
        UPDATE goutong.import_run SET finished_at = clock_timestamp()
        WHERE federation_id = \(federation.id) AND import_id = \(id)
        """
    }
}
