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
                f.application, f.founded, f.outcome, coalesce(a.code, '') AS area, x.headcount,
                m.kind = 'enterprise' AS at_enterprise, \(GroupColumns.hasHours) AS timed\(comma)
                \(columns.columns(day: "f.met_on", firm: ("f.headcount_band", Self.section(of: "x"))))
            FROM outcome f
            JOIN \(Self.dealings(funnel.federation, at: funnel.at)) x
                ON x.meeting_id = f.entry_meeting_id AND x.firm_id = f.firm_id
            JOIN \(meetings) m ON m.meeting_id = f.entry_meeting_id
            LEFT JOIN goutong.industry s ON s.code = \(raw: Self.division(of: "x"))
            \(columns.register(of: "f.firm_id", in: funnel.federation, at: funnel.at))
            \(SQL.map(of: funnel.to, for: "f.area_id", within: funnel.within))
            ORDER BY f.firm_id, x.record
        )
        """
    }

    private var comma: SQL { groups.levels.isEmpty ? "" : "," }

    /// Every firm at every meeting as the firm that it is counted as, read from end to end: the planner takes journeys
    /// for a thousand and would look up each firm by itself, however many there are. Beside a table `root`.
    static func dealings(_ federation: Int, at moment: PostgresTimestamp) -> SQL {
        """
        (SELECT x.meeting_id, coalesce(r.root_id, x.firm_id) AS firm_id, x.firm_id AS record, x.headcount, x.industry
         FROM goutong.attendance x LEFT JOIN root r ON r.firm_id = x.firm_id
         WHERE x.federation_id = \(federation) AND \(SQL.visible("x", at: moment)) OFFSET 0)
        """
    }

    /// The same of meetings. Cadres' names only where they are wanted: not every login may read them.
    private var meetings: SQL {
        """
        (SELECT m.meeting_id, m.kind, m.venue_kind, m.format, m.staff_hours\(
            raw: groups.levels.contains(.cadre) ? ", m.staff_names" : "")
         FROM goutong.meeting m
         WHERE m.federation_id = \(funnel.federation) AND \(SQL.visible("m", at: funnel.at)) OFFSET 0)
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
        \(columns.selections(Self.counted, from: "firm", depth: groups.levels.count))
        """
    }

    /// What a `FirmTally` is made of, by group and township.
    var tallies: SQL {
        """
        \(firms)
        \(columns.parts({ _ in Self.summed }, from: "firm", depth: groups.levels.count))
        """
    }

    /// Both, from firms that are looked up once: the counts first have no township, and a median.
    var whole: SQL {
        """
        \(firms)
        \(columns.selections("NULL::text, \(Self.counted)", from: "firm", depth: groups.levels.count))
        UNION ALL
        \(columns.parts({ _ in "\(Self.summed), NULL::float8" }, from: "firm", depth: groups.levels.count))
        """
    }

    private static let counted: SQL =
        "ARRAY[\(FirmFunnelQuery.tally.joined(separator: ", "))]::bigint[], \(FirmFunnelQuery.median)"

    private static let summed: SQL = {
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
        return "ARRAY[\(sizes), \(intents)]::bigint[]"
    }()

    func counts(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [[String]: FunnelCounts] {
        let rows = try await connection.query(counts).decode(([String], [Int], Double?).self)
        return Self.counts(rows)
    }

    func tallies(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [[String]: [String: FirmTally]] {
        sums(try await connection.query(tallies).decode(([String], String, [Int]).self))
    }

    /// Counts and tallies.
    func whole(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> (
        counts: [[String]: FunnelCounts], tallies: [[String]: [String: FirmTally]]
    ) {
        let rows = try await connection.query(whole).decode(([String], String?, [Int], Double?).self)
        return (
            Self.counts(rows.compactMap { $0.1 == nil ? ($0.0, $0.2, $0.3) : nil }),
            sums(rows.compactMap { row in row.1.map { (row.0, $0, row.2) } })
        )
    }

    private static func counts(
        _ rows: [(path: [String], tally: [Int], median: Double?)]
    ) -> [[String]: FunnelCounts] {
        var found: [[String]: FunnelCounts] = [:]
        for (path, tally, median) in rows {
            found[path] = FirmFunnelCounts(tally, median: median).map(FunnelCounts.init)
        }
        return found
    }

    private func sums(
        _ rows: [(path: [String], township: String, tally: [Int])]
    ) -> [[String]: [String: FirmTally]] {
        columns.rolledUp(
            rows.compactMap { path, township, values in
                FirmTally(values, steps: 3).map { (path, township, $0) }
            }, depth: groups.levels.count, zero: FirmTally(steps: 3))
    }
}

extension FirmFunnelCounts {
    /// In the order of `FirmFunnelQuery.tally`.
    fileprivate init?(_ tally: [Int], median: Double?) {
        guard tally.count == 10 else { return nil }
        self.init(
            met: tally[0], atRisk: tally[1], intent: tally[2], application: tally[3], established: tally[4],
            converted: tally[5], covered: tally[6], exited: tally[7], open: tally[8], expired: tally[9],
            medianDaysToIntent: median)
    }
}
