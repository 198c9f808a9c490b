import Outreach

/// The funnel by its definition: plain, exhaustive, and the judge of every faster path (SPEC §2.2).
public struct FunnelEvaluator: Sendable {
    /// One line a unit, in unit order.
    public let units: [FunnelUnit]
    /// One line a place and week, in that order.
    public let cohorts: [FunnelCohort]

    public init(facts: some Sequence<FunnelFact>, query: FunnelQuery) {
        let visible = facts.filter { $0.isVisible(asOf: query.asOf, asKnownAt: query.asKnownAt) }
        let aliases = AliasMap(visible)
        let histories = Dictionary(grouping: visible) { aliases.resolve($0.unit) }
            .sorted { $0.key < $1.key }
        let units = histories.compactMap { unit, facts in
            UnitHistory(unit: unit, facts: facts, track: query.definition.track).outcome(of: query)
        }
        self.units = units
        cohorts = Self.cohorts(of: units, query: query)
    }

    private struct CohortKey: Hashable, Comparable {
        let place: String
        let week: Day

        static func < (left: Self, right: Self) -> Bool {
            (left.place, left.week) < (right.place, right.week)
        }
    }

    private static func cohorts(of units: [FunnelUnit], query: FunnelQuery) -> [FunnelCohort] {
        Dictionary(grouping: units) { CohortKey(place: $0.place, week: $0.week) }
            .sorted { $0.key < $1.key }
            .map { key, units in
                FunnelCohort(
                    place: key.place, week: key.week, units: units,
                    isMature: query.definition.isMature(week: key.week, asOf: query.asOf))
            }
    }
}
