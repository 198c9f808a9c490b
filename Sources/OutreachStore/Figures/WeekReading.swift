internal import Funnel
internal import Outreach
internal import PostgresClient

/// The reading of one week's report: two parts, each in one snapshot, that do not need each other and take
/// about as long.
struct WeekReading: Sendable {
    let federation: Federation
    let areas: AreaTable
    let authority: Authority
    let week: Week
    let moment: PostgresTimestamp
    let definition: FunnelDefinition
    /// Versions of the areas that the report is about; nil: the city.
    let within: [Int]?
    /// Whether lists of firms and records are read besides the counts.
    var includesLists = true

    /// What was done, by unit, and how far firms came.
    struct Activity: Sendable {
        let counts: [ActivityQuery.Count]
        let funnel: FirmFunnelCounts?
        let intents: (IntentReconciliation, IntentOutcomes)
        let consulted: Consulted
        /// Codes of the units that declared their week, with what they said.
        let declared: [String: Set<WeekDeclaration>]
        let followUps: [FollowUp]
        let auditHead: AuditHead?
    }

    /// What the last issue knew, how far applicants came, how long firms are known, and what needs a person.
    struct Progress: Sendable {
        let known: [HeadlineMeasure: Int]
        let applicants: ApplicantQuery.Outcome
        let cohorts: CohortQuery.Outcome
        let entryWeeks: [EntryWeek]
        let attention: Attention
        let stated: Stated
    }

    struct Attention: Sendable {
        let waiting: [WaitingIntent]
        let flags: [PlausibilityFlag]
        /// nil to whom they are not shown.
        let twoSided: TwoSidedView?
        let opinions: [OpinionTopic]?
    }

    func activity(on connection: PostgresConnection) async -> Result<Activity, TransactionError> {
        await inSnapshot(on: connection) { connection in
            let counts = try await query(at: moment, ActivityTally.Period.allCases)
                .counts(map: week.end, on: connection)
            let funnel = try await funnelQuery(by: .none).counts(on: connection).first?.counts
            let intents = try await intentQuery.counts(on: connection)
            let consulted = try await consulted(on: connection)
            // The head comes in the flight of another statement.
            let rows = try await connection.pipeline([
                declarations, AuditHead.sql(of: federation.id, at: moment),
            ])
            return Activity(
                counts: counts, funnel: funnel, intents: intents, consulted: consulted,
                declared: try declared(rows[0]),
                followUps: includesLists ? try await followUps(on: connection) : [],
                auditHead: try AuditHead(rows[1]))
        }
    }

    func progress(on connection: PostgresConnection) async -> Result<Progress, TransactionError> {
        await inSnapshot(on: connection) { connection in
            let issued = try await lastIssue(on: connection)
            let applicants = try await ApplicantQuery(
                federation: federation.id, at: moment, periods: ActivityTally.Period.allCases.map(days),
                programme: days(of: .cumulative), before: days(of: .before), issued: issued, within: within
            ).outcome(map: week.end, on: connection)
            var known = Dictionary(
                uniqueKeysWithValues: try await query(at: issued, [.before])
                    .cityCounts(on: connection).map { ($0.measure, $0.values.first ?? 0) })
            known[.membersAdmitted] = applicants.admittedBefore
            let cohorts = cohortQuery
            return Progress(
                known: known, applicants: applicants,
                cohorts: try await cohorts.outcome(latest: latestMature, on: connection),
                entryWeeks: try await cohorts.weeks(on: connection),
                attention: try await attention(on: connection), stated: try await stated(on: connection))
        }
    }

    func figures(_ activity: Activity, _ progress: Progress) -> WeeklyFigures {
        let tally = ActivityTally(activity.counts + progress.applicants.admissions)
        let cohorts = progress.cohorts
        var figures = WeeklyFigures(
            week: week, since: federation.since,
            asKnownAt: OfficeTime.text(of: moment), federation: federation.name,
            synthetic: federation.synthetic, definition: definition,
            headline: tally.headline(
                before: progress.known, targets: headlineTargets(progress.stated.targets)),
            firmFunnel: activity.funnel
                ?? FirmFunnelCounts(
                    met: 0, atRisk: 0, intent: 0, application: 0, established: 0, converted: 0,
                    covered: 0, exited: 0, open: 0, expired: 0, medianDaysToIntent: nil),
            cumulativeIntent: tally.intentRate(), reconciliation: activity.intents.0,
            outcomes: activity.intents.1, workers: workers(tally, activity.consulted, progress.applicants),
            areas: units.map { unit in
                var figures = tally.unit(unit)
                figures.cohorts = cohorts.byArea[unit.code] ?? .none
                return figures
            },
            districts: districts(tally: tally, cohorts: cohorts), conservation: conservation(tally: tally),
            completeness: completeness(
                tally: tally, declared: activity.declared, expected: progress.stated.expected),
            followUps: activity.followUps)
        figures.cohorts = cohorts.all
        figures.entryWeeks = progress.entryWeeks
        figures.maturedWeeks = maturedWeeks(cohorts)
        figures.twoSided = progress.attention.twoSided
        figures.waitingIntents = progress.attention.waiting
        figures.opinions = progress.attention.opinions
        figures.plausibility = progress.attention.flags
        figures.declared = progress.stated.declared
        figures.targets = progress.stated.targets
        return figures
    }

    /// What the last issue of an earlier week's report knew: what was recorded since then but is dated before the
    /// week is late. Where none was issued, the week's beginning stands for it.
    func lastIssue(on connection: PostgresConnection) async throws(PostgresError) -> PostgresTimestamp {
        let issued = try await connection.query(
            """
            SELECT max(r.moment) FROM goutong.issued_report r
            WHERE r.federation_id = \(federation.id) AND r.week_start < \(week.start)
              AND r.recorded_at <= \(moment)
            """
        ).only().decode(PostgresTimestamp?.self)
        return min(issued ?? OfficeTime.beginning(of: week.start), moment)
    }

    /// The streets and townships of the week.
    var units: [AreaTable.Area] { areas.townships.filter { $0.isValid(on: week.end) } }

    var windowDays: Int? {
        if case .days(let days) = definition.window { days } else { nil }
    }

    var intentQuery: IntentQuery {
        IntentQuery(
            federation: federation.id, at: moment, since: federation.since, to: week.end,
            windowDays: windowDays, within: within)
    }

    func funnelQuery(by grouping: FunnelGrouping) -> FirmFunnelQuery {
        FirmFunnelQuery(
            federation: federation.id, at: moment, definition: definition, since: federation.since,
            to: week.end, grouping: grouping, within: within)
    }

    var cohortQuery: CohortQuery { CohortQuery(funnel: funnelQuery(by: .area)) }

    private func query(at: PostgresTimestamp, _ periods: [ActivityTally.Period]) -> ActivityQuery {
        ActivityQuery(
            federation: federation.id, at: at, since: federation.since, periods: periods.map(days),
            within: within)
    }

    func days(of period: ActivityTally.Period) -> ActivityQuery.Period {
        let year = Day(year: week.end.year, month: 1, day: 1) ?? week.start
        let (from, to) =
            switch period {
            case .week: (week.start, week.end)
            case .previous: (week.previous.start, week.previous.end)
            case .year: (max(year, federation.since), week.end)
            case .cumulative: (federation.since, week.end)
            case .before: (federation.since, week.start.adding(days: -1))
            }
        return ActivityQuery.Period(
            from: from, to: to, isSinceStart: period == .cumulative || period == .before)
    }

    private func inSnapshot<Value: Sendable>(
        on connection: PostgresConnection,
        _ body: nonisolated(nonsending) (PostgresConnection) async throws -> Value
    ) async -> Result<Value, TransactionError> {
        do throws(TransactionError) {
            return .success(
                try await authority.transaction(
                    for: .counting, .repeatableRead.readOnly, on: connection, body))
        } catch {
            return .failure(error)
        }
    }
}
