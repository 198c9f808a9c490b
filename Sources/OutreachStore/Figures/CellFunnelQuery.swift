internal import Funnel
internal import Outreach
internal import PostgresClient

/// The default firm funnel, by area, district, week or as a whole: sums of the stored cells and of what
/// `goutong.cell_correction` adds to them, so that the read is exact in its snapshot.
///
/// A cell is of whole windows by all facts. How it may be read at V all the same, which weeks are counted anew, and
/// how an earlier moment is read, is told at that function.
struct CellFunnelQuery {
    let federation: Int
    let at: PostgresTimestamp
    let since: Day
    /// V: the day up to which facts count.
    let to: Day
    let grouping: FunnelGrouping
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    /// nil where cells do not hold what is asked for.
    init?(_ query: FirmFunnelQuery) {
        var definition = query.definition
        // The map is the last day's whatever the definition's boundaries are called.
        definition.boundaries = FunnelDefinition().boundaries
        guard definition == FunnelDefinition() else { return nil }
        switch query.grouping {
        case .none, .area, .district, .week: break
        case .venue, .headcount, .format, .industry, .ownership, .category, .cadre: return nil
        }
        federation = query.federation
        at = query.at
        since = query.since
        to = query.to
        grouping = query.grouping
        within = query.within
    }

    /// What rows are first summed by, so that the map is asked once an area.
    private var key: SQL {
        switch grouping {
        case .area, .district: "area_id"
        case .week: "week_start"
        case .none, .venue, .headcount, .format, .industry, .ownership, .category, .cadre: "NULL::integer"
        }
    }

    private var unit: SQL {
        switch grouping {
        case .area: "coalesce(a.code, '')"
        case .district: "coalesce(a.district_code, '')"
        case .week: "to_char(k.key, 'IYYY-\"W\"IW')"
        case .none, .venue, .headcount, .format, .industry, .ownership, .category, .cadre: "''::text"
        }
    }

    /// The map of V, for rows `k`.
    private var map: SQL {
        switch grouping {
        case .area, .district: SQL.map(of: to, for: "k.key", within: within)
        case .none, .week, .venue, .headcount, .format, .industry, .ownership, .category, .cadre: ""
        }
    }

    /// Each group and all of them; without groups all of them alone.
    private func sets(by column: String? = nil) -> SQL {
        let all: SQL = "(\(raw: column ?? ""))"
        let each: SQL = "(\(raw: ["unit", column].compactMap(\.self).joined(separator: ", "))), "
        return "GROUP BY GROUPING SETS (\(grouping == .none ? "" : each)\(all))"
    }

    /// Of a group, or empty for all of them together.
    private var name: SQL { grouping == .none ? "''::text" : "coalesce(unit, '')" }

    private var isTotal: SQL { grouping == .none ? "true" : "grouping(unit) = 1" }

    /// Rows of the tables that hold at the moment.
    private var isStored: SQL { "NOT (SELECT goutong.reads_ledger(\(federation)::integer, \(at)))" }

    private var sums: SQL {
        """
        sum(met) AS met, sum(at_risk) AS at_risk, sum(intent) AS intent, sum(application) AS application,
        sum(established) AS established, sum(covered) AS covered, sum(exited) AS exited
        """
    }

    private var grouped: SQL { grouping == .none ? "" : "GROUP BY \(key)" }

    /// Stored cells of mature weeks, or of the others, by key.
    private func stored(_ side: SQL, mature: SQL) -> SQL {
        """
        SELECT \(key) AS key, \(mature) AS mature, \(sums), 0::bigint AS expired
        FROM goutong.cell c
        WHERE c.federation_id = \(federation) AND \(isStored)
          AND c.week_start BETWEEN goutong.monday(\(since)) AND \(to) AND c.week_start \(side) \(to) - 96
          AND \(SQL.within(within, "c.area_id"))
        \(grouped)
        """
    }

    var sql: SQL {
        """
        WITH correction AS MATERIALIZED (
            SELECT * FROM goutong.cell_correction(\(federation)::integer, \(at), \(since), \(to),
                \(SQL.areas(within)))
        -- Summed where they stand: rows that are carried together first cost three times as much.
        ), summed AS (
            \(stored("<=", mature: "true"))
            UNION ALL
            \(stored(">", mature: "false"))
            UNION ALL
            SELECT \(key), week_start <= \(to) - 96, \(sums), sum(expired) FROM correction GROUP BY 1, 2
        ), counted AS (
            SELECT \(name) AS unit, \(isTotal) AS is_total, sum(met)::bigint AS met,
                sum(at_risk) FILTER (WHERE mature)::bigint AS at_risk,
                sum(intent) FILTER (WHERE mature)::bigint AS intent,
                sum(application) FILTER (WHERE mature)::bigint AS application,
                sum(established) FILTER (WHERE mature)::bigint AS established,
                sum(intent)::bigint AS converted, sum(covered)::bigint AS covered,
                sum(exited)::bigint AS exited, sum(left_over)::bigint AS left_over,
                sum(CASE WHEN mature THEN left_over ELSE expired END)::bigint AS expired
            FROM (
                SELECT \(unit) AS unit, k.*, k.at_risk - k.intent - k.covered - k.exited AS left_over
                FROM summed k \(map)
            ) placed
            \(sets())
        ), day AS (
            SELECT \(key) AS key, days, sum(firms)::integer AS firms
            FROM (
                SELECT j.area_id, goutong.monday(j.met_on) AS week_start, j.intent_on - j.met_on AS days,
                    1 AS firms
                FROM goutong.journey j
                WHERE j.federation_id = \(federation) AND \(isStored)
                  AND j.status = 'unorganised' AND NOT j.prior_intent AND j.intent_on <= j.met_on + 90
                  AND j.met_on BETWEEN goutong.monday(\(since)) AND goutong.monday(\(to)) + 6
                  AND \(SQL.within(within, "j.area_id"))
                UNION ALL
                SELECT area_id, week_start, days, intent FROM correction WHERE days IS NOT NULL
            ) converter
            GROUP BY 1, 2
        ), spread AS (
            SELECT \(name) AS unit, \(isTotal) AS is_total, days, sum(firms)::integer AS firms
            FROM (SELECT \(unit) AS unit, k.days, k.firms FROM day k \(map)) placed
            \(sets(by: "days")) HAVING sum(firms) <> 0
        ), middle AS (
            -- How many converters took at most so many days, and how many there are.
            SELECT unit, is_total, days,
                sum(firms) OVER (PARTITION BY is_total, unit ORDER BY days) AS up_to,
                sum(firms) OVER (PARTITION BY is_total, unit) AS firms
            FROM spread
        ), median AS (
            SELECT unit, is_total, (min(days) FILTER (WHERE up_to > (firms - 1) / 2)
                + min(days) FILTER (WHERE up_to > firms / 2)) / 2.0::float8 AS days
            FROM middle GROUP BY unit, is_total
        )
        SELECT CASE WHEN NOT is_total THEN unit END, coalesce(c.met, 0), coalesce(c.at_risk, 0),
            coalesce(c.intent, 0), coalesce(c.application, 0), coalesce(c.established, 0),
            coalesce(c.converted, 0), coalesce(c.covered, 0), coalesce(c.exited, 0),
            coalesce(c.left_over - c.expired, 0), coalesce(c.expired, 0), m.days
        FROM counted c LEFT JOIN median m USING (unit, is_total)
        WHERE is_total OR c.met <> 0
        """
    }
}
