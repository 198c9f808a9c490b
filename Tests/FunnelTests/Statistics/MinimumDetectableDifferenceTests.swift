import Funnel
import Testing

@Suite struct MinimumDetectableDifferenceTests {
    @Test("solves its equation, up and down", arguments: [0.03, 0.2, 0.5, 0.86], [0.0, 0.04, 0.3])
    func solves(_ baseline: Double, _ correlation: Double) throws {
        let mde = try #require(
            MinimumDetectableDifference(
                baseline: baseline, pilotSizes: [20, 80, 35, 50], comparisonSizes: [10, 60, 90, 44, 30],
                correlation: correlation))
        let (multiplier, one, other) = try (
            #require(mde.multiplier), #require(mde.pilot.effectiveSize),
            #require(mde.comparison.effectiveSize)
        )
        for (p, found) in [(baseline, mde.up), (1 - baseline, mde.down)] {
            func gap(_ d: Double) -> Double {
                d - multiplier
                    * (p * (1 - p) / other + (p + d) * (1 - p - d) / one).squareRoot()
            }
            if let found {
                #expect(abs(gap(found)) < 1e-12 && p + found <= 1)
            } else {
                #expect(gap(1 - p) < 0)
            }
        }
    }

    @Test("nothing to compare, or too few townships") func few() throws {
        #expect(
            MinimumDetectableDifference(
                baseline: 0.2, pilotSizes: [0], comparisonSizes: [5], correlation: 0) == nil)
        let two = try #require(
            MinimumDetectableDifference(
                baseline: 0.2, pilotSizes: [40], comparisonSizes: [50, 0], correlation: 0.1))
        #expect(two.degreesOfFreedom == 0 && two.multiplier == nil && two.up == nil)
    }

    @Test("from 0 and from 1 one can only go one way", arguments: [0.0, 1.0])
    func ends(_ baseline: Double) throws {
        let mde = try #require(
            MinimumDetectableDifference(
                baseline: baseline, pilotSizes: [400, 400, 400], comparisonSizes: [400, 400],
                correlation: 0))
        #expect((mde.up == nil) == (baseline == 1))
        #expect((mde.down == nil) == (baseline == 0))
    }

    @Test("a correlation so negative that nothing is left has no effective size") func negative() {
        #expect(DesignEffect(sizes: [40, 40], correlation: -0.05)?.effectiveSize == nil)
        #expect(DesignEffect(sizes: [1, 1, 1], correlation: 0.7)?.factor == 1)
        #expect(DesignEffect(sizes: [], correlation: 0) == nil)
    }

    @Test("correlation of outcomes: 1 where townships are all or none, nil where it cannot be told")
    func correlation() throws {
        let apart = [Proportion(x: 5, n: 5), Proportion(x: 0, n: 5), Proportion(x: 5, n: 5)]
        #expect(try #require(IntraclassCorrelation(apart)).value == 1)
        #expect(IntraclassCorrelation([Proportion(x: 2, n: 5)]) == nil)
        #expect(IntraclassCorrelation([Proportion(x: 1, n: 1), Proportion(x: 0, n: 1)]) == nil)
        #expect(IntraclassCorrelation([Proportion(x: 0, n: 4), Proportion(x: 0, n: 9)]) == nil)
    }
}
