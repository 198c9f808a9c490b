import Foundation
import Funnel
import Outreach
import OutreachStore
import PostgresClient
import TestSupport
import Testing

/// The worker funnel read from the ledger against the pure evaluator.
@Suite struct WorkerAgreementTests {
    static let vectors = JourneyAgreementTests.vectors(of: "worker")

    @Test("the vectors are read") func vectorsRead() { #expect(Self.vectors.count == 3) }

    @Test("the oracle's histories", arguments: History.Tag.allCases)
    func oracleHistories(_ tag: History.Tag) async throws {
        let events = try #require(Self.vectors.first?.in.events)
        #expect(Self.vectors.allSatisfy { $0.in.events.map(\.id) == events.map(\.id) })
        try await check(
            History(events: events), tag: tag, queries: Self.vectors.compactMap(\.in.query.query))
    }

    @Test("random histories", arguments: 0..<4) func randomHistories(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed) + 700)
        let history = History(events: RandomWorkers.events(&random))
        let queries = JourneyAgreementTests.queries(seed: seed).map { query in
            var query = query
            query.definition.track = .worker
            query.definition.place = .entryContact
            return query
        }
        try await check(history, tag: seed % 2 == 0 ? .document : .mobile, queries: queries)
    }

    @Test("the random histories hold what there is to agree on") func histories() {
        var units: [FunnelUnit] = []
        for seed in 0..<4 {
            var random = SeededRandom(seed: UInt64(seed) + 700)
            let facts = History.facts(RandomWorkers.events(&random))
            units +=
                FunnelEvaluator(
                    facts: facts,
                    query: FunnelQuery(
                        definition: FunnelDefinition(track: .worker), asOf: History.day(400), asKnownAt: 400,
                        entries: History.day(0)..<History.day(10_000))
                ).units
        }
        #expect(units.count > 30)
        for step in 0..<3 { #expect(units.count { $0.steps[step] != nil } > 4, "step \(step + 2)") }
        #expect(units.contains { $0.steps[0] != nil && !$0.netLive })
    }

    /// What only the ledger can say: an application without a document is of the person with its mobile,
    /// erased persons stay counted, duplicates do not, and a rejected application is lost.
    @Test func whatBecomesOfApplications() async throws {
        try await StoreFixture.withFederation { fixture in
            let events = (0..<6).flatMap { number in
                [("attended", 10 + number), ("joined", 20 + number)].map { kind, id in
                    History.Event(
                        id: id, kind: kind, unit: "w\(number)", day: 0, rec: 0, sup: nil, place: "T1",
                        to: nil, until: nil)
                }
            }
            let map = try await PlaceMap(History(events: events), fixture: fixture)
            _ = try await History(events: events).loadWorkers(
                federation: fixture.federation.id, areas: map.ids, tag: .document, on: fixture.connection)
            for statement: SQL in [
                // The third has no document, and the second's mobile.
                "UPDATE goutong.applicant_person SET mobile_tag = 'm' WHERE applicant_id IN (\(id(21)), \(id(22)))",
                "UPDATE goutong.applicant_person SET document_tag = NULL WHERE applicant_id = \(id(22))",
                "DELETE FROM goutong.applicant_person WHERE applicant_id = \(id(23))",
                """
                INSERT INTO goutong.applicant_event VALUES
                    (\(fixture.federation.id), \(id(34)), \(id(24)), 'duplicate', \(History.day(1)),
                     \(History.moment(1)), NULL),
                    (\(fixture.federation.id), \(id(35)), \(id(25)), 'rejected', \(History.day(1)),
                     \(History.moment(1)), NULL)
                """,
            ] { try await fixture.connection.execute(statement) }
            let breakdown = try await FunnelReader(federation: fixture.federation).breakdown(
                definition: FunnelDefinition(track: .worker, window: .days(7), start: .intent),
                from: History.day(0), to: History.day(30), by: .none, at: History.moment(40),
                on: fixture.connection)
            let counts = try #require(breakdown.total)
            #expect(counts.entered == 4)
            #expect(counts.exited == 1)
            #expect(counts.expired == 3)
        }
    }

    private func id(_ number: Int) -> UUID { History.uuid(number) }

    private func check(_ history: History, tag: History.Tag, queries: [FunnelQuery]) async throws {
        try await StoreFixture.withFederation { fixture in
            let map = try await PlaceMap(history, fixture: fixture)
            let workers = try await history.loadWorkers(
                federation: fixture.federation.id, areas: map.ids, tag: tag, on: fixture.connection)
            let facts = History.facts(history.events)
            for (index, query) in queries.enumerated() {
                let moment = History.moment(query.asKnownAt)
                // Which of two workers who are one lends the name is nobody's business.
                let names = Dictionary(
                    uniqueKeysWithValues: workers.map {
                        ("\($0)", history.root(of: $1, at: query.asKnownAt))
                    })
                var known = query
                known.asKnownAt = 0
                let read = try await LedgerFacts(federation: fixture.federation, at: moment)
                    .workerFacts(on: fixture.connection)
                let units = FunnelEvaluator(facts: read, query: known).units
                #expect(
                    JourneyAgreementTests.Line.lines(units, names: names, codes: map.names)
                        == JourneyAgreementTests.Line.lines(FunnelEvaluator(facts: facts, query: query).units),
                    "\(query.definition)")
                let groupings: [FunnelGrouping] = [.none, .area, .district, .week, .venue]
                try await checkGroups(
                    history, query, by: groupings[index % groupings.count], map, fixture)
            }
        }
    }

    private func checkGroups(
        _ history: History, _ query: FunnelQuery, by grouping: FunnelGrouping, _ map: PlaceMap,
        _ fixture: StoreFixture
    ) async throws {
        let facts = History.facts(history.events) { map.group($0, by: grouping, on: query.asOf) }
        let units = FunnelEvaluator(facts: facts, query: query).units
        let expected = Dictionary(grouping: units) {
            grouping == .week ? Week(containing: $0.entry).name : $0.place
        }.mapValues { FunnelCounts(units: $0, definition: query.definition, asOf: query.asOf) }
        let printed = try await FunnelReader(federation: fixture.federation).breakdown(
            definition: query.definition, from: query.entries.lowerBound, to: query.asOf, by: grouping,
            at: History.moment(query.asKnownAt), on: fixture.connection)
        let groups = Dictionary(uniqueKeysWithValues: printed.groups.map { ($0.unit, $0.counts) })
        if grouping != .none { #expect(groups == expected, "by \(grouping), \(query.definition)") }
        #expect(printed.groups.reduce(0) { $0 + $1.counts.entered } == units.count)
        #expect(printed.total?.entered == units.count)
    }
}

/// Workers who apply once or twice, at one meeting or two, and turn out to be one another.
enum RandomWorkers {
    static func events(_ random: inout SeededRandom) -> [History.Event] {
        var events: [History.Event] = []
        func add(
            _ kind: String, _ unit: String, day: Int?, rec: Int, sup: Int? = nil, place: String? = nil,
            to: String? = nil
        ) {
            events.append(
                History.Event(
                    id: events.count + 1, kind: kind, unit: unit, day: day, rec: rec, sup: sup, place: place,
                    to: to, until: nil))
        }
        for number in 0..<16 {
            let unit = "w\(number)"
            // Some applications are taken back, and nothing else is known of them.
            let isVoid = number >= 13
            for _ in 0...(isVoid ? 0 : random.below(2)) {
                let day = random.below(100)
                let recorded = day + random.below(30)
                let sup = isVoid ? recorded + 1 + random.below(60) : nil
                add(
                    "attended", unit, day: day, rec: recorded, sup: sup, place: "T\(random.below(4) + 1)")
                add("joined", unit, day: day + random.below(3) * 4, rec: recorded, sup: sup)
            }
            guard !isVoid, let joined = events.last else { continue }
            for kind in ["joined", "verified", "verified", "admitted", "withdrawn"] where random.below(2) == 0
            {
                let day = (joined.day ?? 0) + (kind == "joined" ? random.below(9) : random.below(60))
                let recorded = joined.rec + random.below(90)
                let isCorrected = kind != "joined" && random.below(5) == 0
                add(
                    kind, unit, day: day, rec: recorded,
                    sup: isCorrected ? recorded + 1 + random.below(60) : nil)
            }
            if number > 0, random.below(3) == 0 {
                add(
                    "alias", unit, day: nil, rec: joined.rec + random.below(60),
                    to: "w\(random.below(number))")
            }
        }
        return events
    }
}
