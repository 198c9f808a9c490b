public import Outreach
public import PostgresClient
internal import Vault

extension FactRecorder {
    /// Keeps an edition of a week's report, with its bytes, for good.
    /// - Throws: `conflicting` where the edition is not the next one of its week: the week was issued before, by
    ///   somebody else in the meantime, or not at all.
    public func issue(
        _ report: IssuedReport, _ renderings: [IssuedRendering], on connection: PostgresConnection
    ) async throws(RecordingError) {
        let lock: SQL = "SELECT pg_advisory_xact_lock(hashtextextended('goutong.issue', \(federation.id)))"
        let event = AuditEvent(
            report.edition == 1 ? .reportIssue : .reportReissue,
            object: AuditEvent.Object(kind: "report", id: "\(report.week.name)/\(report.edition)"),
            reason: report.reason)
        try await writing(event, at: nil, after: lock, on: connection) { connection, stamp in
            let last = try await connection.query(
                """
                SELECT coalesce(max(edition), 0) FROM goutong.issued_report
                WHERE federation_id = \(federation.id) AND week_start = \(report.week.start)
                """
            ).only().decode(Int.self)
            guard last + 1 == report.edition else {
                throw RecordingError.conflicting(
                    last == 0 ? .notIssued(report.week) : .issuedAlready(report.week, edition: last))
            }
            let signatures = report.signatures
            try await connection.execute(
                """
                INSERT INTO goutong.issued_report (federation_id, week_start, edition, replaces, reason, moment,
                    definition_hash, preparer, reviewer, signer, recorded_at)
                VALUES (\(federation.id), \(report.week.start), \(report.edition), \(report.replaces),
                    \(report.reason), \(report.moment), \(report.definitionHash), \(signatures.preparer),
                    \(signatures.reviewer), \(signatures.signer), \(stamp))
                """)
            for rendering in renderings {
                try await connection.execute(
                    """
                    INSERT INTO goutong.issued_rendering (federation_id, week_start, edition, format, language,
                        content_hash, content, recorded_at)
                    VALUES (\(federation.id), \(report.week.start), \(report.edition), \(rendering.format),
                        \(rendering.language), \(rendering.hash), \(rendering.bytes), \(stamp))
                    """)
            }
        }
    }
}

extension IssuedRendering {
    /// SHA-256 of the bytes.
    public var hash: [UInt8] { sha256(bytes) }

    /// 64 hexadecimal digits.
    public var hashText: String { hash.hexadecimal }
}

extension DocumentIssue {
    public static func issuedAlready(_ week: Week, edition: Int) -> DocumentIssue {
        DocumentIssue(
            code: "report.issued_already", pointer: "--week",
            rule: Bilingual(
                zh: "\(week.name) 的周报已签发（第\(edition)版）",
                en: "\(week.name) is issued already (edition \(edition))"),
            mend: Bilingual(
                zh: "重印用 goutong report weekly --week \(week.name) --edition \(edition)；查看此后的变动用 "
                    + "goutong report changes --week \(week.name)；确需更新时用 goutong report reissue",
                en:
                    "print it again with goutong report weekly --week \(week.name) --edition \(edition); see what "
                    + "moved since with goutong report changes --week \(week.name); to replace it, use "
                    + "goutong report reissue"))
    }

    public static func notIssued(_ week: Week, at pointer: String = "--week") -> DocumentIssue {
        DocumentIssue(
            code: "report.not_issued", pointer: pointer,
            rule: Bilingual(zh: "\(week.name) 的周报还没有签发", en: "\(week.name) is not issued yet"),
            mend: Bilingual(
                zh: "先用 goutong report issue --week \(week.name) 签发",
                en: "issue it first: goutong report issue --week \(week.name)"))
    }
}
