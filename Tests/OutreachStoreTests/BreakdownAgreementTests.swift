import Foundation
@testable import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// Groups within groups: SQL, the evaluator over the ledger's facts and the events themselves agree, whatever stands
/// within what; and every group is the sum of its parts but for what is told to be counted twice.
@Suite struct BreakdownAgreementTests {
    static let groupings: [[FunnelGrouping]] = [
        [], [.area], [.cadre], [.industry], [.format, .week], [.district, .area],
        [.district, .venue, .headcount],
        [.cadre, .area], [.area, .cadre, .format], [.week, .cadre], [.headcount, .district],
        [.ownership], [.district, .ownership], [.ownership, .cadre],
    ]

    @Test("random histories", arguments: 0..<4) func randomHistories(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed) + 90)
        let history = History(events: RandomEvents.events(&random))
        try await StoreFixture.withFederation { fixture in
            let map = try await PlaceMap(history, fixture: fixture)
            let firms = try await history.load(
                federation: fixture.federation.id, areas: map.ids, on: fixture.connection)
            let names = Dictionary(uniqueKeysWithValues: firms.map { ("\($0.value)", $0.key) })
            #expect(names.count == firms.count)
            try await register(firms, fixture)
            for drained in [false, true] {
                if drained {
                    _ = try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 100_000, on: fixture.connection)
                }
                for (index, query) in Self.queries.enumerated() {
                    let unbroken = try await breakdown(query, FunnelGroups([]), fixture)
                    for levels in Self.groupings where (index + levels.count + seed) % 2 == 0 || index == 0 {
                        let groups = FunnelGroups(levels)
                        let printed = try await breakdown(query, groups, fixture)
                        let what = "\(groups.text), \(query.definition)"
                        #expect(printed.total == unbroken.total, "\(what)")
                        #expect(printed.measures == unbroken.measures, "\(what)")
                        let ledger = try await FunnelReader(federation: fixture.federation).ledgerBreakdown(
                            definition: query.definition, from: query.entries.lowerBound, to: query.asOf,
                            by: groups, isMeasured: true, at: History.moment(query.asKnownAt),
                            on: fixture.connection)
                        #expect(printed == ledger, "\(what)")
                        try expectSums(printed, groups)
                        expectEvents(history, printed, query, groups, map)
                    }
                }
            }
        }
    }

    /// What lists said of a firm, by its number: nothing, one type, one that a later list changed, one told late.
    private static func types(_ number: Int) -> [(type: String, heading: String, from: Int, until: Int?)] {
        switch number % 4 {
        case 0: []
        case 1: [("173", "170", -1, nil)]
        case 2: [("110", "110", -1, 150), ("159", "150", 150, nil)]
        default: [("330", "300", 200, nil)]
        }
    }

    private func register(_ firms: [String: FirmID], _ fixture: StoreFixture) async throws {
        for (number, unit) in firms.keys.sorted().enumerated() {
            for type in Self.types(number) {
                try await fixture.connection.execute(
                    """
                    INSERT INTO goutong.firm_profile (federation_id, firm_id, registration_type,
                        classification_version, recorded_at, superseded_at)
                    VALUES (\(fixture.federation.id), \(firms[unit]), \(type.type), '2011',
                        \(History.moment(type.from)), \(type.until.map(History.moment)))
                    """)
            }
        }
    }

    /// The heading of each unit that others are counted as: its own, else the first of those merged into it.
    private func headings(_ history: History, asKnownAt system: Int) -> [String: String] {
        let visible = history.events.filter { event in
            event.rec <= system && (event.sup.map { $0 > system && $0 > event.rec } ?? true)
        }
        let aliases = AliasMap(History.facts(visible))
        let units = Set(
            history.events.flatMap { [$0.unit] + ($0.kind == "alias" ? [$0.to].compactMap(\.self) : []) }
        ).sorted()
        var found: [String: String] = [:]
        for isOwn in [true, false] {
            for (number, unit) in units.enumerated() where (aliases.resolve(unit) == unit) == isOwn {
                let type = Self.types(number).first {
                    $0.from <= system && ($0.until.map { $0 > system } ?? true)
                }
                if let type, found[aliases.resolve(unit)] == nil {
                    found[aliases.resolve(unit)] = type.heading
                }
            }
        }
        return found
    }

    private func breakdown(
        _ query: FunnelQuery, _ groups: FunnelGroups, _ fixture: StoreFixture
    ) async throws -> FunnelBreakdown {
        try await FunnelReader(federation: fixture.federation).breakdown(
            definition: query.definition, from: query.entries.lowerBound, to: query.asOf, by: groups,
            isMeasured: true, at: History.moment(query.asKnownAt), on: fixture.connection)
    }

    static let queries: [FunnelQuery] = [
        (FunnelDefinition(), 400, 400), (FunnelDefinition(window: .unlimited), 120, 300),
        (FunnelDefinition(window: .days(30), order: .any), 90, 90),
        (FunnelDefinition(window: .days(7), anchor: .last, place: .current), 170, 200),
        (FunnelDefinition(window: .days(30), start: .intent), 400, 400),
        (FunnelDefinition(window: .days(30), order: .strict, place: .registeredAtEntry), 300, 300),
    ].map { definition, valid, system in
        FunnelQuery(
            definition: definition, asOf: History.day(valid), asKnownAt: system,
            entries: History.day(3)..<History.day(10_000))
    }

    /// Every group of every level is what its parts add up to, less the overlap of those that may hold a unit twice.
    private func expectSums(_ breakdown: FunnelBreakdown, _ groups: FunnelGroups) throws {
        guard !groups.levels.isEmpty else { return }
        let total = try #require(breakdown.total)
        let outer = breakdown.groups.filter { $0.level < groups.levels.count }
        let whole = FunnelBreakdown.Row(path: [], counts: total, measures: breakdown.measures)
        for group in [whole] + outer {
            let parts = breakdown.parts(of: group.path)
            let isTwofold = groups.levels[group.level].overlaps
            let figures: [(FunnelCounts) -> Int] =
                [
                    { $0.entered }, { $0.atRisk }, { $0.converted }, { $0.covered }, { $0.exited },
                    { $0.open }, { $0.expired },
                ]
                + total.steps.indices.map { step in { $0.steps[step] } }
            for figure in figures {
                let line = FunnelConservation(parts: parts, total: group.counts, figure)
                #expect(line.parts + line.unassigned - line.overlap == line.total)
                #expect(isTwofold ? line.overlap >= 0 : line.overlap == 0, "\(groups.text) \(group.path)")
            }
            guard !isTwofold, let own = group.measures else { continue }
            for column in own.employees.indices {
                #expect(
                    parts.reduce(0) { $0 + ($1.measures?.employees[column].employees ?? 0) }
                        == own.employees[column].employees)
                #expect(
                    parts.reduce(0) { $0 + ($1.measures?.employees[column].unstatedFirms ?? 0) }
                        == own.employees[column].unstatedFirms)
            }
            if let held = own.meetings, groups.levels[group.level].isOfMeetings {
                func sum(_ count: (MeetingTotals) -> Int) -> Int {
                    parts.reduce(0) { $0 + ($1.measures?.meetings.map(count) ?? 0) }
                }
                #expect(sum(\.enterprise) == held.enterprise && sum(\.worker) == held.worker)
                #expect(sum(\.applications) == held.applications)
                #expect(sum(\.cadreMinutes) == held.cadreMinutes && sum(\.withoutHours) == held.withoutHours)
            }
            for rate in own.rates {
                let same = parts.compactMap { $0.measures?.rates.first { $0.kind == rate.kind } }
                // A meeting has no part where the groups within are of firms.
                guard !parts.isEmpty, same.count == parts.count else { continue }
                #expect(same.reduce(0) { $0 + $1.x } == rate.x && same.reduce(0) { $0 + $1.n } == rate.n)
            }
        }
    }

    /// Against the events: who is in which group is told by the event that a unit entered at.
    private func expectEvents(
        _ history: History, _ printed: FunnelBreakdown, _ query: FunnelQuery, _ groups: FunnelGroups,
        _ map: PlaceMap
    ) {
        let facts = History.facts(history.events) { map.group($0, by: .area, on: query.asOf) }
        let units = FunnelEvaluator(facts: facts, query: query).units
        let events = Dictionary(uniqueKeysWithValues: history.events.map { (FactID($0.id), $0) })
        let headings = headings(history, asKnownAt: query.asKnownAt)
        var expected: [[String]: [FunnelUnit]] = [:]
        for unit in units {
            guard let event = events[unit.contact.meeting] else { continue }
            var paths: Set<[String]> = [[]]
            for level in groups.levels {
                let values =
                    level == .ownership
                    ? [headings[unit.unit] ?? ""] : values(event, unit.place, level, entry: unit.entry)
                paths = Set(paths.flatMap { path in values.map { path + [$0] } })
                for path in paths { expected[path, default: []].append(unit) }
            }
        }
        let what = "\(groups.text), \(query.definition)"
        for row in printed.groups where row.level > 0 {
            let own = expected[row.path] ?? []
            #expect(
                row.counts == FunnelCounts(units: own, definition: query.definition, asOf: query.asOf),
                "\(what) \(row.path)")
            let mature = own.filter {
                $0.isAtRisk
                    && (query.definition.window == .unlimited
                        || query.definition.isMature(week: $0.week, asOf: query.asOf))
            }
            let sizes = mature.map { History.headcount(events[$0.contact.meeting]?.id ?? 0) }
            let employees = row.measures?.employees.first
            #expect(employees?.employees == sizes.compactMap(\.self).reduce(0, +), "\(what) \(row.path)")
            #expect(employees?.unstatedFirms == sizes.count { $0 == nil }, "\(what) \(row.path)")
            guard let held = row.measures?.meetings else { continue }
            let meetings = history.events.filter { event in
                event.kind == "contact" && isHeld(event, query)
                    && zip(groups.levels, row.path).allSatisfy { level, unit in
                        let area = map.group(event, by: .area, on: query.asOf) ?? ""
                        return values(event, area, level, entry: History.day(event.day ?? 0)).contains(unit)
                    }
            }
            #expect(held.enterprise == meetings.count { History.isEnterprise($0.id) }, "\(what) \(row.path)")
            #expect(held.worker == meetings.count { !History.isEnterprise($0.id) }, "\(what) \(row.path)")
            #expect(held.applications == meetings.reduce(0) { $0 + History.applications($1.id) })
            let cadre = groups.levels.firstIndex(of: .cadre).flatMap {
                row.path.indices.contains($0) ? row.path[$0] : nil
            }
            let timed = meetings.filter { Self.hasHours($0.id) }
            #expect(held.withoutHours == meetings.count - timed.count, "\(what) \(row.path)")
            let minutes = timed.reduce(0.0) { sum, event in
                sum
                    + History.staff(event.id).reduce(0.0) {
                        $0 + (cadre == nil || $1.name == cadre ? ($1.hours ?? 0) * 60 : 0)
                    }
            }
            #expect(Double(held.cadreMinutes) == minutes, "\(what) \(row.path)")
        }
        let rows = Set(printed.groups.map(\.path))
        #expect(Set(expected.keys).isSubset(of: rows), "\(what)")
    }

    private static func hasHours(_ id: Int) -> Bool {
        let staff = History.staff(id)
        return !staff.isEmpty && staff.allSatisfy { $0.hours != nil }
    }

    private func isHeld(_ event: History.Event, _ query: FunnelQuery) -> Bool {
        guard let number = event.day else { return false }
        let day = History.day(number)
        if let sup = event.sup, sup <= event.rec || sup <= query.asKnownAt { return false }
        return event.rec <= query.asKnownAt && query.entries.lowerBound <= day && day <= query.asOf
    }

    private func values(
        _ event: History.Event, _ area: String, _ level: FunnelGrouping, entry: Day
    ) -> Set<String> {
        switch level {
        case .none: [""]
        case .area: [area]
        case .district: [String(area.prefix(6))]
        case .week: [Week(containing: entry).name]
        case .venue: [History.venue(event.id)]
        case .format: [History.format(event.id) ?? ""]
        case .headcount: [History.band(event.id) ?? ""]
        case .industry: [History.section(event.id) ?? ""]
        // Neither a meeting nor an event tells it.
        case .ownership, .category: [""]
        case .cadre:
            History.staff(event.id).isEmpty ? [""] : Set(History.staff(event.id).map(\.name))
        }
    }

    /// Persons by category and cadre: several each, and the whole is the unbroken funnel's.
    @Test("random workers", arguments: 0..<2) func randomWorkers(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed) + 720)
        let history = History(events: RandomWorkers.events(&random))
        try await StoreFixture.withFederation { fixture in
            let map = try await PlaceMap(history, fixture: fixture)
            _ = try await history.loadWorkers(
                federation: fixture.federation.id, areas: map.ids, tag: .document, on: fixture.connection)
            var found: Set<String> = []
            for known in [60, 120, 400] {
                let query = FunnelQuery(
                    definition: FunnelDefinition(track: .worker, window: .days(30), start: .intent),
                    asOf: History.day(known), asKnownAt: known, entries: History.day(0)..<History.day(10_000))
                let unbroken = try await breakdown(query, FunnelGroups([]), fixture)
                for levels in [
                    [FunnelGrouping.category], [.cadre], [.district, .category], [.category, .cadre],
                ] {
                    let groups = FunnelGroups(levels)
                    let printed = try await breakdown(query, groups, fixture)
                    #expect(printed.total == unbroken.total)
                    try expectSums(printed, groups)
                    if levels == [.category] { found.formUnion(printed.groups.map(\.unit)) }
                    #expect(printed.measures?.employees == [] && printed.measures?.coverage == nil)
                }
                #expect(unbroken.measures?.meetings?.worker ?? 0 > 0)
            }
            #expect(found == ["", "courier", "migrant_worker"])
        }
    }
}
