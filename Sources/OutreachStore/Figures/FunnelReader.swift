public import Funnel
public import Outreach
public import PostgresClient

/// A funnel by group, in one snapshot, as known at a moment.
public struct FunnelReader: Sendable {
    let federation: Federation

    public init(federation: Federation) { self.federation = federation }

    public typealias Row = FunnelBreakdown.Row
    public typealias Breakdown = FunnelBreakdown

    /// Entries from `from` to `to`, both included; facts up to `to` count. From cells or journeys where they hold
    /// what `definition` asks for, else from the ledger.
    ///
    /// - Parameter within: versions of areas, whose firms alone are counted: for definitions that a journey answers
    ///   (`JourneyEvaluation.supports`), programmer error with others. nil: everywhere.
    public func breakdown(
        definition: FunnelDefinition, from: Day, to: Day, by grouping: FunnelGrouping, within: [Int]? = nil,
        at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> Breakdown {
        guard JourneyEvaluation.supports(definition) else {
            precondition(within == nil, "the ledger path counts the whole federation")
            return try await ledgerBreakdown(
                definition: definition, from: from, to: to, by: grouping, at: moment, on: connection)
        }
        let rows = try await FirmFunnelQuery(
            federation: federation.id, at: moment, definition: definition, since: from, to: to,
            grouping: grouping, within: within
        ).counts(on: connection).map { (unit: $0.unit, counts: FunnelCounts($0.counts)) }
        let total =
            rows.first { $0.unit == nil }?.counts
            ?? FunnelCounts(units: [], definition: definition, asOf: to)
        return Breakdown(
            groups: grouping == .none
                ? [Row(unit: "", counts: total)]
                : ordered(rows.compactMap { row in row.unit.map { Row(unit: $0, counts: row.counts) } }),
            total: total)
    }

    /// The same by `FunnelEvaluator` over the ledger's facts, whatever the definition.
    public func ledgerBreakdown(
        definition: FunnelDefinition, from: Day, to: Day, by grouping: FunnelGrouping,
        at moment: PostgresTimestamp, on connection: PostgresConnection
    ) async throws(PostgresError) -> Breakdown {
        // What is visible at the moment is chosen by the database.
        let query = FunnelQuery(
            definition: definition, asOf: to, asKnownAt: 0, entries: from..<to.adding(days: 1))
        let ledger = LedgerFacts(
            federation: federation, at: moment, place: .group(grouping, map: to))
        let facts =
            switch definition.track {
            case .firm: try await ledger.firmFacts(on: connection)
            case .worker: try await ledger.workerFacts(on: connection)
            }
        let units = FunnelEvaluator(facts: facts, query: query).units
        func counts(_ units: [FunnelUnit]) -> FunnelCounts {
            FunnelCounts(units: units, definition: definition, asOf: to)
        }
        let groups = Dictionary(grouping: units) { unit in
            switch grouping {
            case .none: ""
            case .week: Week(containing: unit.entry).name
            case .area, .district, .venue, .headcount: unit.place
            }
        }
        let total = counts(units)
        return Breakdown(
            groups: grouping == .none
                ? [Row(unit: "", counts: total)]
                : ordered(groups.map { Row(unit: $0.key, counts: counts($0.value)) }),
            total: total)
    }

    /// By name, bands by size; what has no group last.
    private func ordered(_ rows: [Row]) -> [Row] {
        func key(_ row: Row) -> (Int, String) {
            let size = row.unit.prefix { $0.isNumber }.count
            return (row.unit.isEmpty ? Int.max : row.unit.contains("-W") ? 0 : size, row.unit)
        }
        return rows.sorted { key($0) < key($1) }
    }
}
