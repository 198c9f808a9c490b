import Funnel
import Outreach
import Testing

@Suite struct FunnelEvaluatorTests {
    typealias Vector = Oracle<FunnelOracle.Input, FunnelOracle.Output>.Case

    static let cases = oracle("funnel_semantics", of: FunnelOracle.Input.self, FunnelOracle.Output.self)

    @Test("every vector is read") func count() { #expect(Self.cases.count == 68) }

    @Test("agrees with the brute-force reference", arguments: cases)
    func agreement(_ vector: Vector) throws {
        let query = try #require(vector.input.query.query)
        let facts = vector.input.events.compactMap(\.fact)
        try #require(facts.count == vector.input.events.count)
        let evaluator = FunnelEvaluator(facts: facts, query: query)
        #expect(evaluator.units.map(FunnelOracle.Unit.init) == vector.output.units)
        #expect(evaluator.cohorts.map(FunnelOracle.Cohort.init) == vector.output.cohorts)
    }

    @Test("the order in which facts arrive does not matter", arguments: cases.suffix(24))
    func permutation(_ vector: Vector) throws {
        let query = try #require(vector.input.query.query)
        let facts = vector.input.events.compactMap(\.fact)
        var random = SplitMix64(seed: 11)
        let expected = FunnelEvaluator(facts: facts, query: query)
        for _ in 0..<4 {
            let evaluator = FunnelEvaluator(facts: facts.shuffled(using: &random), query: query)
            #expect(evaluator.units == expected.units)
            #expect(evaluator.cohorts == expected.cohorts)
        }
    }

    @Test("merges in a loop end, and merge nothing inside the loop") func aliasLoop() {
        let facts = [
            fact(1, "A", 0, .contact(place: "T1")), fact(2, "B", 3, .contact(place: "T1")),
            fact(3, "C", 5, .contact(place: "T2")), fact(4, "A", nil, .alias(to: "B")),
            fact(5, "B", nil, .alias(to: "A")), fact(6, "C", nil, .alias(to: "A")),
            fact(7, "D", 1, .contact(place: "T1")), fact(8, "D", nil, .alias(to: "D")),
        ]
        #expect(evaluate(facts).units.map(\.unit) == ["A", "B", "D"])
    }

    @Test("a standing noted at the first meeting is frozen; an unknown one is neither") func standings() {
        let facts = [
            fact(1, "A", 0, .contact(place: "T1", standing: .unorganised)),
            fact(2, "A", 9, .contact(place: "T1", standing: .organised)),
            fact(3, "B", 0, .contact(place: "T1", standing: .unknown)),
            fact(4, "C", 0, .contact(place: "T1", standing: .covered)),
            fact(5, "D", 0, .contact(place: "T1", standing: .unorganised)),
            fact(6, "D", 9, .covered), fact(7, "D", 8, .closed),
        ]
        let units = evaluate(facts).units
        #expect(units.map(\.standing) == [.unorganised, .unknown, .organised, .unorganised])
        #expect(units.map(\.outcome) == [.exited, nil, nil, .covered])
        let cohort = evaluate(facts).cohorts.first
        #expect(cohort?.reached == 4)
        #expect(cohort?.unorganised == 2)
        #expect(cohort?.lost == 2)
    }

    @Test("a week may begin on another day than Monday") func calendar() {
        let facts = [fact(1, "A", 3, .contact(place: "T1")), fact(2, "B", 4, .contact(place: "T1"))]
        let friday = FunnelDefinition(window: .days(0), calendar: "friday")
        let weeks = evaluate(facts, friday).cohorts.map(\.week)
        #expect(weeks == [FunnelOracle.day(-3), FunnelOracle.day(4)])
    }

    @Test("a hundred thousand facts in a few seconds, also in a debug build", .timeLimit(.minutes(1)))
    func size() {
        var random = SplitMix64(seed: 3)
        let kinds: [FunnelFact.Event] = [.contact(place: "T1"), .intent, .application, .closed, .withdrawn]
        let facts = (0..<100_000).map { number in
            fact(number, "F\(random.below(20_000))", random.below(300), kinds[random.below(kinds.count)])
        }
        let evaluator = evaluate(facts)
        #expect(evaluator.cohorts.reduce(0) { $0 + $1.reached } == evaluator.units.count)
    }

    private func fact(_ id: Int, _ unit: String, _ day: Int?, _ event: FunnelFact.Event) -> FunnelFact {
        FunnelFact(
            id: FactID(id), unit: unit, day: day.map(FunnelOracle.day), recorded: day ?? 0, event: event)
    }

    private func evaluate(
        _ facts: [FunnelFact], _ definition: FunnelDefinition = FunnelDefinition()
    ) -> FunnelEvaluator {
        FunnelEvaluator(
            facts: facts,
            query: FunnelQuery(
                definition: definition, asOf: FunnelOracle.day(400), asKnownAt: 400,
                entries: FunnelOracle.day(0)..<FunnelOracle.day(1000)))
    }
}
