import Outreach
import Testing

@testable import Funnel

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

    @Test("applications per meeting may exceed one, with townships as clusters") func perMeeting() throws {
        let cells = [
            cell("P1", .pilot, .onSiteApplications, 90, 4), cell("P2", .pilot, .onSiteApplications, 10, 1),
            cell("P3", .pilot, .onSiteApplications, 5, 0), cell("C1", .comparison, .onSiteApplications, 9, 3),
            cell("C2", .comparison, .onSiteApplications, 30, 5),
        ]
        let estimates = PilotEstimates.estimates(from: cells)
        // A township without a meeting of its own adds what was applied there, and no cluster.
        #expect(estimates.prefix(2).map(\.estimate) == [21, 4.875])
        #expect(estimates.prefix(2).map(\.clusters) == [2, 2])
        let gap = try #require(estimates.first { $0.estimand == .gap && $0.method == .clusterRobust })
        #expect(gap.estimate == 16.125)
        // Residuals 90 − 84, 10 − 21 and 5 − 0, 9 − 14.625 and 30 − 24.375, over 1 − n/N.
        let variance = (36 / 0.2 + 121 / 0.8 + 25) / 25 + (5.625 * 5.625) * (1 / 0.625 + 1 / 0.375) / 64
        let half = try #require(gap.confHigh) - 16.125
        let t = try #require(SpecialFunctions.studentQuantile(0.975, df: half.isFinite ? df(cells) : 1))
        #expect(agree(half, t * variance.squareRoot(), relative: 1e-9))
        #expect(estimates.contains { $0.estimand == .detectableAbove && $0.estimate ?? 0 > 0 })
    }

    /// Satterthwaite's degrees of freedom from the matrix itself.
    private func df(_ cells: [PilotCell]) -> Double {
        var (first, second) = (0.0, 0.0)
        for arm in PilotArm.allCases {
            let sizes = cells.filter { $0.arm == arm }.compactMap(\.denominator).filter { $0 > 0 }.map(
                Double.init)
            let total = sizes.reduce(0, +)
            for (g, n) in sizes.enumerated() {
                for (h, m) in sizes.enumerated() {
                    let p =
                        ((g == h ? n : 0) - n * m / total)
                        / (total * total * ((1 - n / total) * (1 - m / total)).squareRoot())
                    if g == h { first += p }
                    second += p * p
                }
            }
        }
        return first * first / second
    }

    @Test("numbers per meeting that are shares agree with the difference of proportions") func meanAsShare()
        throws
    {
        for vector in ClusterDifferenceTests.cases.prefix(8) {
            let one = Array(zip(vector.input.pilot.x, vector.input.pilot.n))
            let other = Array(zip(vector.input.comparison.x, vector.input.comparison.n))
            guard let a = ClusterMean(one.map { (x: $0.0, n: $0.1) }),
                let b = ClusterMean(other.map { (x: $0.0, n: $0.1) }),
                let ci = vector.output.clusterRobust.ciCr2
            else { continue }
            let interval = (a - b).interval()
            guard let interval else { continue }
            #expect(
                agree(interval.lower, ci[0], relative: 1e-8) && agree(interval.upper, ci[1], relative: 1e-8))
        }
    }

    @Test("the detectable gap stands beside a gap that was not found, and only there")
    func detectable() throws {
        func estimates(_ pilot: Int) -> [PilotEstimate] {
            PilotEstimates.estimates(
                from: (0..<6).map { cell("P\($0)", .pilot, .intent, pilot + $0 % 2, 40) }
                    + (0..<6).map { cell("C\($0)", .comparison, .intent, 10 + $0 % 2, 40) })
        }
        let none = estimates(10)
        #expect(none.first { $0.estimand == .detectableAbove }?.estimate.map { 0 < $0 && $0 < 0.3 } == true)
        #expect(none.first { $0.estimand == .detectableBelow }?.estimate.map { -0.3 < $0 && $0 < 0 } == true)
        #expect(!estimates(30).contains { $0.method == .power })
    }

    @Test("whether a gap was found is for p corrected over the outcomes") func family() throws {
        // Alone the gap of intents would be found; beside outcomes without a gap it is not.
        func cells(_ stage: PilotStage, _ gap: Int) -> [PilotCell] {
            (0..<6).map { cell("P\($0)", .pilot, stage, 8 + gap + $0 % 3 * 3, 40) }
                + (0..<6).map { cell("C\($0)", .comparison, stage, 8 + $0 % 3 * 3, 40) }
        }
        func intent(_ estimates: [PilotEstimate]) throws -> PilotEstimate {
            try #require(
                estimates.first {
                    $0.outcome == .intent && $0.estimand == .gap && $0.method == .clusterRobust
                })
        }
        let alone = PilotEstimates.estimates(from: cells(.intent, 4))
        #expect(try intent(alone).isBeyondChance == true)
        #expect(!alone.contains { $0.method == .power })
        let together = PilotEstimates.estimates(
            from: cells(.intent, 4) + cells(.application, 0) + cells(.established, 0))
        #expect(try intent(together).pRaw == intent(alone).pRaw)
        #expect(try intent(together).isBeyondChance == false)
        #expect(together.contains { $0.outcome == .intent && $0.estimand == .detectableAbove })
    }

    @Test("an arm without a single success, or without a failure, has exact ends and says what they ignore")
    func exact() throws {
        let cells =
            (0..<3).map { cell("P\($0)", .pilot, .established, 0, 10 + $0) }
            + (0..<3).map { cell("C\($0)", .comparison, .established, 20, 20) }
        let estimates = PilotEstimates.estimates(from: cells)
        let exact = estimates.filter { $0.method == .exact }
        try #require(exact.map(\.estimand) == [.pilotRate, .comparisonRate])
        #expect(exact.map(\.estimate) == [0, 1] && exact.map(\.n) == [33, 60])
        // 1 − 0.025^(1/33) and 0.025^(1/60).
        #expect(exact[0].confLow == 0 && agree(exact[0].confHigh, 0.1057628101, relative: 1e-9))
        #expect(exact[1].confHigh == 1 && agree(exact[1].confLow, 0.9403705077, relative: 1e-9))
        #expect(exact.allSatisfy { $0.limits.contains(.ignoresClustering) })
        let clustered = estimates.filter { $0.method == .clusterRobust }
        #expect(clustered.count == 3 && clustered.allSatisfy { $0.confLow == nil && $0.pRaw == nil })
        // One arm alone is enough.
        let one = PilotEstimates.estimates(
            from: cells.filter { $0.arm == .pilot }
                + (0..<3).map { cell("C\($0)", .comparison, .established, 3 + $0, 20) })
        #expect(one.filter { $0.method == .exact }.map(\.estimand) == [.pilotRate])
    }

    @Test("90-day incidence: firms still open count, and a group not followed for 90 days has none")
    func incidence() throws {
        let start = Day(ordinal: 17_700)
        func firms(_ unit: String, _ arm: PilotArm, _ days: Int, _ end: TimeToEvent.End, _ count: Int)
            -> PilotFollowUp
        {
            PilotFollowUp(unitCode: unit, arm: arm, enteredOn: start, days: days, end: end, firms: count)
        }
        let cells = [cell("P1", .pilot, .intent, 3, 10), cell("C1", .comparison, .intent, 1, 10)]
        let followUp = [
            firms("P1", .pilot, 10, .event, 3), firms("P1", .pilot, 95, .censored, 7),
            firms("P2", .pilot, 20, .competing, 5), firms("P2", .pilot, 40, .event, 5),
            firms("C1", .comparison, 5, .event, 2), firms("C1", .comparison, 60, .censored, 8),
        ]
        let estimates = PilotEstimates.estimates(from: cells, followUp: followUp)
        let pilot = try #require(estimates.first { $0.estimand == .pilotIncidence })
        #expect(agree(pilot.estimate, 0.4, relative: 1e-12))
        #expect(pilot.n == 20 && pilot.clusters == 2 && pilot.confLow != nil)
        for estimand in [PilotEstimand.comparisonIncidence, .incidenceGap] {
            let unknown = try #require(estimates.first { $0.estimand == estimand })
            #expect(unknown.estimate == nil && !unknown.suppressed)
            #expect(unknown.limits.contains(.notFollowedLongEnough))
        }
    }

    @Test("the randomisation of 90-day incidence is of the townships of which day 90 is known")
    func incidenceRandomisation() throws {
        func firms(_ unit: String, _ arm: PilotArm, events: Int, days: Int = 95) -> [PilotFollowUp] {
            [(10, TimeToEvent.End.event, events), (days, .censored, 10 - events)].map {
                PilotFollowUp(
                    unitCode: unit, arm: arm, enteredOn: Day(ordinal: 17_700), days: $0.0, end: $0.1,
                    firms: $0.2)
            }
        }
        let cells =
            (0..<5).map { cell("P\($0)", .pilot, .intent, 6, 10) }
            + (0..<4).map { cell("C\($0)", .comparison, .intent, 2, 10) }
        let followUp =
            (0..<4).flatMap { firms("P\($0)", .pilot, events: 6 + $0 % 2) }
            // Nobody of it has been followed for so long.
            + firms("P4", .pilot, events: 1, days: 80)
            + (0..<4).flatMap { firms("C\($0)", .comparison, events: 1 + $0 % 2) }
        let estimates = PilotEstimates.estimates(from: cells, followUp: followUp)
        let test = try #require(
            estimates.first { $0.estimand == .incidenceGap && $0.method == .randomisation })
        #expect(agree(test.estimate, 0.5, relative: 1e-9))
        // Two of the 70 assignments are as extreme: the real one and its mirror.
        #expect(agree(test.pRaw, 2.0 / 70, relative: 1e-12))
        #expect(test.n == 80 && test.clusters == 8)
        // Of one family with the other randomisation test, of which p is 2 of 126.
        let other = try #require(
            estimates.first { $0.estimand == .gap && $0.method == .randomisation })
        #expect(test.pBH == max(test.pRaw ?? 0, other.pBH ?? 0) && test.pBH != nil)
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
        #expect(gap.limits.contains(.singleTownship))
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
