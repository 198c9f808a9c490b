public import Outreach
public import PostgresClient

/// Recomputes every journey and every cell of a federation from its ledger, and compares what is stored, in one
/// statement and so in one snapshot.
///
/// A firm that is queued is not a difference: its journey, and its share in a cell, are compared with themselves. Nor
/// is a cell that counts nobody any more. Memory on this side grows with what is found alone.
public enum FiguresCheck {
    /// One column of one row that is not what the ledger says.
    public struct Difference: Hashable, Sendable {
        public enum Row: Hashable, Sendable {
            case journey(FirmID)
            /// By the code of its area's version, which the id tells apart from others of that code.
            case cell(area: String, id: Int, week: Day)
        }

        public let row: Row
        public let column: String
        /// As PostgreSQL writes it; nil where there is nothing.
        public let stored: String?
        public let recomputed: String?

        public init(row: Row, column: String, stored: String?, recomputed: String?) {
            self.row = row
            self.column = column
            self.stored = stored
            self.recomputed = recomputed
        }
    }

    /// Journeys in order of their firms, then cells in order of area and week. Empty when all is well.
    public static func differences(
        federation: Federation, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Difference] {
        try await connection.query(sql(of: federation.id)).map { row throws(PostgresError) in
            let (firm, area, id, week, column, stored, recomputed) = try row.decode(
                (FirmID?, String?, Int?, Day?, String, String?, String?).self)
            let of: Difference.Row =
                if let firm { .journey(firm) } else {
                    .cell(area: area ?? "", id: id ?? 0, week: week ?? Day(ordinal: 0))
                }
            return Difference(row: of, column: column, stored: stored, recomputed: recomputed)
        }
    }

    private static func sql(of federation: Int) -> SQL {
        """
        WITH waiting AS MATERIALIZED (
            SELECT unnest(goutong.stale_firms(\(federation)::integer, 'infinity', NULL)) AS firm_id
        ), stored AS MATERIALIZED (
            SELECT j.*, EXISTS (SELECT FROM waiting w WHERE w.firm_id = j.firm_id) AS waits
            FROM goutong.journey j WHERE j.federation_id = \(federation)
        ), derived AS MATERIALIZED (
            SELECT o.* FROM goutong.journey_of(\(federation)::integer, 'infinity', NULL) o
            WHERE NOT EXISTS (SELECT FROM waiting w WHERE w.firm_id = o.firm_id)
        ), touched AS (
            -- A journey holds from the last fact about the firm on, if not later.
            SELECT t.firm_id, max(greatest(t.recorded_at, t.superseded_at)) AS known
            FROM (\(facts(of: federation))) t GROUP BY t.firm_id
        ), journey AS (
            SELECT firm_id, v.name, v.stored, v.recomputed
            FROM (SELECT * FROM stored WHERE NOT waits) s FULL JOIN derived o USING (firm_id)
            LEFT JOIN touched t USING (firm_id)
            CROSS JOIN LATERAL (VALUES \(pairs)) AS v (name, stored, recomputed)
            WHERE (s.firm_id IS NULL OR (\(columns("s"))) IS DISTINCT FROM (\(columns("o")))
                OR s.known_until < t.known)
              AND v.stored IS DISTINCT FROM v.recomputed
        ), share AS (
            SELECT met_on, area_id, status, prior_intent, intent_on, application_on, established_on,
                covered_on, lost_on, organised_on
            FROM derived
            UNION ALL
            SELECT met_on, area_id, status, prior_intent, intent_on, application_on, established_on,
                covered_on, lost_on, organised_on
            FROM stored WHERE waits AND met_on IS NOT NULL
        ), expected AS (
            SELECT j.area_id, s.week_start, count(*) AS met, sum(s.unorganised) AS unorganised,
                sum(s.at_risk) AS at_risk, sum(s.intent) AS intent, sum(s.application) AS application,
                sum(s.established) AS established, sum(s.covered) AS covered, sum(s.exited) AS exited,
                max(s.last_on) AS last_on
            FROM share j
            CROSS JOIN LATERAL goutong.cell_share(j.met_on, j.status, j.prior_intent, j.intent_on,
                j.application_on, j.established_on, j.covered_on, j.lost_on, j.organised_on,
                j.met_on + 90) s
            GROUP BY j.area_id, s.week_start
        ), cell AS (
            SELECT area_id, week_start, v.name, v.stored, v.recomputed
            FROM (SELECT * FROM goutong.cell WHERE federation_id = \(federation)) c
            FULL JOIN expected x USING (area_id, week_start)
            CROSS JOIN LATERAL (VALUES \(cellPairs)) AS v (name, stored, recomputed)
            WHERE coalesce(v.stored, 0) <> coalesce(v.recomputed, 0)
            UNION ALL
            SELECT area_id, week_start, 'last_on', c.last_on - date '1970-01-01',
                x.last_on - date '1970-01-01'
            FROM goutong.cell c JOIN expected x USING (area_id, week_start)
            WHERE c.federation_id = \(federation) AND c.last_on < x.last_on
        )
        SELECT firm_id, NULL::text AS code, NULL::integer AS area_id, NULL::date AS week_start, name,
            stored, recomputed
        FROM journey
        UNION ALL
        SELECT NULL, a.code, c.area_id, c.week_start, c.name,
            CASE WHEN c.name = 'last_on' THEN (date '1970-01-01' + c.stored::integer)::text
                 ELSE c.stored::text END,
            CASE WHEN c.name = 'last_on' THEN (date '1970-01-01' + c.recomputed::integer)::text
                 ELSE c.recomputed::text END
        FROM cell c LEFT JOIN goutong.area a USING (area_id)
        ORDER BY 1, 2, 3, 4, 5
        """
    }

    /// Stamps of whatever is about a firm; of a merge, both firms.
    private static func facts(of federation: Int) -> SQL {
        let tables: [(table: String, column: String)] = [
            ("attendance", "firm_id"), ("milestone", "firm_id"), ("union_coverage", "firm_id"),
            ("firm_registration", "firm_id"), ("firm_merge", "duplicate_id"), ("firm_merge", "kept_id"),
        ]
        return tables.map { table, column -> SQL in
            """
            SELECT \(identifier: column) AS firm_id, recorded_at, superseded_at
            FROM goutong.\(identifier: table) WHERE federation_id = \(federation)
            """
        }.joined(separator: " UNION ALL ")
    }

    // MARK: Columns

    private static let journeyColumns = [
        "met_on", "entry_meeting_id", "area_id", "registered_area_id", "headcount_band", "status",
        "prior_intent", "intent_on", "application_on", "established_on", "first_application_on",
        "first_established_on", "lost_on", "organised_on", "covered_on",
    ]

    private static let cellColumns = [
        "met", "unorganised", "at_risk", "intent", "application", "established", "covered", "exited",
    ]

    private static func columns(_ alias: String) -> SQL {
        SQL(raw: journeyColumns.map { "\(alias).\($0)" }.joined(separator: ", "))
    }

    private static var pairs: SQL {
        let known = "('known_until', s.known_until::text, greatest(s.known_until, t.known)::text)"
        return SQL(
            raw: (journeyColumns.map { "('\($0)', s.\($0)::text, o.\($0)::text)" } + [known])
                .joined(separator: ", "))
    }

    private static var cellPairs: SQL {
        SQL(raw: cellColumns.map { "('\($0)', c.\($0)::bigint, x.\($0)::bigint)" }.joined(separator: ", "))
    }
}
