public import Outreach
public import PostgresClient

extension MeetingReader {
    /// The current revision as a document without applicants and firms' contacts; `replaces` names the
    /// revision. Opens no person. nil for a meeting that is void, out of scope or was never recorded.
    public func facts(
        _ id: MeetingID, on connection: PostgresConnection
    ) async throws -> MeetingDocument? {
        guard var document = try await head(id, on: connection), let revision = document.replaces else {
            return nil
        }
        document.firms = try await firms(id, revision, vault: nil, on: connection)
        document.opinions = try await opinions(id, revision, on: connection)
        return document
    }

    /// The ids of a revision's applicants, in the document's order: who may record corrects the rest of the
    /// document with them, and an applicant given by id alone stays as it is. In a transaction for recording.
    public func applicantIDs(
        _ id: MeetingID, revision: Int, on connection: PostgresConnection
    ) async throws(PostgresError) -> [ApplicantID] {
        try await connection.query(
            """
            SELECT applicant_id FROM goutong.applicant
            WHERE federation_id = \(federation.id) AND meeting_id = \(id) AND revision = \(revision)
            ORDER BY position
            """
        ).map { row throws(PostgresError) in try row.decode(ApplicantID.self) }
    }
}
