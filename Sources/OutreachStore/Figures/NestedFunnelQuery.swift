internal import Funnel
internal import Outreach
internal import PostgresClient

/// A firm funnel from journeys, by groups within groups, and what the firms of each township add up to beside the
/// counts. For what `JourneyEvaluation.supports`.
struct NestedFunnelQuery {
    /// Without a grouping of its own.
    let funnel: FirmFunnelQuery
    let groups: FunnelGroups

    init(_ funnel: FirmFunnelQuery, by groups: FunnelGroups) {
        var funnel = funnel
        funnel.grouping = .none
        self.funnel = funnel
        self.groups = groups
    }

    private var columns: GroupColumns { GroupColumns(groups: groups) }

    /// Each firm once, with the meeting that it entered at and what it said there: `WITH … firm AS (…)`. Of two
    /// records of one firm at one meeting, merged later, the first id enters, as in `journey_of`.
    private var firms: SQL {
        """
        \(funnel.outcomes), root AS MATERIALIZED (
            SELECT * FROM goutong.firm_root_at(\(funnel.federation)::integer, \(funnel.at))
        ), firm AS MATERIALIZED (
            SELECT DISTINCT ON (f.firm_id) f.firm_id, f.met_on, f.intent_day, f.at_risk, f.mature, f.intent,
                f.application, f.founded, f.outcome, coalesce(a.code, '') AS area, m.headcount,
                m.kind = 'enterprise' AS at_enterprise, \(GroupColumns.hasHours) AS timed\(comma)
                \(columns.columns(day: "f.met_on", firm: ("f.headcount_band", Self.section(of: "m"))))
            FROM outcome f
            JOIN \(Self.dealings(funnel.federation, at: funnel.at, names: groups.levels.contains(.cadre))) m
                ON m.meeting_id = f.entry_meeting_id
            LEFT JOIN root r ON r.firm_id = m.firm_id
            LEFT JOIN goutong.industry s ON s.code = \(raw: Self.division(of: "m"))
            \(columns.register(of: "f.firm_id", in: funnel.federation, at: funnel.at))
            \(SQL.map(of: funnel.to, for: "f.area_id", within: funnel.within))
            WHERE coalesce(r.root_id, m.firm_id) = f.firm_id
            ORDER BY f.firm_id, m.firm_id
        )
        """
    }

    private var comma: SQL { groups.levels.isEmpty ? "" : "," }

    /// Every firm at every meeting, read from end to end: the planner takes journeys for a thousand and would look up
    /// each firm by itself, however many there are.
    ///
    /// - Parameter names: whether the cadres' names are wanted; not every login may read them.
    static func dealings(_ federation: Int, at moment: PostgresTimestamp, names: Bool = false) -> SQL {
        """
        (SELECT x.meeting_id, x.firm_id, x.headcount, x.industry, m.kind, m.venue_kind, m.format,
            m.staff_hours\(raw: names ? ", m.staff_names" : "")
         FROM goutong.attendance x
         JOIN goutong.meeting m USING (federation_id, meeting_id, revision)
         WHERE x.federation_id = \(federation) AND \(SQL.visible("x", at: moment)) OFFSET 0)
        """
    }

    /// A code has its section's letter, or two digits that tell it (GB/T 4754-2017).
    static func section(of row: String) -> String {
        "CASE WHEN \(row).industry ~ '^[A-T]' THEN left(\(row).industry, 1) ELSE s.section END"
    }

    static func division(of row: String) -> String { "left(\(row).industry, 2)" }

    /// The counts of every group of every level.
    var counts: SQL {
        """
        \(firms)
        \(columns.selections(
            { _ in FirmFunnelQuery.counts }, from: "firm", depth: groups.levels.count, township: false
        ))
        """
    }

    /// What a `FirmTally` is made of, by group and township.
    var tallies: SQL {
        let reached: [SQL] = ["true", "intent", "application", "founded"]
        let sizes = reached.map { step -> SQL in
            """
            coalesce(sum(headcount) FILTER (WHERE at_risk AND mature AND \(step)), 0)::bigint,
            count(*) FILTER (WHERE at_risk AND mature AND \(step) AND headcount IS NULL)
            """
        }.joined(separator: ", ")
        let intents = ["at_enterprise", "at_enterprise AND timed", "headcount IS NOT NULL"].map { of -> SQL in
            "count(*) FILTER (WHERE at_risk AND mature AND intent AND \(raw: of))"
        }.joined(separator: ", ")
        let array: SQL = "ARRAY[\(sizes), \(intents)]::bigint[]"
        return """
            \(firms)
            \(columns.selections(
                { _ in array }, from: "firm", depth: groups.levels.count, township: true
            ))
            """
    }

    func counts(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [[String]: FunnelCounts] {
        var found: [[String]: FunnelCounts] = [:]
        for row in try await connection.query(counts) {
            let (
                path, _, met, atRisk, intent, application, established, converted, covered, exited, open,
                expired, median
            ) = try row.decode(
                ([String], String?, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Double?).self)
            found[path] = FunnelCounts(
                FirmFunnelCounts(
                    met: met, atRisk: atRisk, intent: intent, application: application,
                    established: established, converted: converted, covered: covered, exited: exited,
                    open: open, expired: expired, medianDaysToIntent: median))
        }
        return found
    }

    func tallies(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [[String]: [String: FirmTally]] {
        var found: [[String]: [String: FirmTally]] = [:]
        let rows = try await connection.query(tallies).decode(([String], String, [Int]).self)
        for (path, township, values) in rows {
            found[path, default: [:]][township] = FirmTally(values, steps: 3)
        }
        return found
    }
}
