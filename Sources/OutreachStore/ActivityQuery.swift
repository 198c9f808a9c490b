internal import Funnel
internal import Outreach
internal import PostgresClient

/// Counts every headline measure over several periods at once, for the city and for each area.
///
/// Facts come first, one row a countable thing with its day and area; distinct things are then counted
/// anew in each period, so that no weekly figure is ever added up.
struct ActivityQuery {
    struct Period: Sendable {
        let name: String
        let from: Day
        let to: Day
    }

    /// One count, of the city or of a unit: nine digits for an area, six for a district, nil for what no
    /// area of that day owns.
    struct Count: Sendable {
        let measure: HeadlineMeasure
        let period: String
        let isCity: Bool
        let unit: String?
        let value: Int
    }

    let federation: Int
    let at: PostgresTimestamp
    /// First day of the programme: intents of firms first met earlier are not among its figures.
    let since: Day
    /// The day whose map the areas are.
    let mapDay: Day
    let periods: [Period]
    /// Periods that are also counted by area.
    let areaPeriods: [String]

    var sql: SQL {
        """
        WITH period AS (
            SELECT * FROM unnest(\(periods.map(\.name)), \(periods.map(\.from.postgresValue)), \(periods.map(\.to.postgresValue)))
                AS p (period, first_day, last_day)
        ), journey AS MATERIALIZED (
            SELECT * FROM goutong.journey_at(\(federation)::integer, \(at))
        ), root AS MATERIALIZED (
            SELECT * FROM goutong.firm_root_at(\(federation)::integer, \(at))
        ), met AS MATERIALIZED (
            SELECT coalesce(r.root_id, a.firm_id) AS firm_id, a.meeting_id, a.held_on, a.area_id,
                   a.union_status
            FROM goutong.attendance a LEFT JOIN root r ON r.firm_id = a.firm_id
            WHERE a.federation_id = \(federation) AND \(visible("a"))
        ), meeting AS MATERIALIZED (
            SELECT m.meeting_id, m.kind, m.held_on, m.area_id, m.applications
            FROM goutong.meeting m
            WHERE m.federation_id = \(federation) AND \(visible("m"))
        ), gain AS (
            SELECT coalesce(r.root_id, s.firm_id) AS firm_id, s.kind, s.happened_on,
                   CASE WHEN s.union_form = 'joint' THEN s.union_name END AS joint_name
            FROM goutong.milestone s LEFT JOIN root r ON r.firm_id = s.firm_id
            WHERE s.federation_id = \(federation) AND \(visible("s"))
              AND s.kind IN ('established', 'joined_joint_union', 'covered_by_parent')
        ), gain_place AS (
            -- A joint union is one thing by its name within a district, however many firms it covers.
            SELECT g.*, a.area_id, md5(a.district_code || g.joint_name)::uuid AS joint_union
            FROM gain g
            LEFT JOIN journey j USING (firm_id)
            LEFT JOIN goutong.firm_identity i ON i.federation_id = \(federation)
                AND i.firm_id = g.firm_id AND \(visible("i"))
            LEFT JOIN goutong.area a ON a.area_id = coalesce(j.area_id, i.area_id)
        -- `thing` is given where one thing may stand in several rows and is to be counted once.
        ), fact (measure, thing, day, area_id, weight) AS (
            SELECT kind || '_meetings', NULL::uuid, held_on, area_id, 1 FROM meeting
            UNION ALL
            SELECT 'on_site_applications', NULL, held_on, area_id, applications
            FROM meeting WHERE applications > 0
            UNION ALL
            SELECT 'firm_times', NULL, held_on, area_id, 1 FROM met
            UNION ALL
            SELECT 'firms_met', firm_id, held_on, area_id, 1 FROM met
            UNION ALL
            SELECT 'firms_first_met', NULL, met_on, area_id, 1 FROM journey
            UNION ALL
            SELECT 'founding_intents', NULL, intent_on, area_id, 1
            FROM journey
            WHERE status = 'unorganised' AND intent_on IS NOT NULL AND met_on >= \(since)
            UNION ALL
            SELECT 'unions_established', coalesce(joint_union, firm_id), happened_on,
                   area_id, 1
            FROM gain_place WHERE kind = 'established'
            UNION ALL
            SELECT 'firms_covered', NULL, min(happened_on), min(area_id), 1
            FROM gain_place GROUP BY firm_id
            UNION ALL
            SELECT 'members_admitted', NULL, min(e.happened_on), min(m.area_id), 1
            FROM goutong.applicant_event e
            JOIN goutong.applicant p ON p.federation_id = \(federation)
                AND p.applicant_id = e.applicant_id AND \(visible("p"))
            JOIN meeting m ON m.meeting_id = p.meeting_id
            WHERE e.federation_id = \(federation) AND e.kind = 'admitted' AND \(visible("e"))
            GROUP BY e.applicant_id
        ), standing AS MATERIALIZED (
            SELECT o.area_id, a.code
            FROM goutong.area_on(\(mapDay)) o
            JOIN goutong.area a ON a.area_id = o.standing_id AND a.valid_from <= \(mapDay)
                AND (a.valid_to IS NULL OR a.valid_to > \(mapDay))
        -- Status at the first meeting of the period; since the programme's start, at the first ever.
        ), unorganised (period, area_id) AS (
            SELECT s.period, j.area_id
            FROM (
                SELECT DISTINCT ON (p.period, m.firm_id) p.period, m.firm_id, m.union_status
                FROM met m JOIN period p ON m.held_on BETWEEN p.first_day AND p.last_day
                WHERE p.period NOT IN ('cumulative', 'before')
                ORDER BY p.period, m.firm_id, m.held_on, m.meeting_id
            ) s
            LEFT JOIN journey j USING (firm_id)
            WHERE s.union_status IN ('unorganised', 'preparing')
            UNION ALL
            SELECT p.period, j.area_id
            FROM journey j JOIN period p ON j.met_on BETWEEN p.first_day AND p.last_day
            WHERE p.period IN ('cumulative', 'before') AND j.status = 'unorganised'
        ), summed AS MATERIALIZED (
            SELECT f.measure, v.period, f.code, v.value
            FROM (
                -- One pass over the facts, whatever the number of periods.
                SELECT measure, code, ARRAY[\(sums)] AS sums
                FROM fact LEFT JOIN standing USING (area_id)
                WHERE thing IS NULL GROUP BY measure, code
            ) f
            CROSS JOIN LATERAL unnest(\(periods.map(\.name)), f.sums) AS v (period, value)
            WHERE v.value > 0
            UNION ALL
            SELECT 'unorganised_firms_met', u.period, code, count(*)
            FROM unorganised u LEFT JOIN standing USING (area_id) GROUP BY u.period, code
        ), distinct_thing AS MATERIALIZED (
            SELECT f.measure, p.period, code, f.thing
            FROM fact f
            JOIN period p ON f.day BETWEEN p.first_day AND p.last_day
            LEFT JOIN standing USING (area_id)
            WHERE f.thing IS NOT NULL GROUP BY f.measure, p.period, code, f.thing
        ), leveled AS (
            SELECT measure, period, true AS is_city, NULL AS unit, sum(value) AS value
            FROM summed GROUP BY measure, period
            UNION ALL
            SELECT measure, period, false, code, value FROM summed WHERE period = ANY (\(areaPeriods))
            UNION ALL
            SELECT measure, period, false, left(code, 6), sum(value)
            FROM summed WHERE period = ANY (\(areaPeriods)) AND code IS NOT NULL
            GROUP BY measure, period, left(code, 6)
            UNION ALL
            SELECT measure, period, true, NULL, count(*)
            FROM (SELECT measure, period FROM distinct_thing GROUP BY measure, period, thing) d
            GROUP BY measure, period
            UNION ALL
            SELECT measure, period, false, code, count(*)
            FROM distinct_thing WHERE period = ANY (\(areaPeriods)) GROUP BY measure, period, code
            UNION ALL
            SELECT measure, period, false, district, count(*)
            FROM (
                SELECT measure, period, left(code, 6) AS district FROM distinct_thing
                WHERE period = ANY (\(areaPeriods)) AND code IS NOT NULL
                GROUP BY measure, period, left(code, 6), thing
            ) d
            GROUP BY measure, period, district
        )
        SELECT measure, period, is_city, unit, value::bigint FROM leveled
        UNION ALL
        -- How often a thing stands in more than one area: counted, not inferred from the sums.
        SELECT measure, period, false, '=overlap', sum(areas - 1)::bigint
        FROM (
            SELECT measure, period, count(*) AS areas FROM distinct_thing
            WHERE period = ANY (\(areaPeriods)) GROUP BY measure, period, thing
        ) d
        GROUP BY measure, period
        """
    }

    /// The facts' weight in each period, in the order of `periods`.
    private var sums: SQL {
        periods.map { period -> SQL in
            "sum(weight) FILTER (WHERE day BETWEEN \(period.from) AND \(period.to))"
        }.joined(separator: ", ")
    }

    private func visible(_ alias: String) -> SQL {
        """
        \(raw: alias).recorded_at <= \(at)
        AND (\(raw: alias).superseded_at IS NULL OR \(raw: alias).superseded_at > \(at))
        """
    }

    func counts(on connection: PostgresConnection) async throws(PostgresError) -> [Count] {
        try await connection.query(sql).decode((String, String, Bool, String?, Int).self).compactMap {
            measure, period, isCity, unit, value in
            guard let measure = HeadlineMeasure(rawValue: measure) else { return nil }
            return Count(measure: measure, period: period, isCity: isCity, unit: unit, value: value)
        }
    }
}
