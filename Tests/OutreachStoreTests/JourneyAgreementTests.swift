import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// The three ways to a funnel must agree for every history: the pure evaluator, journeys derived in SQL,
/// and the evaluator over facts read from the ledger.
@Suite struct JourneyAgreementTests {
    struct Vector: Decodable, Sendable {
        struct Query: Decodable, Sendable {
            let funnel, order, anchor, place: String
            let as_of_valid, as_of_system, window, from, to: Int

            var query: FunnelQuery? {
                guard let order = FunnelDefinition.Order(rawValue: order),
                    let anchor = FunnelDefinition.Anchor(rawValue: anchor),
                    let place = FunnelDefinition.Place(rawValue: place)
                else { return nil }
                return FunnelQuery(
                    definition: FunnelDefinition(
                        window: .days(window), order: order, anchor: anchor, place: place),
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
    static let vectors: [Vector] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../FunnelTests/Fixtures/funnel_semantics.json")
        let data = (try? Data(contentsOf: file)) ?? Data()
        return ((try? JSONDecoder().decode(File.self, from: data))?.cases ?? [])
            .filter { $0.in.query.funnel == "firm" }
    }()

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
        let queries = [FunnelDefinition.Order.ordered, .implied, .any, .strict].flatMap { order in
            FunnelDefinition.Anchor.allCases.flatMap { anchor in
                [(30, 90, 90), (90, 400, 400), (7, 60, 200)].map { window, valid, system in
                    FunnelQuery(
                        definition: FunnelDefinition(
                            window: .days(window), order: order, anchor: anchor),
                        asOf: History.day(valid), asKnownAt: system,
                        entries: History.day(0)..<History.day(10_000))
                }
            }
        }
        try await check(history, queries: queries)
    }

    private func check(_ history: History, queries: [FunnelQuery]) async throws {
        try await StoreFixture.withFederation { fixture in
            let places = Set(history.events.flatMap { [$0.place, $0.to].compactMap(\.self) }).sorted()
            let townships = fixture.areas.townships.filter { $0.validTo == nil }.prefix(places.count)
            let areas = Dictionary(uniqueKeysWithValues: zip(places, townships.map(\.id)))
            let codes = Dictionary(uniqueKeysWithValues: zip(townships.map(\.code), places))
            let firms = try await history.load(
                federation: fixture.federation.id, areas: areas, on: fixture.connection)
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
                for query in queries {
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

    private func ledgerUnits(
        _ query: FunnelQuery, _ moment: PostgresTimestamp, _ fixture: StoreFixture,
        _ names: [String: String], _ codes: [String: String]
    ) async throws -> [Line] {
        var query = query
        query.asKnownAt = 0
        let facts = try await LedgerFacts.firmFacts(
            federation: fixture.federation, at: moment, on: fixture.connection)
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
