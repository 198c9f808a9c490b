import Funnel
import Outreach
import Testing

@Suite struct TimeToEventTests {
    private static func units(_ seed: UInt64, competing: Bool) -> [TimeToEvent] {
        var random = SplitMix64(seed: seed)
        return (0..<(1 + random.below(60))).map { _ in
            TimeToEvent(
                days: random.below(40),
                end: [.censored, .event, competing ? .competing : .event][random.below(3)])
        }
    }

    @Test("nobody followed: nothing is known") func nobody() {
        let curve = KaplanMeier([])
        #expect(curve.steps.isEmpty && curve.step(on: 9) == nil)
        #expect(curve.median == nil && curve.medianLower == nil && curve.medianOfStretch == nil)
        #expect(CumulativeIncidence([]).steps.isEmpty)
    }

    @Test("an event on the day of entry counts, and events come before censorings") func ties() {
        let curve = KaplanMeier([.init(days: 0, end: .event), .init(days: 0, end: .censored)])
        #expect(curve.steps.count == 1)
        #expect(curve.steps[0].survival == 0.5 && curve.steps[0].atRisk == 2)
        #expect(curve.median == 0)
    }

    @Test("a product that makes one half but for rounding is one half") func half() {
        // 9/10 · 8/9 · … · 5/6 is 1/2.
        let units =
            (1...5).map { TimeToEvent(days: $0, end: .event) }
            + (0..<5).map { _ in TimeToEvent(days: 30, end: .censored) }
        let curve = KaplanMeier(units)
        #expect(curve.median == 5)
        #expect(curve.medianOfStretch == 17.5)
    }

    @Test(
        "nothing lost: incidence is 1 − S, with the same standard error", arguments: 0..<20 as Range<UInt64>)
    func complement(_ seed: UInt64) {
        let units = Self.units(seed, competing: false)
        let (survival, incidence) = (KaplanMeier(units), CumulativeIncidence(units))
        #expect(survival.steps.map(\.day) == incidence.steps.map(\.day))
        for (s, f) in zip(survival.steps, incidence.steps) {
            #expect(agree(f.event.share, 1 - s.survival, absolute: 1e-14))
            #expect(f.lost.share == 0 && f.lost.standardError == 0)
            #expect(f.lost.interval == ConfidenceInterval(lower: 0, upper: 0))
            if let error = s.standardError {
                #expect(agree(f.event.standardError, error, absolute: 1e-12))
            }
        }
    }

    @Test("event, loss and neither add up to everyone", arguments: 20..<60 as Range<UInt64>)
    func partition(_ seed: UInt64) {
        for step in CumulativeIncidence(Self.units(seed, competing: true)).steps {
            #expect(agree(step.event.share + step.lost.share + step.survival, 1, absolute: 1e-12))
            for estimate in [step.event, step.lost] {
                guard let interval = estimate.interval else {
                    #expect(agree(estimate.share, 1, absolute: 1e-12))
                    continue
                }
                #expect(interval.lower <= estimate.share + 1e-15)
                #expect(estimate.share <= interval.upper + 1e-15)
            }
        }
    }

    @Test("1 − S overstates where losses occurred") func overstated() throws {
        let units = [
            (1, TimeToEvent.End.competing), (2, .event), (3, .competing), (4, .event), (5, .censored),
        ]
        .map { TimeToEvent(days: $0.0, end: $0.1) }
        let incidence = try #require(CumulativeIncidence(units).steps.last).event.share
        let survival = try #require(KaplanMeier(units).steps.last).survival
        #expect(agree(incidence, 0.4, absolute: 1e-14))
        #expect(1 - survival > incidence + 0.2)
    }

    @Test("beyond the last day known there is nothing to say, unless nobody is left") func beyond() {
        let open = KaplanMeier([.init(days: 3, end: .event), .init(days: 9, end: .censored)])
        #expect(open.survival(on: 2) == 1 && open.survival(on: 9) == 0.5 && open.survival(on: 10) == nil)
        #expect(KaplanMeier([.init(days: 3, end: .event)]).survival(on: 90) == 0)
        #expect(KaplanMeier([]).survival(on: 0) == nil)
        #expect(open.steps[0].conversionInterval?.lower == open.steps[0].interval.map { 1 - $0.upper })
    }

    @Test("the bootstrap of an incidence draws townships, repeatably") func bootstrap() throws {
        let townships = (0..<12).map { Self.units(100 + $0, competing: true) }
        let bootstrap = try #require(IncidenceBootstrap(townships + [[]], day: 30, seed: 8, count: 499))
        let curve = CumulativeIncidence(townships.flatMap(\.self))
        #expect(agree(bootstrap.share, curve.step(on: 30)?.event.share, absolute: 1e-14))
        #expect(bootstrap.percentile.lower < bootstrap.share && bootstrap.share < bootstrap.percentile.upper)
        #expect(bootstrap == IncidenceBootstrap(townships, day: 30, seed: 8, count: 499))
        #expect(IncidenceBootstrap([[], []], day: 30, seed: 8) == nil)

        // Townships that are all alike leave nothing to vary.
        let alike = try #require(
            IncidenceBootstrap(Array(repeating: townships[0], count: 7), day: 30, seed: 8, count: 99))
        #expect(agree(alike.percentile.upper - alike.percentile.lower, 0, absolute: 1e-14))
    }

    @Test("where nobody is censored, errors are the binomial's, also of twenty thousand days")
    func uncensored() {
        let count = 20_000
        let units = (0..<count).map { TimeToEvent(days: $0, end: $0 % 3 == 0 ? .event : .competing) }
        let steps = CumulativeIncidence(units).steps
        #expect(steps.count == count)
        for step in steps {
            for estimate in [step.event, step.lost] {
                let error = (estimate.share * (1 - estimate.share) / Double(count)).squareRoot()
                #expect(agree(estimate.standardError, error, absolute: 1e-12))
            }
        }
    }

    @Test("everyone had the event: its share is certain, to the last digit", arguments: [3, 7, 30, 200])
    func certain(_ count: Int) throws {
        let units = (0..<count).map { TimeToEvent(days: $0 / 3, end: .event) }
        let last = try #require(CumulativeIncidence(units).steps.last)
        #expect(agree(last.event.share, 1, absolute: 1e-12))
        #expect(last.event.standardError < 1e-12)
        #expect(last.event.interval == nil)
        #expect(last.lost.standardError == 0)
    }
}
