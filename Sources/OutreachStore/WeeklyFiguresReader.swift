public import Funnel
public import Outreach
public import PostgresClient

/// Reads everything the weekly report counts, as known at one moment, in one snapshot.
public struct WeeklyFiguresReader: Sendable {
    let federation: Federation
    let areas: AreaTable

    public init(federation: Federation, areas: AreaTable) {
        self.federation = federation
        self.areas = areas
    }

    /// - Parameters:
    ///   - moment: S, fixed beforehand or given.
    public func figures(
        week: Week, at moment: PostgresTimestamp, definition: FunnelDefinition = FunnelDefinition(),
        on connection: PostgresConnection
    ) async throws(TransactionError) -> WeeklyFigures {
        try await connection.transaction(
            TransactionOptions.repeatableRead.readOnly
        ) { connection in
            try await read(week: week, at: moment, definition: definition, on: connection)
        }
    }

    private func read(
        week: Week, at moment: PostgresTimestamp, definition: FunnelDefinition,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> WeeklyFigures {
        let year = Day(year: week.end.year, month: 1, day: 1) ?? week.start
        func activity(
            at: PostgresTimestamp, _ periods: [ActivityQuery.Period], byArea: [String]
        ) -> ActivityQuery {
            ActivityQuery(
                federation: federation.id, at: at, since: federation.since, mapDay: week.end,
                periods: periods,
                areaPeriods: byArea)
        }
        let before = ActivityQuery.Period(
            name: "before", from: federation.since, to: week.start.adding(days: -1))
        let counts = try await activity(
            at: moment,
            [
                .init(name: "week", from: week.start, to: week.end),
                .init(name: "previous", from: week.previous.start, to: week.previous.end),
                .init(name: "year", from: max(year, federation.since), to: week.end),
                .init(name: "cumulative", from: federation.since, to: week.end),
                before,
            ], byArea: ["week", "cumulative"]
        ).counts(on: connection)
        // Nothing is issued yet, so the week's beginning stands for the last issue: what was recorded
        // since then but dated before the week.
        let issued = min(OfficeTime.beginning(of: week.start), moment)
        let countsThen = try await activity(at: issued, [before], byArea: []).counts(on: connection)

        let funnel = try await FirmFunnelQuery(
            federation: federation.id, at: moment, definition: definition,
            since: federation.since, to: week.end, grouping: .none
        ).counts(on: connection).first?.counts
        let windowDays: Int? =
            if case .days(let days) = definition.window { days } else { nil }
        let (reconciliation, outcomes) = try await IntentQuery(
            federation: federation.id, at: moment, since: federation.since, to: week.end,
            windowDays: windowDays
        ).counts(on: connection)

        let tally = ActivityTally(counts, before: countsThen)
        let units = areas.townships.filter { $0.isValid(on: week.end) }
        return WeeklyFigures(
            week: week, since: federation.since,
            asKnownAt: OfficeTime.text(of: moment), federation: federation.name,
            synthetic: federation.synthetic, definition: definition, headline: tally.headline,
            firmFunnel: funnel
                ?? FirmFunnelCounts(
                    met: 0, atRisk: 0, intent: 0, application: 0, established: 0, converted: 0,
                    covered: 0, exited: 0, open: 0, expired: 0, medianDaysToIntent: nil),
            cumulativeIntent: tally.intentRate, reconciliation: reconciliation, outcomes: outcomes,
            workers: try await workers(week: week, at: moment, on: connection),
            areas: units.map { tally.unit($0) },
            districts: areas.districts.filter { $0.isValid(on: week.end) }.map { tally.unit($0) },
            conservation: conservation(week: week, tally: tally),
            completeness: try await completeness(
                week: week, at: moment, units: units, tally: tally, on: connection),
            followUps: try await followUps(week: week, at: moment, on: connection))
    }
}
