internal import Funnel
internal import Outreach
internal import PostgresClient

/// Firms at risk by their area of entry, by what is known of them since; and by their week of entry. Counts only.
///
/// One pass over the journeys of all that entered; definitions as `FirmFunnelQuery` has them.
struct CohortQuery {
    let funnel: FirmFunnelQuery

    /// What became of the firms of one area.
    struct Outcome: Sendable {
        var byArea: [String: CohortCounts] = [:]
        var all = CohortCounts.none
        /// Of the two latest mature weeks, by area.
        var latest: [String: Proportion] = [:]
        var previous: [String: Proportion] = [:]
    }

    /// First day of the week of entry.
    var week: SQL {
        """
        (met_on - (extract(isodow FROM met_on)::integer
            - \(funnel.definition.firstWeekday)::integer + 7) % 7)
        """
    }

    /// - Parameters:
    ///   - latest: first day of the latest week of entry whose windows have all ended; nil without a window.
    private func endings(latest: Day?) -> SQL {
        """
        \(funnel.outcomes), ended AS (
            -- An intent in the window goes before a loss, as it does in the funnel.
            SELECT unit, mature, \(week) - \(latest)::date AS weeks,
                CASE WHEN outcome = 'converted' THEN 1 WHEN outcome IN ('covered', 'exited') THEN 2
                     ELSE 0 END AS ending,
                CASE WHEN outcome = 'converted' THEN intent_day
                     WHEN outcome IN ('covered', 'exited') THEN least(covered_on, lost_on, organised_on)
                     ELSE horizon END - met_on AS days
            FROM outcome WHERE at_risk
        )
        SELECT unit, mature, CASE WHEN weeks IN (0, -7) THEN weeks END, ending, days, count(*)
        FROM ended GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        """
    }

    private var byWeek: SQL {
        var funnel = funnel
        funnel.grouping = .none
        return """
            \(funnel.outcomes)
            SELECT \(week), count(*), count(*) FILTER (WHERE intent),
                count(*) FILTER (WHERE outcome = 'open'), bool_and(mature)
            FROM outcome WHERE at_risk GROUP BY 1 ORDER BY 1
            """
    }

    func weeks(on connection: PostgresConnection) async throws(PostgresError) -> [EntryWeek] {
        // Without a window no week is ever mature.
        let hasWindow = funnel.definition.window != .unlimited
        return try await connection.query(byWeek).map { row throws(PostgresError) in
            let (start, atRisk, intent, open, mature) = try row.decode((Day, Int, Int, Int, Bool).self)
            return EntryWeek(
                start: start, atRisk: atRisk, intent: intent, open: open, isMature: hasWindow && mature)
        }
    }

    func outcome(latest: Day?, on connection: PostgresConnection) async throws(PostgresError) -> Outcome {
        let rows = try await connection.query(endings(latest: latest))
            .decode((String, Bool, Int?, Int, Int, Int).self)
        var outcome = Outcome()
        var tallies: [String: Tally] = [:]
        for (unit, mature, week, ending, days, firms) in rows {
            let end: TimeToEvent.End = ending == 1 ? .event : ending == 2 ? .competing : .censored
            tallies[unit, default: Tally()].add(firms, days: days, end: end, mature: mature)
            guard let week else { continue }
            func add(to counts: inout [String: Proportion]) {
                let old = counts[unit] ?? Proportion(x: 0, n: 0)
                counts[unit] = Proportion(x: old.x + (end == .event ? firms : 0), n: old.n + firms)
            }
            if week == 0 { add(to: &outcome.latest) } else { add(to: &outcome.previous) }
        }
        outcome.byArea = tallies.mapValues(\.counts)
        outcome.all = CohortCounts(sumOf: Array(outcome.byArea.values))
        return outcome
    }
}

/// The firms of an area as they are read.
private struct Tally {
    private var (x, n, immature) = (0, 0, 0)
    private var endings: [CohortCounts.Ending] = []

    mutating func add(_ firms: Int, days: Int, end: TimeToEvent.End, mature: Bool) {
        if mature {
            n += firms
            if end == .event { x += firms }
        } else {
            immature += firms
        }
        endings.append(.init(days: days, end: end, firms: firms))
    }

    /// Alike ones are summed: mature or not is told apart already.
    var counts: CohortCounts {
        CohortCounts(sumOf: [
            CohortCounts(matured: Proportion(x: x, n: n), immature: immature, endings: endings)
        ])
    }
}
