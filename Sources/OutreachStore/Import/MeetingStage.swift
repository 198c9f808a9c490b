internal import Foundation
internal import Outreach
internal import PostgresClient

/// What is kept of an imported file's meetings while it is checked: ids and hashes. The documents are read again
/// from the file, so that no person is ever in the database in clear.
struct MeetingStage {
    static let create = """
        DROP TABLE IF EXISTS pg_temp.import_meeting, pg_temp.import_applicant;
        CREATE TEMPORARY TABLE import_meeting (line integer, meeting_id uuid, facts bytea, persons bytea);
        CREATE TEMPORARY TABLE import_applicant (line integer, applicant_id uuid, meeting_id uuid);
        """
    static let analyze = "ANALYZE pg_temp.import_meeting; ANALYZE pg_temp.import_applicant"
    static let drop = "DROP TABLE IF EXISTS pg_temp.import_meeting, pg_temp.import_applicant"

    private static let fullAt = 1000

    private var lines: [Int] = []
    private var ids: [UUID] = []
    private var facts: [[UInt8]] = []
    private var persons: [[UInt8]?] = []
    private var applicants: (lines: [Int], ids: [UUID], meetings: [UUID]) = ([], [], [])

    var isFull: Bool { lines.count >= Self.fullAt }

    mutating func add(_ document: MeetingDocument, _ fingerprint: Fingerprint, line: Int) {
        lines.append(line)
        ids.append(document.id.uuid)
        facts.append(fingerprint.facts)
        // All tags, one behind the other: a recorded one is found among them whichever key made it.
        persons.append(fingerprint.persons == nil ? nil : fingerprint.personsUnderAnyKey.flatMap { $0 })
        for entry in document.applicants {
            applicants.lines.append(line)
            applicants.ids.append(entry.id.uuid)
            applicants.meetings.append(document.id.uuid)
        }
    }

    mutating func flush(on connection: PostgresConnection) async throws(PostgresError) {
        guard !lines.isEmpty else { return }
        _ = try await connection.pipeline([
            """
            INSERT INTO pg_temp.import_meeting
            SELECT * FROM unnest(\(lines.map { Int32(clamping: $0) }), \(ids), \(facts), \(persons))
            """,
            """
            INSERT INTO pg_temp.import_applicant
            SELECT * FROM unnest(\(applicants.lines.map { Int32(clamping: $0) }), \(applicants.ids),
                \(applicants.meetings))
            """,
        ])
        self = MeetingStage()
    }

    /// The same id with other content further down: line, line of the first.
    static let listedTwice: SQL = """
        SELECT m.line, f.line
        FROM (SELECT DISTINCT ON (meeting_id) meeting_id, line, facts, persons
              FROM pg_temp.import_meeting ORDER BY meeting_id, line) f
        JOIN pg_temp.import_meeting m USING (meeting_id)
        WHERE m.line > f.line AND (m.facts, m.persons) IS DISTINCT FROM (f.facts, f.persons)
        """

    /// Ids that the ledger has with other content.
    static func conflicts(_ federation: Int) -> SQL {
        """
        SELECT m.line, 0 FROM pg_temp.import_meeting m
        WHERE EXISTS (SELECT FROM goutong.meeting_revision r
                      WHERE r.federation_id = \(federation) AND r.meeting_id = m.meeting_id)
          AND NOT EXISTS (
            SELECT FROM goutong.meeting_revision r
            WHERE r.federation_id = \(federation) AND r.meeting_id = m.meeting_id
              AND r.facts_hash = m.facts
              AND (r.persons_tag IS NULL OR coalesce(position(r.persons_tag IN m.persons), 0) > 0))
        """
    }

    /// Applicants whose id is used at another meeting, of the ledger or of the file.
    static func applicantsElsewhere(_ federation: Int) -> SQL {
        """
        SELECT DISTINCT a.line, 0 FROM pg_temp.import_applicant a
        WHERE EXISTS (SELECT FROM goutong.applicant x
                      WHERE x.federation_id = \(federation) AND x.applicant_id = a.applicant_id
                        AND x.meeting_id <> a.meeting_id)
           OR EXISTS (SELECT FROM (
                SELECT applicant_id, min(line) AS line FROM pg_temp.import_applicant GROUP BY applicant_id
                HAVING count(DISTINCT meeting_id) > 1) d
              WHERE d.applicant_id = a.applicant_id AND d.line < a.line)
        """
    }

    /// Meetings that the ledger has just so, of a list of ids; voided and corrected ones too.
    static func known(_ federation: Int, _ ids: [UUID]) -> SQL {
        """
        SELECT DISTINCT meeting_id FROM goutong.meeting_revision
        WHERE federation_id = \(federation) AND meeting_id = ANY (\(ids))
        """
    }
}
