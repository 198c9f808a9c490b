import Funnel
import Outreach
@testable import OutreachStore
import PostgresClient

/// Asks a history's default funnel of the cells, the journeys, the ledger and the pure evaluator.
struct Judge: Sendable {
    /// How much of what is derived is stored.
    enum Standing: Int, CaseIterable {
        case queued, partlyDrained, drained
        /// As if nothing stored held: one scan of the ledger.
        case scanned
    }

    struct Query {
        /// S, V's day and the first day of entry, in days of the history.
        let known, from, to: Int
        let grouping: FunnelGrouping
        /// nil: everywhere.
        let places: Set<String>?

        init(known: Int, from: Int, to: Int, grouping: FunnelGrouping, places: Set<String>?) {
            self.known = known
            self.from = from
            self.to = to
            self.grouping = grouping
            self.places = places
        }
    }

    let fixture: StoreFixture
    var history: History
    let map: PlaceMap

    func bring(_ standing: Standing) async throws {
        switch standing {
        case .queued: break
        case .partlyDrained: _ = try await drain(5)
        case .drained: while try await drain(4) > 0 {}
        case .scanned:
            try await fixture.connection.script(
                """
                CREATE OR REPLACE FUNCTION goutong.reads_ledger(p_federation integer, p_at timestamptz)
                RETURNS boolean LANGUAGE sql STABLE RETURN true
                """)
        }
    }

    private func drain(_ limit: Int) async throws -> Int {
        try await JourneyQueue.drain(
            federation: fixture.federation, limit: limit, on: fixture.connection)
    }

    func differences() async throws -> [FiguresCheck.Difference] {
        try await FiguresCheck.differences(federation: fixture.federation, on: fixture.connection)
    }

    // MARK: Cells

    func cells(at moment: Int) async throws -> Set<CellReader.Cell> {
        let cells = try await CellReader.cells(
            federation: fixture.federation, at: History.moment(moment), on: fixture.connection)
        return Set(cells)
    }

    /// Of units as of a day on which every window has ended.
    func expectedCells(at moment: Int) -> Set<CellReader.Cell> {
        let units = units(known: moment, from: 0, to: 9000, facts: History.facts(history.events))
        return Set(
            Dictionary(grouping: units) { [$0.place, $0.week.iso] }.values.compactMap { units in
                guard let first = units.first, let area = map.ids[first.place] else { return nil }
                func count(_ step: Int) -> Int { units.count { $0.steps[step] != nil } }
                return CellReader.Cell(
                    area: area, week: first.week, met: units.count,
                    unorganised: units.count { $0.standing == .unorganised },
                    atRisk: units.count(where: \.isAtRisk), intent: count(0), application: count(1),
                    established: count(2), covered: units.count { $0.outcome == .covered },
                    exited: units.count { $0.outcome == .exited })
            })
    }

    private func units(known: Int, from: Int, to: Int, facts: [FunnelFact]) -> [FunnelUnit] {
        FunnelEvaluator(
            facts: facts,
            query: FunnelQuery(
                definition: FunnelDefinition(), asOf: History.day(to), asKnownAt: known,
                entries: History.day(from)..<History.day(to + 1))
        ).units
    }

    // MARK: Sums

    /// The first way that does not say what the ledger's facts say: `cells`, `journeys`, `ledger` where both differ,
    /// or `evaluator`; nil where all four agree.
    func disagreement(on query: Query) async throws -> String? {
        let ledger = try await ledgerCounts(query)
        let (cells, journeys) = (
            try await sums(query) { $0.sql }, try await sums(query) { $0.fromJourneys }
        )
        if cells != ledger, journeys != ledger { return "ledger" }
        if cells != ledger { return "cells" }
        if journeys != ledger { return "journeys" }
        return expected(query) == ledger ? nil : "evaluator"
    }

    /// By group; of all under nil.
    private func sums(
        _ query: Query, _ way: (FirmFunnelQuery) -> SQL
    ) async throws -> [String?: FunnelCounts] {
        let funnel = FirmFunnelQuery(
            federation: fixture.federation.id, at: History.moment(query.known),
            definition: FunnelDefinition(), since: History.day(query.from), to: History.day(query.to),
            grouping: query.grouping,
            within: query.places.map { places in places.compactMap { map.ids[$0] }.sorted() })
        let rows = try await FirmFunnelQuery.decode(fixture.connection.query(way(funnel)))
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.unit, FunnelCounts($0.counts)) })
    }

    private func expected(_ query: Query) -> [String?: FunnelCounts] {
        let facts = History.facts(history.events) {
            map.group($0, by: query.grouping, on: History.day(query.to))
        }
        let places = Dictionary(
            uniqueKeysWithValues: units(
                known: query.known, from: query.from, to: query.to, facts: History.facts(history.events)
            ).map { ($0.unit, $0.place) })
        return counts(
            of: units(known: query.known, from: query.from, to: query.to, facts: facts).filter { unit in
                query.places.map { wanted in places[unit.unit].map(wanted.contains) ?? false } ?? true
            }, query)
    }

    /// The evaluator over what the ledger holds.
    private func ledgerCounts(_ query: Query) async throws -> [String?: FunnelCounts] {
        func facts(_ place: LedgerFacts.Place) async throws -> [FunnelFact] {
            try await LedgerFacts(
                federation: fixture.federation, at: History.moment(query.known), place: place
            ).firmFacts(on: fixture.connection)
        }
        let places = Dictionary(
            uniqueKeysWithValues: units(
                known: 0, from: query.from, to: query.to, facts: try await facts(.code)
            ).map { ($0.unit, map.names[$0.place]) })
        let units = units(
            known: 0, from: query.from, to: query.to,
            facts: try await facts(.standing(on: History.day(query.to))))
        return counts(
            of: units.filter { unit in
                query.places.map { wanted in (places[unit.unit] ?? nil).map(wanted.contains) ?? false }
                    ?? true
            }, query)
    }

    private func counts(of units: [FunnelUnit], _ query: Query) -> [String?: FunnelCounts] {
        func counts(_ units: [FunnelUnit]) -> FunnelCounts {
            FunnelCounts(units: units, definition: FunnelDefinition(), asOf: History.day(query.to))
        }
        var groups: [String?: FunnelCounts] = [nil: counts(units)]
        guard query.grouping != .none else { return groups }
        for (group, units) in Dictionary(
            grouping: units,
            by: {
                switch query.grouping {
                case .week: Week(containing: $0.entry).name
                case .district: String($0.place.prefix(6))
                default: $0.place
                }
            })
        {
            groups[group] = counts(units)
        }
        return groups
    }
}
