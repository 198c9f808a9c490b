public import Funnel
public import Outreach
public import PostgresClient

/// A funnel by group, in one snapshot, as known at a moment.
public struct FunnelReader: Sendable {
    let federation: Federation
    /// Whether all of the ledger may be read, as its operator may.
    let isOperator: Bool

    public init(federation: Federation, isOperator: Bool = true) {
        self.federation = federation
        self.isOperator = isOperator
    }

    public typealias Row = FunnelBreakdown.Row
    public typealias Breakdown = FunnelBreakdown

    /// Entries from `from` to `to`, both included; facts up to `to` count. From cells or journeys where they hold
    /// what `definition` asks for, else from the ledger.
    ///
    /// - Parameters:
    ///   - isMeasured: whether employees, meetings, rates and coverage are told beside the counts.
    ///   - within: versions of areas, whose firms alone are counted: for definitions that a journey answers
    ///     (`JourneyEvaluation.supports`), programmer error with others. nil: everywhere.
    public func breakdown(
        definition: FunnelDefinition, from: Day, to: Day, by groups: FunnelGroups,
        isMeasured: Bool = false, within: [Int]? = nil, at moment: PostgresTimestamp,
        on connection: PostgresConnection
    ) async throws(PostgresError) -> Breakdown {
        guard JourneyEvaluation.supports(definition) else {
            precondition(within == nil, "the ledger path counts the whole federation")
            return try await ledgerBreakdown(
                definition: definition, from: from, to: to, by: groups, isMeasured: isMeasured, at: moment,
                on: connection)
        }
        // One kind of groups or none, where it is the journey's own: cells may answer.
        let flat = groups.levels.count < 2 ? groups.levels.first ?? FunnelGrouping.none : nil
        let own = flat.flatMap { FirmFunnelQuery.answers($0) ? $0 : nil }
        let funnel = FirmFunnelQuery(
            federation: federation.id, at: moment, definition: definition, since: from, to: to,
            grouping: own ?? FunnelGrouping.none, within: within)
        let nested = NestedFunnelQuery(funnel, by: groups)
        var counts: [[String]: FunnelCounts] = [:]
        var firms: [[String]: [String: FirmTally]] = [:]
        if own != nil {
            for row in try await funnel.counts(on: connection) {
                counts[row.unit.map { [$0] } ?? []] = FunnelCounts(row.counts)
            }
            if isMeasured { firms = try await nested.tallies(on: connection) }
        } else if isMeasured {
            (counts, firms) = try await nested.whole(on: connection)
        } else {
            counts = try await nested.counts(on: connection)
        }
        guard isMeasured else {
            return Breakdown(counts: counts, groups: groups, definition: definition, asOf: to)
        }
        var beside = try await beside(
            definition, from, to, groups, within: within, at: moment, on: connection)
        beside.firms = firms
        return Breakdown(
            counts: counts, beside: beside, groups: groups, definition: definition, asOf: to)
    }

    /// By one kind of groups.
    public func breakdown(
        definition: FunnelDefinition, from: Day, to: Day, by grouping: FunnelGrouping, within: [Int]? = nil,
        at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> Breakdown {
        try await breakdown(
            definition: definition, from: from, to: to, by: FunnelGroups(grouping), within: within,
            at: moment, on: connection)
    }

    /// The same by `FunnelEvaluator` over the ledger's facts, whatever the definition.
    public func ledgerBreakdown(
        definition: FunnelDefinition, from: Day, to: Day, by groups: FunnelGroups,
        isMeasured: Bool = false, at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> Breakdown {
        // What is visible at the moment is chosen by the database.
        let query = FunnelQuery(
            definition: definition, asOf: to, asKnownAt: 0, entries: from..<to.adding(days: 1))
        let ledger = LedgerFacts(federation: federation, at: moment, place: .standing(on: to))
        let facts =
            switch definition.track {
            case .firm: try await ledger.firmFacts(on: connection)
            case .worker: try await ledger.workerFacts(on: connection)
            }
        let traits = try await ledger.traits(of: definition.track, by: groups, on: connection)
        let units = GroupedUnits(
            FunnelEvaluator(facts: facts, query: query).units, by: groups, traits: traits)
        guard isMeasured else { return units.breakdown(definition: definition, asOf: to) }
        let beside = try await beside(
            definition, from, to, groups, within: nil, at: moment, on: connection)
        return units.breakdown(definition: definition, asOf: to, beside: beside)
    }

    /// By one kind of groups.
    public func ledgerBreakdown(
        definition: FunnelDefinition, from: Day, to: Day, by grouping: FunnelGrouping,
        at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> Breakdown {
        try await ledgerBreakdown(
            definition: definition, from: from, to: to, by: FunnelGroups(grouping), at: moment,
            on: connection)
    }

    /// Meetings, and coverage where every level of a group is a place.
    private func beside(
        _ definition: FunnelDefinition, _ from: Day, _ to: Day, _ groups: FunnelGroups, within: [Int]?,
        at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> FunnelTallies {
        let meetings = try await MeetingTallyQuery(
            federation: federation.id, at: moment, definition: definition, since: from, to: to,
            groups: groups, within: within
        ).tallies(on: connection)
        guard definition.track == .firm else {
            return FunnelTallies(firms: [:], meetings: meetings, coverage: [:])
        }
        let places = FunnelGroups(Array(groups.levels.prefix(groups.depth(\.isPlace))))
        let coverage = try await CoverageQuery(
            federation: federation.id, at: moment, to: to, groups: places, readsProfiles: isOperator,
            within: within
        ).coverage(on: connection)
        return FunnelTallies(firms: [:], meetings: meetings, coverage: coverage)
    }

    /// What sections of industry are called, by letter.
    public static func industries(
        on connection: PostgresConnection
    ) async throws(PostgresError) -> [String: String] {
        let rows = try await connection.query(
            "SELECT code, name FROM goutong.industry WHERE length(code) = 1"
        ).decode((String, String).self)
        return Dictionary(uniqueKeysWithValues: rows)
    }
}
