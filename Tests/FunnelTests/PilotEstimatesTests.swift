import Funnel
import Outreach
import Testing

@Suite struct PilotEstimatesTests {
    @Test("the gap of intents is the cluster-robust one") func gap() throws {
        let vector = try #require(ClusterDifferenceTests.cases.first)
        let cells =
            zip(vector.input.pilot.x, vector.input.pilot.n).enumerated().map {
                cell("P\($0)", .pilot, .intent, $1.0, $1.1)
            }
            + zip(vector.input.comparison.x, vector.input.comparison.n).enumerated().map {
                cell("C\($0)", .comparison, .intent, $1.0, $1.1)
            }
        let estimates = PilotEstimates.estimates(from: cells)
        #expect(estimates.map(\.estimand) == [.pilotRate, .comparisonRate, .gap, .gap])
        let robust = vector.output.clusterRobust
        let gap = try #require(estimates.first { $0.estimand == .gap && $0.method == .clusterRobust })
        #expect(agree(gap.estimate, robust.diff, relative: 1e-8))
        #expect(agree(gap.confLow, robust.ciCr2?[0], relative: 1e-8))
        #expect(agree(gap.confHigh, robust.ciCr2?[1], relative: 1e-8))
        #expect(gap.n == robust.units)
        #expect(gap.clusters == robust.clusters)
        #expect(gap.pRaw != nil)
        #expect(gap.pBH == gap.pRaw)
    }

    @Test("periods of a unit add up to one cluster, and periods before its start do not count")
    func periods() throws {
        let cells = [
            cell("P1", .pilot, .intent, 2, 5, month: 5), cell("P1", .pilot, .intent, 1, 5, month: 6),
            cell("P1", .pilot, .intent, 9, 9, month: 3), cell("P2", .pilot, .intent, 1, 10, month: 6),
            cell("C1", .comparison, .intent, 1, 10), cell("C2", .comparison, .intent, 0, 10),
        ]
        let rate = try #require(PilotEstimates.estimates(from: cells).first { $0.estimand == .pilotRate })
        #expect(rate.estimate == 0.2)
        #expect(rate.n == 20)
        #expect(rate.clusters == 2)
    }

    @Test("applications per meeting is a plain ratio that may exceed one") func ratio() throws {
        let cells = [
            cell("P1", .pilot, .onSiteApplications, 90, 4), cell("P2", .pilot, .onSiteApplications, 10, 1),
            cell("C1", .comparison, .onSiteApplications, 0, 0),
        ]
        let estimates = PilotEstimates.estimates(from: cells)
        #expect(estimates.map(\.estimate) == [20, nil])
        #expect(estimates.allSatisfy { $0.confLow == nil && $0.pRaw == nil })
    }

    @Test("one suppressed cell withholds every estimate of its stage, and no other stage") func suppression()
    {
        var hidden = cell("C1", .comparison, .intent, 1, 10)
        hidden.numerator = nil
        hidden.suppressed = true
        let cells = [
            hidden, cell("P1", .pilot, .intent, 3, 10), cell("P1", .pilot, .established, 3, 10),
            cell("P2", .pilot, .established, 1, 10), cell("C1", .comparison, .established, 1, 10),
        ]
        let estimates = PilotEstimates.estimates(from: cells)
        for estimate in estimates where estimate.outcome == .intent {
            #expect(estimate.suppressed)
            #expect(estimate.estimate == nil && estimate.n == nil && estimate.pRaw == nil)
        }
        #expect(estimates.contains { $0.outcome == .established && $0.estimate != nil && !$0.suppressed })
    }

    @Test("an arm with one township has no interval and says so") func singleTownship() throws {
        let cells = [
            cell("P1", .pilot, .intent, 3, 10), cell("C1", .comparison, .intent, 1, 10),
            cell("C2", .comparison, .intent, 2, 10),
        ]
        let gap = try #require(PilotEstimates.estimates(from: cells).first { $0.estimand == .gap })
        #expect(gap.estimate != nil)
        #expect(gap.confLow == nil && gap.pRaw == nil)
        #expect(gap.limits.en.contains(PilotLimit.singleTownship.text.en))
    }

    @Test("nothing is worded as an effect, and every limit stands in both languages")
    func wording() {
        let texts =
            PilotLimit.allCases.map(\.text) + PilotStage.allCases.map(\.name)
            + PilotEstimand.allCases.map(\.name) + PilotMethod.allCases.map(\.name) + [PilotComparison.scope]
        for text in texts {
            #expect(!text.zh.isEmpty && !text.en.isEmpty)
            #expect(!text.en.lowercased().contains("effect"))
            #expect(!text.zh.contains("效果") && !text.zh.contains("效应"))
        }
    }

    private func cell(
        _ code: String, _ arm: PilotArm, _ stage: PilotStage, _ numerator: Int, _ denominator: Int,
        month: Int = 6
    ) -> PilotCell {
        // 2018-04-01 is day 17,622; thirty days a month are near enough for a period.
        let start = Day(ordinal: 17_622)
        let from = start.adding(days: (month - 4) * 30)
        return PilotCell(
            unitCode: code, unitName: code, arm: arm, startOn: start, periodFrom: from,
            periodTo: from.adding(days: 29), stage: stage, numerator: numerator,
            denominator: denominator, open: 0)
    }
}
