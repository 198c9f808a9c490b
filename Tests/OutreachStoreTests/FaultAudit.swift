import Outreach
import OutreachStore
import PostgresClient
import Testing

/// What must hold of a ledger after any fault.
struct FaultAudit {
    let ledger: FaultLedger
    let connection: PostgresConnection

    private struct Revision {
        let receipt: Receipt
        let parts: MeetingParts
    }

    /// Nothing acknowledged is lost, nothing stands by halves.
    func expectWhole(
        load numbers: Range<Int>, acknowledged: [Int: Receipt],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await revisions()
        for (number, receipt) in acknowledged {
            #expect(
                found[receipt.id]?.receipt == receipt, "document \(number)",
                sourceLocation: sourceLocation)
        }
        var expected: [MeetingID: MeetingParts] = [:]
        for number in numbers {
            let document = try FaultLoad.document(number)
            expected[document.id] = MeetingParts(of: document)
        }
        for (id, revision) in found {
            #expect(revision.parts == expected[id], sourceLocation: sourceLocation)
        }
        #expect(try await strayFirms() == 0, sourceLocation: sourceLocation)
        #expect(
            try await JourneyQueue.differences(federation: ledger.federation, on: connection) == [],
            sourceLocation: sourceLocation)
    }

    /// Every document again: those kept are replayed, the others recorded, and each is there once.
    func expectReplay(
        load numbers: Range<Int>, acknowledged: [Int: Receipt],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let kept = try await revisions()
        let again = Acknowledgements()
        _ = try await FaultWriters(ledger: ledger).write(Array(numbers)) { number, recorded in
            await again.add(number, recorded)
        }
        let receipts = await again.receipts
        #expect(receipts.count == numbers.count, sourceLocation: sourceLocation)
        #expect(await again.replays == kept.count, sourceLocation: sourceLocation)
        for (number, receipt) in acknowledged {
            #expect(receipts[number] == receipt, "document \(number)", sourceLocation: sourceLocation)
        }
        #expect(try await revisions().count == numbers.count, sourceLocation: sourceLocation)
        try await expectWhole(
            load: numbers, acknowledged: receipts, sourceLocation: sourceLocation)
        while try await JourneyQueue.drain(
            federation: ledger.federation, limit: 100, on: connection) > 0
        {}
        try await expectWhole(
            load: numbers, acknowledged: receipts, sourceLocation: sourceLocation)
    }

    /// Revisions with what is there of each. The load has no corrections: one revision a meeting.
    private func revisions() async throws -> [MeetingID: Revision] {
        func count(_ table: String, _ condition: SQL = "true") -> SQL {
            """
            (SELECT count(*) FROM goutong.\(identifier: table) t
             WHERE t.federation_id = r.federation_id AND t.meeting_id = r.meeting_id
               AND t.revision = r.revision AND \(condition))
            """
        }
        let person: SQL = """
            EXISTS (SELECT FROM goutong.applicant_person p
                WHERE p.federation_id = t.federation_id AND p.applicant_id = t.applicant_id
                  AND p.revision = t.person_revision)
            """
        let rows = try await connection.query(
            """
            SELECT meeting_id, revision, facts_hash, recorded_at, \(count("meeting")),
                \(count("attendance")), \(count("milestone", "t.of_document AND t.kind = 'intent'")),
                \(count("firm_contact")), \(count("applicant")), \(count("applicant", person)),
                \(count("opinion"))
            FROM goutong.meeting_revision r
            WHERE federation_id = \(ledger.federation.id)
            """)
        var found: [MeetingID: Revision] = [:]
        for row in rows {
            let (
                id, revision, hash, recorded, meetings, attendances, intents, contacts, applicants,
                persons, opinions
            ) = try row.decode(
                (
                    MeetingID, Int, [UInt8], PostgresTimestamp, Int, Int, Int, Int, Int, Int, Int
                ).self)
            found[id] = Revision(
                receipt: Receipt(
                    id: id, revision: revision, factsHash: hash,
                    recordedAtMicroseconds: recorded.microsecondsSince1970),
                parts: MeetingParts(
                    meetings: meetings, attendances: attendances, intents: intents,
                    contacts: contacts, applicants: applicants, persons: persons,
                    opinions: opinions))
        }
        return found
    }

    /// Firms that no meeting met, that have not one current identity and one registration, or that share
    /// a name: each firm of the pool is one firm, whoever met it first.
    private func strayFirms() async throws -> Int {
        let federation = ledger.federation.id
        return try await connection.query(
            """
            SELECT (
                SELECT count(*) FROM goutong.firm f
                WHERE f.federation_id = \(federation) AND (
                    NOT EXISTS (SELECT FROM goutong.attendance t
                        WHERE t.federation_id = f.federation_id AND t.firm_id = f.firm_id)
                    OR (SELECT count(*) FROM goutong.firm_identity i
                        WHERE i.federation_id = f.federation_id AND i.firm_id = f.firm_id
                          AND i.superseded_at IS NULL) <> 1
                    OR (SELECT count(*) FROM goutong.firm_registration g
                        WHERE g.federation_id = f.federation_id AND g.firm_id = f.firm_id) <> 1)
            ) + (
                SELECT count(*) - count(DISTINCT folded_name) FROM goutong.firm_identity
                WHERE federation_id = \(federation) AND superseded_at IS NULL)
            """
        ).only().decode(Int.self)
    }
}
