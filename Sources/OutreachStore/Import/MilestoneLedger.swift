internal import Foundation
internal import Outreach
internal import PostgresClient

/// What an import of milestones asks and tells the ledger, a batch at a time.
struct MilestoneLedger: Sendable {
    let federation: Federation
    let authority: Authority

    private var clock: LedgerClock { LedgerClock(federation: federation) }

    /// Adds the milestones that are new. Returns how many.
    func publish(
        _ rows: [MilestoneRow], _ frame: [SQL], on connection: PostgresConnection
    ) async throws -> Int {
        let opening = try await authority.begin(
            for: .recording, then: [clock.shareLock, clock.stamp], on: connection)
        let stamp = try opening[opening.count - 1].only().decode(PostgresTimestamp.self)
        let known = try await look(rows, on: connection)
        var columns = MilestoneColumns()
        for row in rows {
            guard let firm = known.firms[row.firm] else {
                // Found when it was checked: somebody has taken the firm's code since.
                throw RecordingError.refused(DocumentRefused(first: MilestoneSetRule.unknownFirm))
            }
            columns.add(row.identified, firm)
        }
        let added = try await connection.pipeline(
            frame + [columns.insert(federation.id, stamp, authority)])
        return try added[added.count - 1].only().decode(Int.self)
    }

    struct Known {
        var firms: [FirmName: FirmID] = [:]
        var hashes: [MilestoneID: [UInt8]] = [:]
    }

    /// The firms that rows name, and the milestones that have their ids.
    func look(
        _ rows: [MilestoneRow], on connection: PostgresConnection
    ) async throws(PostgresError) -> Known {
        var codes: [String] = []
        var firms: [UUID] = []
        for row in rows {
            switch row.firm {
            case .id(let id): firms.append(id.uuid)
            case .uscc(let code): codes.append(code.text)
            }
        }
        let found = try await connection.pipeline([
            """
            SELECT firm_id, uscc FROM goutong.firm_identity
            WHERE federation_id = \(federation.id) AND uscc = ANY (\(codes)) AND superseded_at IS NULL
            """,
            "SELECT firm_id FROM goutong.firm WHERE federation_id = \(federation.id) AND firm_id = ANY (\(firms))",
            """
            SELECT milestone_id, facts_hash FROM goutong.milestone
            WHERE federation_id = \(federation.id) AND revision = 1
              AND milestone_id = ANY (\(rows.map { $0.identified.id.uuid }))
            """,
        ])
        var known = Known()
        var byCode: [String: FirmID] = [:]
        for (firm, code) in try found[0].decode((FirmID, String).self) { byCode[code] = firm }
        for row in found[1] {
            let id = try row.decode(FirmID.self)
            known.firms[.id(id)] = id
        }
        for row in rows {
            if case .uscc(let code) = row.firm { known.firms[row.firm] = byCode[code.text] }
        }
        for (id, hash) in try found[2].decode((MilestoneID, [UInt8]).self) { known.hashes[id] = hash }
        return known
    }
}

/// Milestones as columns of one statement.
private struct MilestoneColumns {
    var ids: [UUID] = []
    var firms: [UUID] = []
    var kinds: [String] = []
    var days: [PostgresDate] = []
    var meetings: [UUID?] = []
    var intentForms: [String?] = []
    var references: [String?] = []
    var unionNames: [String?] = []
    var forms: [String?] = []
    var members: [Int32?] = []
    var hashes: [[UInt8]] = []
    var entries: [UUID] = []

    mutating func add(_ milestone: Milestone, _ firm: FirmID) {
        ids.append(milestone.id.uuid)
        firms.append(firm.uuid)
        kinds.append(milestone.kind.rawValue)
        days.append(milestone.on.postgresValue)
        meetings.append(milestone.meeting?.uuid)
        intentForms.append(milestone.intentForm?.rawValue)
        references.append(milestone.reference)
        unionNames.append(milestone.unionName)
        forms.append(milestone.form?.rawValue)
        members.append(milestone.members.map { Int32(clamping: $0) })
        hashes.append(milestone.factsHash(firm: firm))
        entries.append(AuditEvent.newID())
    }

    /// Adds those that are new, queues their firms and notes each in the audit. Returns how many.
    func insert(_ federation: Int, _ stamp: PostgresTimestamp, _ authority: Authority) -> SQL {
        """
        WITH given AS MATERIALIZED (
            SELECT * FROM unnest(\(ids), \(firms), \(kinds), \(days), \(meetings), \(intentForms), \(references),
                \(unionNames), \(forms), \(members), \(hashes), \(entries)) AS g (
                milestone_id, firm_id, kind, happened_on, meeting_id, intent_form, reference, union_name,
                union_form, members, facts_hash, entry_id)
        ), added AS (
            INSERT INTO goutong.milestone (federation_id, milestone_id, revision, firm_id, kind,
                happened_on, meeting_id, of_document, intent_form, reference, union_name,
                union_form, members, facts_hash, recorded_at)
            SELECT \(federation), milestone_id, 1, firm_id, kind, happened_on, meeting_id, false, intent_form,
                reference, union_name, union_form, members, facts_hash, \(stamp)
            FROM given
            ON CONFLICT DO NOTHING RETURNING milestone_id, firm_id
        ), queued AS (
            INSERT INTO goutong.journey_queue (federation_id, firm_id, recorded_at)
            SELECT \(federation), firm_id, \(stamp) FROM added
        ), noted AS MATERIALIZED (
            SELECT a.milestone_id, goutong.audit(\(federation)::integer, g.entry_id, \(authority.account?.uuid),
                \(authority.actor), \(AuditEvent.Action.milestoneAdd.rawValue), 'milestone',
                a.milestone_id::text, NULL, \(AuditEvent.Result.done.rawValue), \(authority.requestID))
            FROM added a
            JOIN (SELECT DISTINCT ON (milestone_id) milestone_id, entry_id FROM given) g USING (milestone_id)
        )
        SELECT count(*) FROM noted
        """
    }
}
