import Funnel
import Outreach
import Testing

/// The funnel that starts at the intent.
@Suite struct FunnelStartTests {
    private let definition = FunnelDefinition(window: .days(30), start: .intent)

    @Test("enters at the first intent from the first meeting on, on that day and in that week") func entry() {
        let facts = [
            fact(1, "A", 5, .contact(place: "T1")), fact(2, "A", 2, .intent), fact(3, "A", 4, .withdrawn),
            fact(4, "A", 20, .intent), fact(5, "A", 25, .intent), fact(6, "A", 50, .application),
            fact(7, "A", 51, .established),
            // Never met, or never of a mind to.
            fact(8, "B", 5, .intent), fact(9, "C", 5, .contact(place: "T1")),
        ]
        let units = evaluate(facts)
        #expect(units.map(\.unit) == ["A"])
        #expect(units.first?.entry == FunnelOracle.day(20))
        #expect(units.first?.week == FunnelOracle.day(14))
        // The window counts from the intent, both ends included: day 50 is in it, day 51 is not.
        #expect(units.first?.steps == [FunnelOracle.day(20), FunnelOracle.day(50), nil])
        #expect(units.first?.outcome == .converted)
    }

    @Test("is gated by the day of the intent, not of the meeting") func period() {
        let facts = [fact(1, "A", 5, .contact(place: "T1")), fact(2, "A", 20, .intent)]
        #expect(evaluate(facts, entries: 0..<20).isEmpty)
        #expect(evaluate(facts, entries: 20..<21).count == 1)
        #expect(evaluate(facts, asOf: 19).isEmpty)
    }

    @Test("has at risk who is in no union and held no live intent on the day of intent") func atRisk() {
        let facts = [
            fact(1, "live", 5, .contact(place: "T1")), fact(2, "live", 2, .intent),
            fact(3, "live", 9, .intent),
            // Withdrawn between the meeting and the intent: only the day of intent can tell.
            fact(4, "renewed", 5, .contact(place: "T1")), fact(5, "renewed", 2, .intent),
            fact(6, "renewed", 7, .withdrawn), fact(7, "renewed", 9, .intent),
            fact(8, "register", 5, .contact(place: "T1")), fact(9, "register", 8, .organised()),
            fact(10, "register", 9, .intent),
            fact(11, "told", 5, .contact(place: "T1", standing: .organised)), fact(12, "told", 9, .intent),
        ]
        let units = evaluate(facts)
        #expect(units.map(\.unit) == ["live", "register", "renewed", "told"])
        #expect(units.map(\.isAtRisk) == [false, false, true, false])
        #expect(units.map(\.priorIntent) == [true, false, false, false])
        #expect(units.map(\.standing) == [.unorganised, .organised, .unorganised, .organised])
    }

    @Test("judges at the application: one fate each") func fates() {
        let facts = ["applied", "covered", "closed", "lapsed", "late"].flatMap { unit in
            [fact(1, unit, 0, .contact(place: "T1")), fact(2, unit, 5, .intent)]
        }
        let units = evaluate(
            facts + [
                fact(3, "applied", 9, .application), fact(3, "covered", 9, .covered),
                fact(3, "closed", 9, .closed), fact(3, "lapsed", 9, .withdrawn),
                fact(3, "late", 36, .application),
            ])
        #expect(units.map(\.unit) == ["applied", "closed", "covered", "lapsed", "late"])
        #expect(units.map(\.outcome) == [.converted, .exited, .covered, .expired, .expired])
        #expect(units.map(\.netLive) == [true, true, true, false, true])
        let counts = FunnelCounts(units: units, definition: definition, asOf: FunnelOracle.day(400))
        #expect(counts.entered == 5)
        #expect(counts.atRisk == 5)
        #expect(counts.steps == [1, 0])
        #expect(counts.medianDays == 4)
    }

    @Test("in strict order, a further intent or a later meeting breaks the chain") func strict() {
        var strict = definition
        strict.order = .strict
        func steps(_ more: FunnelFact...) -> [Day?] {
            let facts = [
                fact(1, "A", 0, .contact(place: "T1")), fact(2, "A", 3, .contact(place: "T1")),
                fact(3, "A", 5, .intent), fact(4, "A", 9, .application), fact(5, "A", 12, .established),
            ]
            return evaluate(facts + more, definition: strict).first?.steps ?? []
        }
        let all = [5, 9, 12].map { Optional(FunnelOracle.day($0)) }
        #expect(steps() == all)
        #expect(steps(fact(6, "A", 5, .contact(place: "T1"))) == all, "a meeting on the day comes before")
        #expect(steps(fact(6, "A", 7, .intent)) == [all[0], nil, nil])
        #expect(steps(fact(6, "A", 10, .contact(place: "T1"))) == [all[0], all[1], nil])
    }

    @Test("takes place and standing from the anchor") func anchors() {
        let facts = [
            fact(1, "A", 0, .contact(place: "T1")),
            fact(2, "A", 4, .contact(place: "T2", standing: .unknown)),
            fact(3, "A", 5, .intent), fact(4, "A", 6, .contact(place: "T3")),
        ]
        var last = definition
        last.anchor = .last
        var any = definition
        any.anchor = .any
        #expect(evaluate(facts).map(\.place) == ["T1"])
        #expect(evaluate(facts, definition: last).map(\.place) == ["T2"])
        #expect(evaluate(facts, definition: last).map(\.standing) == [.unknown])
        #expect(evaluate(facts, definition: any) == evaluate(facts))
    }

    @Test("agrees with the journey's days, whose chain from the intent no window changes")
    func journeys() {
        var random = SplitMix64(seed: 885)
        var entered = 0
        for _ in 0..<1500 {
            let facts = RandomHistory.facts(&random)
            let journey = Journey(facts: facts)
            guard let unit = evaluate(facts, entries: -1000..<1000).first else {
                #expect(journey?.intent == nil)
                continue
            }
            entered += 1
            #expect(unit.entry == journey?.intent)
            #expect(unit.place == journey?.place)
            guard unit.isAtRisk else { continue }
            func within(_ day: Day?) -> Day? { day.flatMap { $0 <= unit.entry.adding(days: 30) ? $0 : nil } }
            #expect(
                unit.steps == [
                    journey?.intent, within(journey?.applicationAfterIntent),
                    within(journey?.establishedAfterApplication),
                ])
        }
        #expect(entered > 200)
    }

    private func fact(_ id: Int, _ unit: String, _ day: Int, _ event: FunnelFact.Event) -> FunnelFact {
        FunnelFact(id: FactID(id), unit: unit, day: FunnelOracle.day(day), recorded: 0, event: event)
    }

    private func evaluate(
        _ facts: [FunnelFact], definition: FunnelDefinition? = nil, asOf: Int = 400,
        entries: Range<Int> = 0..<1000
    ) -> [FunnelUnit] {
        FunnelEvaluator(
            facts: facts,
            query: FunnelQuery(
                definition: definition ?? self.definition, asOf: FunnelOracle.day(asOf), asKnownAt: 0,
                entries: FunnelOracle.day(entries.lowerBound)..<FunnelOracle.day(entries.upperBound))
        ).units
    }
}
