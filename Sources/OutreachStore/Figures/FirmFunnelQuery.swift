internal import Funnel
internal import Outreach
internal import PostgresClient

/// Evaluates a firm funnel (SPEC §2.2), grouped as asked: counts only. From cells where they hold what is asked for
/// (`CellFunnelQuery`), else from journeys.
///
/// What `JourneyEvaluation.supports` names, with every window; the rest takes `FunnelEvaluator` over the
/// ledger.
struct FirmFunnelQuery {
    let federation: Int
    let at: PostgresTimestamp
    let definition: FunnelDefinition
    let since: Day
    /// V: the day up to which facts count.
    let to: Day
    /// One that a journey and its meeting tell (`answers`).
    var grouping: FunnelGrouping
    /// Versions of areas; nil: everywhere.
    var within: [Int]?

    /// Last day of a firm's window; far in the future where there is none.
    private var windowEnd: SQL {
        switch definition.window {
        case .days(let days): "(j.met_on + \(days)::integer)"
        case .unlimited: "date '9999-12-31'"
        }
    }

    private var mature: SQL { definition.isMature(on: "j.met_on", by: to) }

    /// Days of steps 2, 3 and 4, before the window is applied.
    private var stepDays: SQL {
        switch definition.order {
        case .implied:
            """
            least(j.intent_on, j.first_application_on, j.first_established_on),
            least(j.first_application_on, j.first_established_on),
            j.first_established_on
            """
        case .any:
            // `greatest` passes over what is null: each day must be there.
            """
            j.intent_on,
            CASE WHEN j.intent_on <= j.horizon AND j.first_application_on <= j.horizon
                 THEN greatest(j.intent_on, j.first_application_on) END,
            CASE WHEN j.intent_on <= j.horizon AND j.first_application_on <= j.horizon
                      AND j.first_established_on <= j.horizon
                 THEN greatest(j.intent_on, j.first_application_on, j.first_established_on) END
            """
        case .ordered, .strict: "j.intent_on, j.application_on, j.established_on"
        }
    }

    /// Whether it can group so; the rest is `NestedFunnelQuery`'s.
    static func answers(_ grouping: FunnelGrouping) -> Bool {
        switch grouping {
        case .none, .area, .district, .week, .venue, .headcount: true
        case .format, .industry, .ownership, .category, .cadre: false
        }
    }

    private var group: SQL {
        switch grouping {
        case .none, .format, .industry, .ownership, .category, .cadre: "''::text"
        case .area: "coalesce(a.code, '')"
        case .district: "coalesce(a.district_code, '')"
        case .week: "to_char(j.met_on, 'IYYY-\"W\"IW')"
        case .venue: "m.venue_kind"
        case .headcount: "coalesce(j.headcount_band, '')"
        }
    }

    /// Each group and all of them; without groups all of them alone.
    private var groupingSets: SQL {
        grouping == .none ? "GROUP BY ()" : "GROUP BY GROUPING SETS ((unit), ())"
    }

    /// Of all groups together it is null.
    private var unit: SQL { grouping == .none ? "NULL::text" : "unit" }

    /// The tables that the group is read from, beside the journey.
    private var groupSource: SQL {
        switch grouping {
        case .none, .week, .headcount, .format, .industry, .ownership, .category, .cadre: ""
        case .area, .district:
            SQL.map(of: to, for: "j.area_id", within: within)
        case .venue:
            """
            JOIN goutong.meeting m ON m.federation_id = \(federation)
                AND m.meeting_id = j.entry_meeting_id
                AND \(SQL.visible("m", at: at))
            """
        }
    }

    /// The cheapest way.
    var sql: SQL { CellFunnelQuery(self)?.sql ?? fromJourneys }

    /// Each firm that entered, with its steps and its outcome: `WITH … outcome AS (…)`.
    var outcomes: SQL {
        """
        WITH entered AS (
            SELECT j.*, \(group) AS unit, least(\(to), \(windowEnd)) AS horizon,
                   \(to) >= \(windowEnd) AS closed, \(mature) AS mature
            FROM goutong.journey_entered(
                \(federation)::integer, \(at), \(since), \(to), \(SQL.areas(within))) j
            \(groupSource)
        ), stepped AS (
            SELECT j.*, step.two <= j.horizon AS intent, step.three <= j.horizon AS application,
                   step.four <= j.horizon AS founded, step.two AS intent_day,
                   j.status = 'unorganised' AND NOT j.prior_intent AS at_risk
            FROM entered j
            CROSS JOIN LATERAL (SELECT \(stepDays)) AS step (two, three, four)
        ), outcome AS (
            SELECT s.*, CASE
                WHEN s.intent THEN 'converted'
                WHEN s.covered_on <= s.horizon THEN 'covered'
                WHEN s.lost_on <= s.horizon OR s.organised_on <= s.horizon THEN 'exited'
                WHEN s.closed THEN 'expired'
                ELSE 'open' END AS outcome
            FROM stepped s
        )
        """
    }

    /// The same from journeys, for every definition that they support.
    var fromJourneys: SQL {
        """
        \(outcomes)
        SELECT \(unit), \(Self.counts) FROM outcome \(groupingSets)
        """
    }

    /// Of `outcome`, in the order that `decode` reads; then the median.
    static let tally: [SQL] = [
        "count(*)",
        "count(*) FILTER (WHERE at_risk AND mature)",
        "count(*) FILTER (WHERE at_risk AND mature AND intent)",
        "count(*) FILTER (WHERE at_risk AND mature AND application)",
        "count(*) FILTER (WHERE at_risk AND mature AND founded)",
        "count(*) FILTER (WHERE at_risk AND outcome = 'converted')",
        "count(*) FILTER (WHERE at_risk AND outcome = 'covered')",
        "count(*) FILTER (WHERE at_risk AND outcome = 'exited')",
        "count(*) FILTER (WHERE at_risk AND outcome = 'open')",
        "count(*) FILTER (WHERE at_risk AND outcome = 'expired')",
    ]

    static let median: SQL = """
        percentile_cont(0.5) WITHIN GROUP (ORDER BY intent_day - met_on)
            FILTER (WHERE at_risk AND intent)
        """

    private static let counts: SQL = "\((tally + [median]).joined(separator: ", "))"

    /// One row a group in no order, and one of all firms whose unit is nil, also where none entered.
    func counts(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [(unit: String?, counts: FirmFunnelCounts)] {
        try Self.decode(await connection.query(sql))
    }

    static func decode(
        _ rows: PostgresRows
    ) throws(PostgresError) -> [(unit: String?, counts: FirmFunnelCounts)] {
        try rows.map { row throws(PostgresError) in
            let (
                unit, met, atRisk, intent, application, established, converted, covered, exited, open,
                expired, median
            ) = try row.decode(
                (String?, Int, Int, Int, Int, Int, Int, Int, Int, Int, Int, Double?).self)
            return (
                unit,
                FirmFunnelCounts(
                    met: met, atRisk: atRisk, intent: intent, application: application,
                    established: established, converted: converted, covered: covered,
                    exited: exited, open: open, expired: expired, medianDaysToIntent: median)
            )
        }
    }
}
