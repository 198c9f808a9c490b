import Funnel
import Testing

@Suite struct ClusteredChangeTests {
    private let week = [(3, 10), (1, 5), (4, 20)].map { Proportion(x: $0, n: $1) }
    private let previous = [(2, 12), (2, 4), (3, 25)].map { Proportion(x: $0, n: $1) }
    private let nobody = Proportion(x: 0, n: 0)

    @Test("townships of nobody in both weeks are dropped") func dropped() {
        #expect(
            ClusteredChange(week + [nobody], since: previous + [nobody])
                == ClusteredChange(week, since: previous))
    }

    @Test("a week of nobody has no rate and no change") func empty() {
        let change = ClusteredChange(week, since: [nobody, nobody, nobody])
        #expect(change.rate != nil && change.previousRate == nil)
        #expect(change.difference == nil && change.standardError == nil && change.ratio == nil)
        #expect(change.clusters == 3)
        let none = ClusteredChange([], since: [])
        #expect(none.clusters == 0 && none.degreesOfFreedom == -1 && none.rate == nil)
    }

    @Test("one township, or two units, leave no standard error") func few() {
        #expect(ClusteredChange([week[0]], since: [previous[0]]).interval == nil)
        let one = Proportion(x: 1, n: 1)
        let change = ClusteredChange([one, nobody], since: [nobody, Proportion(x: 0, n: 1)])
        #expect(change.difference == 1)
        #expect(change.standardError == nil)
    }

    @Test("a rate of 0 leaves a difference and no ratio") func zero() {
        let change = ClusteredChange(
            [Proportion(x: 0, n: 4), Proportion(x: 0, n: 9)], since: Array(previous.prefix(2)))
        #expect(change.interval != nil && change.ratio == nil)
    }

    @Test("weeks changed over, the difference is negated and the ratio inverted") func mirrored() throws {
        let (one, other) = (
            ClusteredChange(week, since: previous), ClusteredChange(previous, since: week)
        )
        #expect(agree(one.interval?.lower, other.interval.map { -$0.upper }, absolute: 1e-15))
        #expect(agree(one.ratio?.interval.lower, other.ratio.map { 1 / $0.interval.upper }, relative: 1e-14))
    }
}
