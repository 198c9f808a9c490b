public import Outreach
public import PostgresClient

/// Reads reports as they were issued.
public struct IssuedReports: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    /// The editions of a week, first to last.
    public func editions(
        of week: Week, on connection: PostgresConnection
    ) async throws(PostgresError) -> [IssuedReport] {
        try await connection.query(
            """
            SELECT edition, reason, moment, definition_hash, preparer, reviewer, signer
            FROM goutong.issued_report
            WHERE federation_id = \(federation.id) AND week_start = \(week.start)
            ORDER BY edition
            """
        ).map { row throws(PostgresError) in
            let (edition, reason, moment, hash, preparer, reviewer, signer) = try row.decode(
                (Int, String?, PostgresTimestamp, String, String, String, String).self)
            return IssuedReport(
                week: week, edition: edition, reason: reason, moment: moment, definitionHash: hash,
                signatures: .init(preparer: preparer, reviewer: reviewer, signer: signer))
        }
    }

    /// An edition of a week; nil where it was never issued.
    /// - Parameter edition: nil: the last one.
    public func report(
        of week: Week, edition: Int?, on connection: PostgresConnection
    ) async throws(PostgresError) -> IssuedReport? {
        let editions = try await editions(of: week, on: connection)
        guard let edition else { return editions.last }
        return editions.first { $0.edition == edition }
    }

    /// What is kept of one rendering, and whether its bytes are still those of the hash that was noted.
    public struct Kept: Sendable {
        public let rendering: IssuedRendering
        /// SHA-256 as it was noted at the issue.
        public let notedHash: [UInt8]

        public var isWhole: Bool { rendering.hash == notedHash }
    }

    /// nil where that edition has no such rendering.
    public func rendering(
        of report: IssuedReport, format: String, language: String, on connection: PostgresConnection
    ) async throws(PostgresError) -> Kept? {
        try await connection.query(
            """
            SELECT content, content_hash FROM goutong.issued_rendering
            WHERE federation_id = \(federation.id) AND week_start = \(report.week.start)
              AND edition = \(report.edition) AND format = \(format) AND language = \(language)
            """
        ).map { row throws(PostgresError) in
            let (bytes, hash) = try row.decode(([UInt8], [UInt8]).self)
            return Kept(
                rendering: IssuedRendering(format: format, language: language, bytes: bytes),
                notedHash: hash)
        }.first
    }
}
