internal import Funnel
internal import Outreach
internal import PostgresClient

/// Meetings held in some days and what was applied for at them, by groups within groups and township: as deep as
/// meetings have such groups.
struct MeetingTallyQuery {
    let federation: Int
    let at: PostgresTimestamp
    let definition: FunnelDefinition
    let since: Day
    let to: Day
    let groups: FunnelGroups
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    private var outer: FunnelGroups {
        FunnelGroups(Array(groups.levels.prefix(groups.depth(\.isOfMeetings))))
    }

    var sql: SQL {
        let groups = outer
        let columns = GroupColumns(groups: groups)
        let isByCadre = groups.levels.contains(.cadre)
        // Of one cadre the hours are the cadre's own.
        let names: SQL = isByCadre ? ", m.staff_names, m.staff_hours" : ""
        let comma: SQL = groups.levels.isEmpty ? "" : ","
        return """
            WITH held AS MATERIALIZED (
                SELECT m.kind = 'enterprise' AS enterprise, coalesce(a.code, '') AS area, m.applications,
                    \(definition.isMature(on: "m.held_on", by: to)) AS mature,
                    \(GroupColumns.hasHours) AS timed, \(Self.minutes) AS minutes\(names)\(comma)
                    \(columns.columns(day: "m.held_on"))
                FROM goutong.meeting m \(SQL.map(of: to, for: "m.area_id", within: within))
                WHERE m.federation_id = \(federation) AND \(SQL.visible("m", at: at))
                  AND m.held_on BETWEEN \(since) AND \(to) AND \(SQL.within(within, "m.area_id"))
            )
            \(columns.parts(
                { Self.sums(minutes: $0 ? "own" : "minutes") }, from: "held", depth: groups.levels.count,
                spread: { _ in Self.ownHours }
            ))
            """
    }

    private static let minutes: SQL = """
        CASE WHEN cardinality(m.staff_hours) > 0
             THEN (SELECT coalesce(sum(round(h * 60)), 0)::bigint FROM unnest(m.staff_hours) AS h) ELSE 0 END
        """

    /// Each cadre once with the cadre's own minutes.
    private static let ownHours: SQL = """
        (SELECT s.name, coalesce(sum(round(s.hours * 60)), 0)::bigint AS own
         FROM unnest(CASE WHEN cardinality(staff_names) = 0 THEN ARRAY[''] ELSE staff_names END,
            staff_hours) AS s (name, hours)
         GROUP BY s.name)
        """

    /// In the order of `MeetingTally`.
    private static func sums(minutes: String) -> SQL {
        let parts: [SQL] = [
            "count(*) FILTER (WHERE enterprise)", "count(*) FILTER (WHERE NOT enterprise)",
            "coalesce(sum(applications), 0)", "coalesce(sum(\(raw: minutes)) FILTER (WHERE timed), 0)",
            "count(*) FILTER (WHERE NOT timed)", "count(*) FILTER (WHERE enterprise AND mature)",
            "coalesce(sum(\(raw: minutes)) FILTER (WHERE enterprise AND mature AND timed), 0)",
            "coalesce(sum(\(raw: minutes)) FILTER (WHERE NOT enterprise AND timed), 0)",
            "coalesce(sum(applications) FILTER (WHERE NOT enterprise), 0)",
            "coalesce(sum(applications) FILTER (WHERE NOT enterprise AND timed), 0)",
        ]
        return "ARRAY[\(parts.joined(separator: ", "))]::bigint[]"
    }

    func tallies(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [[String]: [String: MeetingTally]] {
        let groups = outer
        let rows = try await connection.query(sql).decode(([String], String, [Int]).self)
        return GroupColumns(groups: groups).rolledUp(
            rows.compactMap { path, township, values in MeetingTally(values).map { (path, township, $0) } },
            depth: groups.levels.count, zero: MeetingTally())
    }
}
