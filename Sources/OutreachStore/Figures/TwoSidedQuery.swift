internal import Funnel
internal import Outreach
internal import PostgresClient

/// Both sides of dual communication joined on the firm, and what was asked and proposed. For whoever may see for
/// which employer somebody applied, and what was said: those who only count may not.
struct TwoSidedQuery {
    let federation: Int
    let at: PostgresTimestamp
    let since: Day
    let week: Week
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    private func visible(_ alias: String) -> SQL { .visible(alias, at: at) }

    /// Firms unorganised at their first meeting, with their intent and their applicants.
    private var firms: SQL {
        """
        WITH root AS MATERIALIZED (SELECT * FROM goutong.firm_root_at(\(federation)::integer, \(at))),
        applied AS (
            SELECT coalesce(r.root_id, p.employer_firm_id) AS firm_id, count(*) AS persons
            FROM goutong.applicant p
            JOIN goutong.meeting m ON m.federation_id = \(federation)
                AND m.meeting_id = p.meeting_id AND m.revision = p.revision
            LEFT JOIN root r ON r.firm_id = p.employer_firm_id
            WHERE p.federation_id = \(federation) AND p.employer_firm_id IS NOT NULL AND \(visible("p"))
              AND m.held_on BETWEEN \(since) AND \(week.end)
            GROUP BY 1
        ), firm AS (
            SELECT j.firm_id, j.area_id, coalesce(j.intent_on <= \(week.end), false) AS intent,
                coalesce(a.persons, 0) AS persons,
                coalesce(least(j.first_established_on, j.covered_on, j.organised_on) <= \(week.end), false)
                    AS organised
            FROM goutong.journey_entered(\(federation)::integer, \(at), \(since), \(week.end),
                \(SQL.areas(within))) j
            LEFT JOIN applied a USING (firm_id)
            WHERE j.status = 'unorganised'
        )
        """
    }

    func view(on connection: PostgresConnection) async throws(PostgresError) -> TwoSidedView {
        let size = TwoSidedView.committeeSize
        let rows = try await connection.pipeline([
            """
            \(firms)
            SELECT intent, (persons > 0)::integer + (persons >= \(size))::integer, count(*),
                sum(persons)::bigint
            FROM firm GROUP BY 1, 2
            """,
            """
            \(firms)
            SELECT coalesce(i.name, i.uscc), coalesce(a.code, ''), f.persons, f.intent
            FROM firm f
            JOIN goutong.firm_identity i ON i.federation_id = \(federation) AND i.firm_id = f.firm_id
                AND \(visible("i"))
            \(SQL.map(of: week.end, for: "f.area_id", within: within))
            WHERE f.persons >= \(size) AND NOT f.organised
            ORDER BY f.persons DESC, 2, f.firm_id
            """,
        ])
        let sides = TwoSidedView.Applicants.allCases
        return TwoSidedView(
            cells: try rows[0].decode((Bool, Int, Int, Int).self).map {
                .init(hasIntent: $0.0, applicants: sides[min($0.1, 2)], firms: $0.2, persons: $0.3)
            },
            ready: try rows[1].decode((String, String, Int, Bool).self).map {
                .init(firm: $0.0, areaCode: $0.1, persons: $0.2, hasIntent: $0.3)
            })
    }

    func opinions(on connection: PostgresConnection) async throws(PostgresError) -> [OpinionTopic] {
        try await connection.query(
            """
            SELECT said.source, said.topic,
                count(*) FILTER (WHERE said.held_on >= \(week.start)), count(*) AS times,
                CASE said.source WHEN 'opinion'
                    THEN count(*) FILTER (WHERE said.answered_on <= \(week.end)) END
            FROM (
                SELECT 'opinion' AS source, nullif(btrim(o.topic), '') AS topic, m.held_on, o.answered_on
                FROM goutong.opinion o
                JOIN goutong.meeting m ON m.federation_id = \(federation)
                    AND m.meeting_id = o.meeting_id AND m.revision = o.revision
                WHERE o.federation_id = \(federation) AND \(visible("o"))
                  AND m.held_on BETWEEN \(since) AND \(week.end) AND \(SQL.within(within, "m.area_id"))
                UNION ALL
                SELECT 'question', nullif(btrim(q.asked), ''), a.held_on, NULL
                FROM goutong.attendance a CROSS JOIN LATERAL unnest(a.questions) AS q (asked)
                WHERE a.federation_id = \(federation) AND \(visible("a"))
                  AND a.held_on BETWEEN \(since) AND \(week.end) AND \(SQL.within(within, "a.area_id"))
            ) said
            GROUP BY 1, 2 ORDER BY 1, times DESC, 2
            """
        ).map { row throws(PostgresError) in
            let (source, topic, week, cumulative, answered) = try row.decode(
                (String, String?, Int, Int, Int?).self)
            return OpinionTopic(
                source: OpinionTopic.Source(rawValue: source) ?? .opinion, topic: topic, week: week,
                cumulative: cumulative, answered: answered)
        }
    }
}
