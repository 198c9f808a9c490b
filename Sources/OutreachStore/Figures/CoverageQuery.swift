internal import Funnel
internal import Outreach
internal import PostgresClient

/// How many of the firms known to be unorganised were met, by the place that they are registered at on the last
/// day: firms that were met count by their status at the first meeting, the others by the union register and by what
/// was recorded of them since. Who closed or moved away unmet is no longer there to be met.
struct CoverageQuery {
    let federation: Int
    let at: PostgresTimestamp
    /// V: meetings up to it count, from whichever day on.
    let to: Day
    /// Outer levels that are places.
    let groups: FunnelGroups
    /// Whether the list that tells the size of firms never met may be read: the operator may.
    let readsProfiles: Bool
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    var sql: SQL {
        let columns = GroupColumns(groups: groups)
        let comma: SQL = groups.levels.isEmpty ? "" : ","
        return """
            WITH root AS MATERIALIZED (
                SELECT * FROM goutong.firm_root_at(\(federation)::integer, \(at))
            ), entered AS MATERIALIZED (
                SELECT firm_id, met_on, entry_meeting_id, area_id, status
                FROM goutong.journey_entered(\(federation)::integer, \(at), NULL, \(to), NULL)
            ), registered AS (
                SELECT DISTINCT ON (1) coalesce(r.root_id, g.firm_id) AS firm_id, g.area_id
                FROM goutong.firm_registration g LEFT JOIN root r ON r.firm_id = g.firm_id
                WHERE g.federation_id = \(federation) AND \(SQL.visible("g", at: at))
                  AND g.registered_on <= \(to)
                ORDER BY 1, g.registered_on DESC, g.registration_id DESC
            ), away AS (
                -- Of those never met: in a union on the day, or gone.
                SELECT coalesce(r.root_id, c.firm_id) AS firm_id
                FROM goutong.union_coverage c LEFT JOIN root r ON r.firm_id = c.firm_id
                WHERE c.federation_id = \(federation) AND \(SQL.visible("c", at: at))
                  AND c.organised_from <= \(to) AND (c.organised_until IS NULL OR c.organised_until > \(to))
                UNION
                SELECT coalesce(r.root_id, s.firm_id)
                FROM goutong.milestone s LEFT JOIN root r ON r.firm_id = s.firm_id
                WHERE s.federation_id = \(federation) AND \(SQL.visible("s", at: at))
                  AND s.happened_on <= \(to) AND s.kind IN (
                    'established', 'joined_joint_union', 'covered_by_parent', 'closed', 'moved_out')
            ), said AS (
                SELECT DISTINCT ON (e.firm_id) e.firm_id, x.headcount
                FROM entered e
                JOIN \(NestedFunnelQuery.dealings(federation, at: at)) x
                    ON x.meeting_id = e.entry_meeting_id AND x.firm_id = e.firm_id
                ORDER BY e.firm_id, x.record
            ), known AS MATERIALIZED (
                SELECT e.firm_id IS NOT NULL AS met, coalesce(e.status, 'unorganised') AS status,
                    \(headcount) AS headcount, coalesce(a.code, '') AS area\(comma)
                    \(columns.columns(day: "e.met_on"))
                FROM registered g
                FULL JOIN entered e ON e.firm_id = g.firm_id
                LEFT JOIN said ON said.firm_id = e.firm_id
                LEFT JOIN away ON away.firm_id = g.firm_id
                \(profile)
                \(SQL.map(of: to, for: "coalesce(g.area_id, e.area_id)", within: within))
                WHERE (e.firm_id IS NOT NULL OR away.firm_id IS NULL)
                  AND \(SQL.within(within, "coalesce(g.area_id, e.area_id)"))
            )
            \(columns.selections(Self.counts, from: "known", depth: groups.levels.count))
            """
    }

    /// What a firm said when it was met goes before what a list says of it.
    private var headcount: SQL {
        readsProfiles
            ? "CASE WHEN e.firm_id IS NOT NULL THEN said.headcount ELSE p.headcount END" : "NULL::integer"
    }

    private var profile: SQL {
        readsProfiles
            ? """
            LEFT JOIN goutong.firm_profile p ON p.federation_id = \(federation) AND p.firm_id = g.firm_id
                AND \(SQL.visible("p", at: at))
            """ : ""
    }

    private static let counts: SQL = """
        count(*) FILTER (WHERE status = 'unorganised' AND met),
        count(*) FILTER (WHERE status = 'unorganised'),
        count(*) FILTER (WHERE status = 'unknown'),
        coalesce(sum(headcount) FILTER (WHERE status = 'unorganised' AND met), 0)::bigint,
        coalesce(sum(headcount) FILTER (WHERE status = 'unorganised'), 0)::bigint,
        count(*) FILTER (WHERE status = 'unorganised' AND headcount IS NULL)
        """

    func coverage(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [[String]: FunnelCoverage] {
        var found: [[String]: FunnelCoverage] = [:]
        let rows = try await connection.query(sql).decode(
            ([String], Int, Int, Int, Int, Int, Int).self)
        for (path, met, firms, unknown, employeesMet, employees, unstated) in rows {
            found[path] = FunnelCoverage(
                firms: Proportion(x: met, n: firms), unknown: unknown,
                employees: readsProfiles ? Proportion(x: employeesMet, n: employees) : nil,
                unstatedFirms: readsProfiles ? unstated : nil)
        }
        return found
    }
}
