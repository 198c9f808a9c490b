public import Outreach
public import PostgresClient

/// Which edition of a week's report was issued, and what it knows: all that counting is told of it. Who signed and
/// what was printed is the issuer's.
public struct IssuedEdition: Hashable, Sendable {
    public let week: Week
    /// 1 for the first issue, then 2, 3 … for each reissue.
    public let edition: Int
    /// S: what it knows.
    public let moment: PostgresTimestamp
    /// Of the definition of its figures.
    public let definitionHash: String
    /// When it was issued, as ledger time: after S.
    public let issuedAt: PostgresTimestamp

    public var json: JSONValue {
        .object([
            .init("week", .string(week.name)), .init("edition", .integer(edition)),
            .init("replaces", edition > 1 ? .integer(edition - 1) : .null),
            .init("as_known_at", .string(OfficeTime.text(of: moment))),
            .init("definition", .string(definitionHash)),
            .init("issued_at", .string(OfficeTime.text(of: issuedAt))),
        ])
    }

    /// The editions of a week, as one document.
    public static func json(_ editions: [IssuedEdition], of week: Week, in federation: Federation)
        -> JSONValue
    {
        .object([
            .init("week", .string(week.name)), .init("from", .string(week.start.iso)),
            .init("to", .string(week.end.iso)), .init("synthetic", .bool(federation.synthetic)),
            .init("items", .array(editions.map(\.json))),
        ])
    }
}

extension IssuedReports {
    /// The editions of a week, first to last, as far as counting knows them.
    public func known(
        of week: Week, on connection: PostgresConnection
    ) async throws(PostgresError) -> [IssuedEdition] {
        try await connection.query(
            """
            SELECT edition, moment, definition_hash, recorded_at FROM goutong.issued_report
            WHERE federation_id = \(federation.id) AND week_start = \(week.start)
            ORDER BY edition
            """
        ).map { row throws(PostgresError) in
            let (edition, moment, hash, issued) = try row.decode(
                (Int, PostgresTimestamp, String, PostgresTimestamp).self)
            return IssuedEdition(
                week: week, edition: edition, moment: moment, definitionHash: hash, issuedAt: issued)
        }
    }
}

/// An edition that a week has not.
public enum UnknownEdition: Error, Hashable, Sendable {
    case notIssued(Week)
    /// It has the editions from 1 to this one.
    case beyond(last: Int)

    /// The edition that is meant among those of a week.
    /// - Parameters:
    ///   - asked: nil: the last one.
    ///   - last: how many there are; editions are numbered from 1 without a gap.
    public static func number(_ asked: Int?, last: Int, of week: Week) throws(UnknownEdition) -> Int {
        guard last > 0 else { throw .notIssued(week) }
        guard let asked else { return last }
        guard (1...last).contains(asked) else { throw .beyond(last: last) }
        return asked
    }

    /// - Parameter pointer: where a name of a request or an option of a command stands.
    public func issue(at pointer: (_ name: String) -> String) -> DocumentIssue {
        switch self {
        case .notIssued(let week): .notIssued(week, at: pointer("week"))
        case .beyond(let last):
            DocumentIssue(
                code: "report.edition_unknown", pointer: pointer("edition"),
                rule: Bilingual(zh: "没有这一版", en: "there is no such edition"),
                mend: Bilingual(zh: "现有第 1 至 \(last) 版", en: "there are editions 1 to \(last)"))
        }
    }
}
