import Funnel
import Testing

@Suite struct ControlChartTests {
    /// Twenty streets of one rate, and two that are not of it.
    private let streets =
        [Proportion](repeating: Proportion(x: 7, n: 20), count: 20)
        + [Proportion(x: 18, n: 20), Proportion(x: 0, n: 25), Proportion(x: 0, n: 0), Proportion(x: 1, n: 1)]

    @Test("limits are exact while streets vary as chance has it, and flags are told from it")
    func flags() throws {
        let chart = ControlChart(streets, target: 0.35)
        #expect(!chart.isOverDispersed)
        #expect(chart.points[0].signal == .none)
        #expect(chart.points[20].signal == .above)
        #expect(chart.points[21].signal == .below)
        // Nobody, and one firm: no result could be told from chance.
        #expect(chart.points[22].signal == .insufficient)
        #expect(chart.points[22].band == nil && chart.points[22].pValue == nil)
        #expect(chart.points[23].signal == .insufficient)
        let band = try #require(chart.points[0].band)
        #expect(band.warning.lower == ControlLimits.exact(target: 0.35, n: 20, p: 0.025))
        #expect(band.alarm.upper == ControlLimits.exact(target: 0.35, n: 20, p: 0.999))
        #expect(band.alarm.lower <= band.warning.lower && band.warning.upper <= band.alarm.upper)
        #expect(chart.points[20].pValue == Proportion(x: 18, n: 20).exactPValue(against: 0.35))
    }

    @Test("what only varies more than chance is not flagged: limits are widened, and with them the tests")
    func overDispersion() throws {
        let spread = (0..<40).map { Proportion(x: $0.isMultiple(of: 2) ? 60 : 140, n: 400) }
        let chart = ControlChart(spread)
        #expect(chart.isOverDispersed)
        #expect(chart.points.allSatisfy { $0.signal == .none })
        let exact = FalseDiscoveryRate.adjusted(spread.map { $0.exactPValue(against: 0.25) })
        #expect(exact.allSatisfy { ($0 ?? 1) < 0.05 }, "without the widening every one would be flagged")
        let factor = try #require(chart.factor)
        let half = 1.959_963_984_540_054 * (factor.corrected * 0.25 * 0.75 / 400).squareRoot()
        let band = try #require(chart.band(n: 400))
        #expect(abs(band.warning.upper - min(1, 0.25 + half)) < 1e-12)
    }

    @Test("nobody counted anywhere, everyone and no one: nothing is flagged and nothing divided by nothing")
    func edges() {
        let nobody = ControlChart([Proportion(x: 0, n: 0)])
        #expect(nobody.target == nil && nobody.band(n: 5) == nil)
        #expect(nobody.points[0].signal == .insufficient)
        for counts in [[Proportion(x: 5, n: 5), Proportion(x: 9, n: 9)], [Proportion(x: 0, n: 5)]] {
            let chart = ControlChart(counts)
            #expect(chart.points.allSatisfy { $0.signal != .above && $0.signal != .below })
            #expect(chart.points.allSatisfy { $0.pValue == 1 })
        }
        #expect(ControlChart([]).points.isEmpty)
    }

    @Test("a target that is stated is kept")
    func statedTarget() {
        let others = [Proportion](repeating: Proportion(x: 10, n: 100), count: 9)
        let chart = ControlChart([Proportion(x: 40, n: 100)] + others, target: 0.1)
        #expect(chart.target == 0.1 && chart.points[0].signal == .above)
    }
}
