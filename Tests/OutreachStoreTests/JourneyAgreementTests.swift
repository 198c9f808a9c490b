import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// The three ways to a funnel must agree for every history: the pure evaluator, journeys derived in SQL,
/// and the evaluator over facts read from the ledger; and so must what `goutong funnel` counts by group.
@Suite struct JourneyAgreementTests {
    struct Vector: Decodable, Sendable {
        struct Query: Decodable, Sendable {
            let funnel, order, anchor, place: String
            let as_of_valid, as_of_system, window, from, to: Int

            var query: FunnelQuery? {
                guard let track = FunnelDefinition.Track(rawValue: funnel),
                    let order = FunnelDefinition.Order(rawValue: order),
                    let anchor = FunnelDefinition.Anchor(rawValue: anchor),
                    let place = FunnelDefinition.Place(rawValue: place)
                else { return nil }
                return FunnelQuery(
                    definition: FunnelDefinition(
                        track: track, window: .days(window), order: order, anchor: anchor, place: place),
                    asOf: History.day(as_of_valid), asKnownAt: as_of_system,
                    entries: History.day(from)..<History.day(to))
            }
        }

        struct Input: Decodable, Sendable {
            let events: [History.Event]
            let query: Query
        }

        let id: String
        let `in`: Input
    }

    struct File: Decodable {
        let cases: [Vector]
    }

    /// The published vectors, kept with the pure evaluator's tests.
    static let vectors = vectors(of: "firm")

    static func vectors(of track: String) -> [Vector] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../FunnelTests/Fixtures/funnel_semantics.json")
        let data = (try? Data(contentsOf: file)) ?? Data()
        return ((try? JSONDecoder().decode(File.self, from: data))?.cases ?? [])
            .filter { $0.in.query.funnel == track }
    }

    @Test("the vectors are read") func vectorsRead() { #expect(Self.vectors.count == 65) }

    @Test("the oracle's histories") func oracleHistories() async throws {
        // Vectors share histories: load each once, ask every question of it.
        let groups = Dictionary(grouping: Self.vectors) { $0.in.events.map(\.id) }
        for vectors in groups.values {
            guard let first = vectors.first else { continue }
            try await check(
                History(events: first.in.events), queries: vectors.compactMap(\.in.query.query))
        }
    }

    @Test("random histories", arguments: 0..<6) func randomHistories(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed) + 40)
        let history = History(events: RandomEvents.events(&random))
        try await check(history, queries: Self.queries(seed: seed))
    }

    /// Every order, start and anchor; windows, moments and places in turn.
    static func queries(seed: Int) -> [FunnelQuery] {
        let moments: [(FunnelDefinition.Window, Int, Int)] = [
            (.days(30), 90, 90), (.days(90), 400, 400), (.days(7), 60, 200), (.unlimited, 120, 300),
        ]
        let definitions = FunnelDefinition.Order.allCases.flatMap { order in
            FunnelDefinition.Start.allCases.flatMap { start in
                FunnelDefinition.Anchor.allCases.map {
                    FunnelDefinition(start: start, order: order, anchor: $0)
                }
            }
        }
        return definitions.enumerated().flatMap { index, definition in
            (0..<2).map { turn in
                let (window, valid, system) = moments[(index + 2 * turn + seed) % moments.count]
                var definition = definition
                definition.window = window
                let places = FunnelDefinition.Place.allCases
                if turn == 1 { definition.place = places[(index / 3 + seed) % places.count] }
                return FunnelQuery(
                    definition: definition, asOf: History.day(valid), asKnownAt: system,
                    entries: History.day(0)..<History.day(10_000))
            }
        }
    }

    private func check(_ history: History, queries: [FunnelQuery]) async throws {
        try await StoreFixture.withFederation { fixture in
            let map = try await PlaceMap(history, fixture: fixture)
            let codes = map.names
            let firms = try await history.load(
                federation: fixture.federation.id, areas: map.ids, on: fixture.connection)
            let names = Dictionary(uniqueKeysWithValues: firms.map { ("\($0.value)", $0.key) })
            let facts = History.facts(history.events)
            // Once with every firm queued, once with every firm derived and stored.
            for drained in [false, true] {
                if drained {
                    _ = try await JourneyQueue.drain(
                        federation: fixture.federation, limit: 100_000, on: fixture.connection)
                    #expect(
                        try await JourneyQueue.differences(
                            federation: fixture.federation, on: fixture.connection) == [])
                }
                for (index, query) in queries.enumerated() {
                    let groupings = FunnelGrouping.allCases.filter { $0.applies(to: .firm) && !$0.overlaps }
                    try await checkGroups(
                        history, query, by: groupings[index % groupings.count], map, fixture)
                    let expected = FunnelEvaluator(facts: facts, query: query).units
                    let moment = History.moment(query.asKnownAt)
                    let ledger = try await ledgerUnits(query, moment, fixture, names, codes)
                    #expect(ledger == Line.lines(expected), "ledger path, \(query.definition)")
                    guard JourneyEvaluation.supports(query.definition) else { continue }
                    let journeys = try await journeyUnits(query, moment, fixture, names, codes)
                    #expect(journeys == Line.lines(expected), "journey path, \(query.definition)")
                }
            }
        }
    }

    /// What the command prints against the pure evaluator's units, counted by group.
    private func checkGroups(
        _ history: History, _ query: FunnelQuery, by grouping: FunnelGrouping, _ map: PlaceMap,
        _ fixture: StoreFixture
    ) async throws {
        let facts = History.facts(history.events) { map.group($0, by: grouping, on: query.asOf) }
        let units = FunnelEvaluator(facts: facts, query: query).units
        func counts(_ units: [FunnelUnit]) -> FunnelCounts {
            FunnelCounts(units: units, definition: query.definition, asOf: query.asOf)
        }
        let expected = Dictionary(grouping: units) {
            grouping == .week ? Week(containing: $0.entry).name : $0.place
        }.mapValues(counts)
        let reader = FunnelReader(federation: fixture.federation)
        let (from, to) = (query.entries.lowerBound, query.asOf)
        let moment = History.moment(query.asKnownAt)
        let printed = try await reader.breakdown(
            definition: query.definition, from: from, to: to, by: grouping, at: moment,
            on: fixture.connection)
        let ledger = try await reader.ledgerBreakdown(
            definition: query.definition, from: from, to: to, by: grouping, at: moment,
            on: fixture.connection)
        #expect(printed == ledger, "by \(grouping), \(query.definition)")
        #expect(printed.total == counts(units), "by \(grouping), \(query.definition)")
        let groups = Dictionary(uniqueKeysWithValues: printed.groups.map { ($0.unit, $0.counts) })
        if grouping != .none { #expect(groups == expected, "by \(grouping), \(query.definition)") }
        #expect(printed.groups.dropLast().allSatisfy { !$0.unit.isEmpty }, "what has no group comes last")
        try expectConservation(printed)
    }

    /// Groups add up to the total in every count; and every at-risk firm has one of the five fates.
    private func expectConservation(_ breakdown: FunnelReader.Breakdown) throws {
        let counts = breakdown.groups.map(\.counts)
        let total = try #require(breakdown.total)
        for count: (FunnelCounts) -> Int in [
            { $0.entered }, { $0.atRisk }, { $0.converted }, { $0.covered }, { $0.exited }, { $0.open },
            { $0.expired },
        ] {
            #expect(counts.reduce(0) { $0 + count($1) } == count(total))
        }
        for step in total.steps.indices {
            #expect(counts.reduce(0) { $0 + $1.steps[step] } == total.steps[step])
        }
    }

    private func ledgerUnits(
        _ query: FunnelQuery, _ moment: PostgresTimestamp, _ fixture: StoreFixture,
        _ names: [String: String], _ codes: [String: String]
    ) async throws -> [Line] {
        var query = query
        query.asKnownAt = 0
        let facts = try await LedgerFacts(
            federation: fixture.federation, at: moment
        ).firmFacts(on: fixture.connection)
        let units = FunnelEvaluator(facts: facts, query: query).units
        return Line.lines(units, names: names, codes: codes)
    }

    private func journeyUnits(
        _ query: FunnelQuery, _ moment: PostgresTimestamp, _ fixture: StoreFixture,
        _ names: [String: String], _ codes: [String: String]
    ) async throws -> [Line] {
        let journeys = try await JourneyReader.journeys(
            federation: fixture.federation, at: moment, on: fixture.connection)
        return journeys.compactMap { firm, journey -> Line? in
            guard query.entries.contains(journey.entry),
                let evaluation = JourneyEvaluation(
                    journey, definition: query.definition, asOf: query.asOf)
            else { return nil }
            return Line(
                unit: names["\(firm)"] ?? "?", place: codes[journey.place] ?? "?",
                entry: journey.entry, standing: journey.standing, steps: evaluation.steps,
                outcome: evaluation.outcome)
        }.sorted { $0.unit < $1.unit }
    }

    struct Line: Equatable {
        let unit, place: String
        let entry: Day
        let standing: FunnelUnit.Standing
        let steps: [Day?]
        let outcome: FunnelOutcome?

        static func lines(
            _ units: [FunnelUnit], names: [String: String] = [:], codes: [String: String] = [:]
        ) -> [Line] {
            units.map {
                Line(
                    unit: names[$0.unit] ?? $0.unit, place: codes[$0.place] ?? $0.place,
                    entry: $0.entry, standing: $0.standing, steps: $0.steps, outcome: $0.outcome)
            }.sorted { $0.unit < $1.unit }
        }
    }
}

/// Which areas the places of a history are. One of them ends without a successor, so that what was met
/// there belongs to no area of a later map.
struct PlaceMap {
    /// Area ids by place.
    let ids: [String: Int]
    /// Places by area code.
    let names: [String: String]
    private let codes: [String: String]
    private let lost: String?

    static let lostOn = History.day(50)

    init(_ history: History, fixture: StoreFixture) async throws {
        let places = Set(
            history.events.filter { $0.kind != "alias" }.flatMap { [$0.place, $0.to].compactMap(\.self) }
        ).sorted()
        let townships = fixture.areas.townships.filter {
            $0.validTo == nil && $0.isValid(on: History.day(0))
        }.prefix(places.count)
        var ids = Dictionary(uniqueKeysWithValues: zip(places, townships.map(\.id)))
        var codes = Dictionary(uniqueKeysWithValues: zip(places, townships.map(\.code)))
        lost = places.count > 1 ? places.last : nil
        if let lost {
            ids[lost] = 900_001
            codes[lost] = "110105998"
            try await fixture.connection.execute(
                """
                INSERT INTO goutong.area (area_id, code, level, kind, name, district_code, district_name,
                    pinyin, initials, valid_from, valid_to, source)
                VALUES (900001, '110105998', 'township', 'town', '示例镇', '110105', '朝阳区', 'shili', 'sl',
                    \(History.day(-900)), \(Self.lostOn), 'test')
                """)
        }
        self.ids = ids
        self.codes = codes
        names = Dictionary(uniqueKeysWithValues: codes.map { ($1, $0) })
    }

    /// The group of a meeting, or of a registration, on the map of a day; nil where it is no place.
    func group(_ event: History.Event, by grouping: FunnelGrouping, on day: Day) -> String? {
        let isMeeting = event.kind == "contact" || event.kind == "attended"
        switch grouping {
        // Of these firms no list says how they are registered.
        case .none, .week, .ownership: return isMeeting ? "" : nil
        case .venue: return isMeeting ? History.venue(event.id) : nil
        case .format: return isMeeting ? History.format(event.id) ?? "" : nil
        case .industry: return isMeeting ? History.section(event.id) ?? "" : nil
        // A unit may stand in several: `BreakdownAgreementTests`.
        case .category, .cadre: return nil
        case .headcount: return isMeeting ? event.kind == "contact" ? History.band(event.id) ?? "" : "" : nil
        case .area, .district:
            guard let place = event.place ?? event.to, let code = codes[place] else { return nil }
            if place == lost, day >= Self.lostOn { return "" }
            return grouping == .area ? code : String(code.prefix(6))
        }
    }
}

/// Dense histories of a few firms: days collide, corrections overlap, merges chain and loop.
enum RandomEvents {
    static func events(_ random: inout SeededRandom) -> [History.Event] {
        let kinds = [
            "contact", "contact", "contact", "contact", "intent", "intent", "intent", "application",
            "application", "founded", "founded", "withdrawn", "closed", "organised", "registered",
            "alias",
        ]
        var merged: Set<String> = []
        return (1...160).compactMap { id in
            var kind = kinds[random.below(kinds.count)]
            let unit = "u\(random.below(14))"
            if kind == "alias", !merged.insert(unit).inserted || merged.count > 5 { kind = "contact" }
            let day = random.below(180)
            let recorded = day + random.below(40)
            let place = "T\(random.below(4) + 1)"
            let other = "u\(random.below(14))"
            guard kind != "alias" || other != unit else { return nil }
            return History.Event(
                id: id, kind: kind, unit: unit, day: kind == "alias" ? nil : day, rec: recorded,
                sup: random.below(6) == 0 ? recorded + 1 + random.below(60) : nil,
                place: kind == "contact" ? place : nil,
                to: kind == "registered" ? place : kind == "alias" ? other : nil,
                until: kind == "organised" && random.below(2) == 0 ? day + 1 + random.below(60) : nil)
        }
    }
}
