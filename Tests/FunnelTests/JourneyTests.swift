import Funnel
import Outreach
import Testing

/// The journey row against the evaluator, on random histories: same firm, same answers.
@Suite struct JourneyTests {
    struct Setting: Sendable, CustomTestStringConvertible {
        let order: FunnelDefinition.Order
        let window: FunnelDefinition.Window

        var definition: FunnelDefinition { FunnelDefinition(window: window, order: order) }
        var testDescription: String { "\(order) \(window)" }
    }

    static let settings = [FunnelDefinition.Order.ordered, .implied, .any].flatMap { order in
        [.days(0), .days(7), .days(30), .days(90), .unlimited].map { Setting(order: order, window: $0) }
    }

    @Test("agrees with the evaluator on every random history and every V", arguments: settings)
    func agreement(_ setting: Setting) throws {
        var random = SplitMix64(seed: 20_180_401)
        var met = 0
        for _ in 0..<1500 {
            let facts = RandomHistory.facts(&random)
            // One row, built once from everything known, answers for every V.
            let journey = Journey(facts: facts)
            for day in [20, 55, 120, 260] {
                let asOf = FunnelOracle.day(day)
                let unit = evaluator(facts, setting.definition, asOf: asOf).units.first
                let evaluation = journey.flatMap {
                    JourneyEvaluation($0, definition: setting.definition, asOf: asOf)
                }
                #expect(evaluation?.steps == unit?.steps)
                #expect(evaluation?.outcome == unit?.outcome)
                #expect(evaluation?.windowClosed == unit?.windowClosed)
                #expect(evaluation?.week == unit?.week)
                guard let unit, let journey else { continue }
                met += 1
                #expect(journey.entry == unit.entry)
                #expect(journey.place == unit.place)
                #expect(journey.standing == unit.standing)
                #expect(journey.priorIntent == unit.priorIntent)
            }
        }
        #expect(met > 3000, "the histories must hold something to agree on")
    }

    @Test("every outcome, at-risk and not, occurs in the histories")
    func histories() {
        var random = SplitMix64(seed: 20_180_401)
        var outcomes: Set<FunnelOutcome> = []
        var standings: Set<FunnelUnit.Standing> = []
        var priors: Set<Bool> = []
        for _ in 0..<1500 {
            let facts = RandomHistory.facts(&random)
            let definition = FunnelDefinition(window: .days(30))
            let units = evaluator(facts, definition, asOf: FunnelOracle.day(55)).units
            outcomes.formUnion(units.compactMap(\.outcome))
            standings.formUnion(units.map(\.standing))
            priors.formUnion(units.map(\.priorIntent))
        }
        #expect(outcomes == Set(FunnelOutcome.allCases))
        #expect(standings == Set(FunnelUnit.Standing.allCases))
        #expect(priors == [true, false])
    }

    @Test("counts add up, and agree with the evaluator's cohorts", arguments: settings)
    func counts(_ setting: Setting) {
        var random = SplitMix64(seed: 870)
        let histories = (0..<800).map { RandomHistory.facts(&random, unit: "F\($0)") }
        let asOf = FunnelOracle.day(120)
        let evaluator = evaluator(histories.flatMap { $0 }, setting.definition, asOf: asOf)
        let counts = FirmFunnelCounts(
            journeys: histories.compactMap { Journey(facts: $0) }, definition: setting.definition,
            asOf: asOf, from: FunnelOracle.day(-200), to: FunnelOracle.day(999))

        let judged = evaluator.units.filter(\.isAtRisk)
        #expect(counts.met == evaluator.units.count)
        #expect(counts.converted == judged.count { $0.outcome == .converted })
        #expect(
            counts.converted + counts.covered + counts.exited + counts.open + counts.expired == judged.count)
        let cohorts = evaluator.cohorts.filter { $0.isMature || setting.window == .unlimited }
        #expect(counts.atRisk == cohorts.reduce(0) { $0 + $1.atRisk })
        for (step, count) in [counts.intent, counts.application, counts.established].enumerated() {
            #expect(count == cohorts.reduce(0) { $0 + $1.steps[step] })
        }
    }

    @Test("the median is of converters, the mean of the two in the middle") func median() {
        let journeys = [3, 40, 5, 8, 31].map { days in
            Journey(
                entry: FunnelOracle.day(0), place: "T1", standing: .unorganised,
                intent: FunnelOracle.day(days))
        }
        func median(_ window: Int) -> Double? {
            FirmFunnelCounts(
                journeys: journeys, definition: FunnelDefinition(window: .days(window)),
                asOf: FunnelOracle.day(100), from: FunnelOracle.day(0), to: FunnelOracle.day(0)
            ).medianDaysToIntent
        }
        #expect(median(30) == 5)
        #expect(median(31) == 6.5)
        #expect(median(2) == nil)
    }

    @Test("says which definitions it cannot answer") func support() {
        #expect(JourneyEvaluation.supports(FunnelDefinition()))
        #expect(!JourneyEvaluation.supports(FunnelDefinition(order: .strict)))
        #expect(!JourneyEvaluation.supports(FunnelDefinition(start: .intent)))
        #expect(!JourneyEvaluation.supports(FunnelDefinition(anchor: .any)))
        #expect(!JourneyEvaluation.supports(FunnelDefinition(place: .current)))
        #expect(!JourneyEvaluation.supports(FunnelDefinition(track: .worker)))
    }

    private func evaluator(
        _ facts: [FunnelFact], _ definition: FunnelDefinition, asOf: Day
    ) -> FunnelEvaluator {
        FunnelEvaluator(
            facts: facts,
            query: FunnelQuery(
                definition: definition, asOf: asOf, asKnownAt: 0,
                entries: FunnelOracle.day(-1000)..<FunnelOracle.day(1000)))
    }
}

/// Histories of one firm, dense enough that days collide and steps come in every order.
enum RandomHistory {
    static func facts(_ random: inout SplitMix64, unit: String = "F") -> [FunnelFact] {
        let span = [6, 40, 200][random.below(3)]
        return (0..<random.below(10)).map { _ in
            FunnelFact(
                id: FactID(random.below(1_000_000)), unit: unit, day: FunnelOracle.day(random.below(span)),
                recorded: 0, event: event(&random))
        }
    }

    private static func event(_ random: inout SplitMix64) -> FunnelFact.Event {
        let place = "T\(random.below(3))"
        let standings: [FunnelFact.Standing?] = [
            nil, nil, .unorganised, .unorganised, .organised, .covered, .unknown,
        ]
        switch random.below(16) {
        case 0...4: return .contact(place: place, standing: standings[random.below(standings.count)])
        case 5...7: return .intent
        case 8: return .withdrawn
        case 9, 10: return .application
        case 11, 12: return .established
        case 13: return random.below(2) == 0 ? .closed : .movedOut
        case 14: return .covered
        default:
            return .organised(until: random.below(2) == 0 ? nil : FunnelOracle.day(random.below(60)))
        }
    }
}
