internal import Funnel
internal import Outreach
internal import PostgresClient

/// Counts every headline measure but the members admitted (`ApplicantQuery`) over several periods in one
/// pass: for the city alone, or for the city, its districts and their areas.
///
/// Facts come first, one row a countable thing with its day and area; distinct things are then counted
/// anew in each period and unit, so that no distinct figure is ever added up.
struct ActivityQuery {
    struct Period: Sendable {
        let from: Day
        let to: Day
        /// Whether it runs from the programme's start: a firm's status is then that of its first contact
        /// ever, else that of its first meeting in the period.
        let isSinceStart: Bool
    }

    /// The counts of one measure in one place, in the order of the periods.
    struct Count: Sendable {
        let measure: HeadlineMeasure
        let place: Place
        let values: [Int]
    }

    enum Place: Hashable, Sendable {
        case city
        /// Six digits for a district, nine for an area.
        case unit(String)
        /// What no area of the day owns.
        case unassigned
        /// How often a thing stands in one more area: counted, not inferred from the sums.
        case overlap

        init?(level: String, unit: String?) {
            switch (level, unit) {
            case ("city", _): self = .city
            case ("overlap", _): self = .overlap
            case ("area", nil): self = .unassigned
            case (_, let unit?): self = .unit(unit)
            // What no area owns is in no district.
            default: return nil
            }
        }
    }

    let federation: Int
    let at: PostgresTimestamp
    /// First day of the programme: intents of firms first met earlier are not among its figures.
    let since: Day
    let periods: [Period]
    /// Versions of areas: what they own stands for the city. Firms' journeys are the whole federation's all the
    /// same. nil: everywhere.
    var within: [Int]?

    /// The city alone.
    func cityCounts(on connection: PostgresConnection) async throws(PostgresError) -> [Count] {
        try await counts(
            """
            \(facts)
            SELECT measure, 'city', NULL, ARRAY[\(sums())]::integer[] FROM counted GROUP BY measure
            UNION ALL
            SELECT measure, 'city', NULL, ARRAY[\(counts("DISTINCT thing"))]::integer[]
            FROM (SELECT measure, thing, \(bits) AS bits FROM thing) t GROUP BY measure
            """, on: connection)
    }

    /// The city, its districts and their areas, as the map of a day has them.
    func counts(
        map day: Day, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Count] {
        try await counts(
            """
            \(facts), standing AS MATERIALIZED (
                SELECT o.area_id, a.code, a.district_code
                FROM goutong.area_on(\(day)) o
                JOIN goutong.area a ON a.area_id = o.standing_id AND a.valid_from <= \(day)
                    AND (a.valid_to IS NULL OR a.valid_to > \(day))
            ), summed AS (
                SELECT measure, area_id, \(sums(named: true))
                FROM counted GROUP BY measure, area_id
            ), thing_place AS MATERIALIZED (
                SELECT t.measure, s.code, s.district_code, t.thing, bit_or(\(bits)) AS bits
                FROM thing t LEFT JOIN standing s USING (area_id)
                GROUP BY t.measure, s.code, s.district_code, t.thing
            ), thing_reach AS MATERIALIZED (
                SELECT measure, bit_or(bits) AS bits, ARRAY[\(counts("*"))] AS areas
                FROM thing_place GROUP BY measure, thing
            )
            SELECT f.measure,
                CASE grouping(s.code, s.district_code)
                    WHEN 3 THEN 'city' WHEN 2 THEN 'district' ELSE 'area' END,
                coalesce(s.code, s.district_code), ARRAY[\(totals)]::integer[]
            FROM summed f LEFT JOIN standing s USING (area_id)
            GROUP BY GROUPING SETS ((f.measure), (f.measure, s.district_code), (f.measure, s.code))
            UNION ALL
            SELECT measure, 'area', code, ARRAY[\(counts("*"))]::integer[] FROM thing_place GROUP BY measure, code
            UNION ALL
            SELECT measure, 'district', district_code, ARRAY[\(counts("*"))]::integer[]
            FROM (
                SELECT measure, district_code, bit_or(bits) AS bits
                FROM thing_place GROUP BY measure, district_code, thing
            ) d
            GROUP BY measure, district_code
            UNION ALL
            SELECT measure, 'city', NULL, ARRAY[\(counts("*"))]::integer[] FROM thing_reach GROUP BY measure
            UNION ALL
            SELECT measure, 'overlap', NULL, ARRAY[\(overlaps)]::integer[]
            FROM thing_reach GROUP BY measure
            """, on: connection)
    }

    private func counts(
        _ sql: SQL, on connection: PostgresConnection
    ) async throws(PostgresError) -> [Count] {
        try await connection.query(sql).decode((String, String, String?, [Int]).self).compactMap {
            measure, level, unit, values in
            guard let measure = HeadlineMeasure(rawValue: measure),
                let place = Place(level: level, unit: unit)
            else { return nil }
            return Count(measure: measure, place: place, values: values)
        }
    }

    // MARK: Facts

    /// What the counted facts are made of: firms with their journeys, meetings, foundings with their places.
    var sources: SQL {
        """
        WITH journey AS MATERIALIZED (
            SELECT * FROM goutong.journey_entered(
                \(federation)::integer, \(at), NULL, NULL, \(SQL.areas(within)))
        ), root AS MATERIALIZED (
            SELECT * FROM goutong.firm_root_at(\(federation)::integer, \(at))
        ), own AS MATERIALIZED (
            -- Firms that count here, and all that are counted as one of them.
            SELECT firm_id FROM journey
            UNION
            SELECT r.firm_id FROM root r JOIN journey j ON j.firm_id = r.root_id
        ), met AS MATERIALIZED (
            SELECT a.*,
                lag(a.held_on) OVER (PARTITION BY a.firm_id ORDER BY a.held_on, a.meeting_id) AS earlier
            FROM (
                SELECT coalesce(r.root_id, a.firm_id) AS firm_id, a.meeting_id, a.held_on, a.area_id,
                       a.union_status
                FROM (\(attendances)) a LEFT JOIN root r ON r.firm_id = a.firm_id
            ) a
        ), meeting AS MATERIALIZED (
            SELECT m.meeting_id, m.kind, m.held_on, m.area_id, m.applications
            FROM goutong.meeting m
            WHERE m.federation_id = \(federation) AND \(SQL.visible("m", at: at))
              AND \(SQL.within(within, "m.area_id"))
        ), gain AS (
            SELECT coalesce(r.root_id, s.firm_id) AS firm_id, s.kind, s.happened_on, s.milestone_id,
                   CASE WHEN s.union_form = 'joint' THEN s.union_name END AS joint_name
            FROM goutong.milestone s LEFT JOIN root r ON r.firm_id = s.firm_id
            WHERE s.federation_id = \(federation) AND \(SQL.visible("s", at: at))
              AND s.kind IN ('established', 'joined_joint_union', 'covered_by_parent') AND \(isGainHere)
        ), gain_place AS (
            -- A joint union is one thing by its name within a district, however many firms it covers.
            SELECT g.*, a.area_id, md5(a.district_code || g.joint_name)::uuid AS joint_union
            FROM gain g
            LEFT JOIN journey j USING (firm_id)
            LEFT JOIN goutong.firm_identity i ON i.federation_id = \(federation)
                AND i.firm_id = g.firm_id AND \(SQL.visible("i", at: at)) AND \(isUnmet)
            LEFT JOIN goutong.area a ON a.area_id = coalesce(j.area_id, i.area_id)
        )
        """
    }

    private var facts: SQL {
        """
        \(sources),
        -- What stands in one row each. `earlier` is the day of the thing's row before: where there is
        -- one, this row counts in the periods that begin later. `of_entry` is true where a row is for the
        -- periods since the start alone, false where it is for the others.
        fact (measure, day, earlier, of_entry, area_id, weight) AS (
            SELECT kind || '_meetings', held_on, NULL::date, NULL::boolean, area_id, 1 FROM meeting
            UNION ALL
            SELECT 'on_site_applications', held_on, NULL, NULL, area_id, applications
            FROM meeting WHERE applications > 0
            UNION ALL
            SELECT 'firm_times', held_on, NULL, NULL, area_id, 1 FROM met
            UNION ALL
            SELECT 'firms_first_met', met_on, NULL, NULL, area_id, 1 FROM journey
            UNION ALL
            SELECT 'unorganised_firms_met', met_on, NULL, true, area_id, 1
            FROM journey WHERE status = 'unorganised'
            UNION ALL
            SELECT 'unorganised_firms_met', m.held_on, m.earlier, false, j.area_id, 1
            FROM met m LEFT JOIN journey j USING (firm_id)
            WHERE m.union_status IN ('unorganised', 'preparing')
            UNION ALL
            SELECT 'founding_intents', intent_on, NULL, NULL, area_id, 1
            FROM journey
            WHERE status = 'unorganised' AND intent_on IS NOT NULL AND met_on >= \(since)
            UNION ALL
            SELECT 'firms_covered', min(happened_on), NULL, NULL, min(area_id), 1
            FROM gain_place GROUP BY firm_id
        -- Summed by the mask first: it is long, and the sums of each period would work it out again.
        ), counted AS (
            SELECT measure, area_id, \(masks) AS mask, sum(weight) AS weight
            FROM fact WHERE \(SQL.within(within, "area_id")) GROUP BY measure, area_id, mask
        -- What may stand in several rows and counts once.
        ), thing (measure, thing, day, area_id) AS (
            SELECT 'firms_met', firm_id, held_on, area_id FROM met WHERE \(SQL.within(within, "area_id"))
            UNION ALL
            SELECT 'unions_established', coalesce(joint_union, firm_id), happened_on, area_id
            FROM gain_place WHERE kind = 'established' AND \(SQL.within(within, "area_id"))
        )
        """
    }

    /// Every attendance; of a scope, those in it and wherever else its firms were met, by index.
    private var attendances: SQL {
        let columns: SQL = "a.firm_id, a.meeting_id, a.held_on, a.area_id, a.union_status"
        let known: SQL = "a.federation_id = \(federation) AND \(SQL.visible("a", at: at))"
        guard let within else { return "SELECT \(columns) FROM goutong.attendance a WHERE \(known)" }
        return """
            SELECT \(columns) FROM goutong.attendance a WHERE \(known) AND a.area_id = ANY (\(within))
            UNION ALL
            SELECT \(columns) FROM own JOIN goutong.attendance a USING (firm_id)
            WHERE \(known) AND a.area_id <> ALL (\(within))
            """
    }

    /// Whether a milestone can be of a firm that counts here: met here first, or registered here.
    private var isGainHere: SQL {
        within.map { areas in
            """
            s.firm_id IN (
                SELECT firm_id FROM own
                UNION
                SELECT i.firm_id FROM goutong.firm_identity i
                WHERE i.federation_id = \(federation) AND i.area_id = ANY (\(areas))
                UNION
                SELECT r.firm_id
                FROM root r JOIN goutong.firm_identity i ON i.firm_id = r.root_id
                WHERE i.federation_id = \(federation) AND i.area_id = ANY (\(areas)))
            """
        } ?? "true"
    }

    /// Whether a firm without a journey here has none anywhere: then its registration tells its place.
    private var isUnmet: SQL {
        guard within != nil else { return "true" }
        return """
            NOT EXISTS (
                SELECT FROM goutong.attendance a
                WHERE a.federation_id = \(federation) AND a.firm_id = g.firm_id
                  AND \(SQL.visible("a", at: at)))
            AND NOT EXISTS (
                SELECT FROM root r JOIN goutong.attendance a ON a.firm_id = r.firm_id
                WHERE r.root_id = g.firm_id AND a.federation_id = \(federation)
                  AND \(SQL.visible("a", at: at)))
            """
    }

    // MARK: One expression a period

    /// The periods that a fact counts in, as bits.
    private var masks: SQL {
        periods.enumerated().map { index, period -> SQL in
            let rule: SQL = period.isSinceStart ? "of_entry IS NOT false" : "of_entry IS NOT true"
            return """
                (day BETWEEN \(period.from) AND \(period.to) AND \(rule)
                    AND (earlier IS NULL OR earlier < \(period.from)))::integer * \(raw: "\(1 << index)")
                """
        }.joined(separator: " + ")
    }

    /// The facts' weight in each period.
    private func sums(named: Bool = false) -> SQL {
        periods.indices.map { index -> SQL in
            let sum: SQL =
                "coalesce(sum(weight) FILTER (WHERE mask & \(raw: "\(1 << index)") <> 0), 0)::integer"
            return named ? "\(sum) AS \(identifier: "sum\(index)")" : sum
        }.joined(separator: ", ")
    }

    private var totals: SQL {
        periods.indices.map { index -> SQL in "sum(\(identifier: "sum\(index)"))" }
            .joined(separator: ", ")
    }

    /// The periods that a day lies in, as bits.
    private var bits: SQL {
        periods.enumerated().map { index, period -> SQL in
            "(day BETWEEN \(period.from) AND \(period.to))::integer * \(raw: "\(1 << index)")"
        }.joined(separator: " + ")
    }

    /// How many rows have each period's bit.
    private func counts(_ what: String) -> SQL {
        periods.indices.map { index -> SQL in
            "count(\(raw: what)) FILTER (WHERE bits & \(raw: "\(1 << index)") <> 0)"
        }.joined(separator: ", ")
    }

    private var overlaps: SQL {
        periods.indices.map { index -> SQL in
            """
            coalesce(sum(areas[\(raw: "\(index + 1)")] - 1)
                FILTER (WHERE bits & \(raw: "\(1 << index)") <> 0), 0)
            """
        }.joined(separator: ", ")
    }
}
