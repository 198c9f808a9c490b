internal import Funnel
internal import Outreach
internal import PostgresClient

extension WeekReading {
    /// First day of the latest week of entry whose windows have all ended by the report's last day; nil without
    /// a window.
    var latestMature: Day? {
        windowDays.map { definition.week(of: week.end.adding(days: -(6 + $0))) }
    }

    /// A firm enters in one area, so that a district's firms are those of its areas.
    func districts(tally: ActivityTally, cohorts: CohortQuery.Outcome) -> [UnitFigures] {
        let districtOf = Dictionary(units.map { ($0.code, $0.district) }) { first, _ in first }
        let parts = Dictionary(grouping: cohorts.byArea) { districtOf[$0.key] ?? "" }
        return areas.districts.filter { $0.isValid(on: week.end) }.map { district in
            var figures = tally.unit(district)
            figures.cohorts = CohortCounts(sumOf: (parts[district.code] ?? []).map(\.value))
            return figures
        }
    }

    func maturedWeeks(_ cohorts: CohortQuery.Outcome) -> MaturedWeeks? {
        guard let latest = latestMature, !cohorts.latest.isEmpty, !cohorts.previous.isEmpty else {
            return nil
        }
        let codes = Set(cohorts.latest.keys).union(cohorts.previous.keys).sorted()
        let nobody = Proportion(x: 0, n: 0)
        return MaturedWeeks(
            week: latest, previous: latest.adding(days: -7),
            counts: codes.map { cohorts.latest[$0] ?? nobody },
            previousCounts: codes.map { cohorts.previous[$0] ?? nobody })
    }

    /// For which employer somebody applied, who was on duty and what was said is shown to the operator alone: an
    /// account counts under a role that may not read it.
    func attention(on connection: PostgresConnection) async throws(PostgresError) -> Attention {
        let mayReadMore = authority.account == nil
        let query = AttentionQuery(
            federation: federation.id, at: moment, since: federation.since, week: week, within: within)
        let sides = TwoSidedQuery(
            federation: federation.id, at: moment, since: federation.since, week: week, within: within)
        return Attention(
            waiting: includesLists ? try await query.waitingIntents(intentQuery, on: connection) : [],
            flags: includesLists ? try await query.flags(includingStaff: mayReadMore, on: connection) : [],
            twoSided: mayReadMore ? try await sides.view(on: connection) : nil,
            opinions: mayReadMore ? try await sides.opinions(on: connection) : nil)
    }
}
