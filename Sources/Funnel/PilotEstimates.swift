import Outreach

/// The estimates of a pilot comparison, from its cells alone: anyone with `cells.csv` can repeat them.
///
/// Outcomes that exist only through meetings have no period before a unit's start, so every
/// difference is worded as a gap (design: a causal estimand is offered only where an outcome exists
/// without meetings).
public enum PilotEstimates {
    /// Names the draws of a randomisation too large to enumerate.
    public static let seed: UInt64 = 20_180_401

    /// Arm rates and their gap for each proportion that occurs in `cells`, in stage order, then the
    /// numbers per meeting. Periods of one unit are added up; periods before its start do not count.
    /// A stage with a suppressed cell yields withheld estimates only.
    public static func estimates(from cells: [PilotCell]) -> [PilotEstimate] {
        let started = cells.filter { $0.periodTo >= $0.startOn }
        let estimates = PilotStage.allCases.flatMap { stage in
            let cells = started.filter { $0.stage == stage }
            return cells.isEmpty ? [] : self.estimates(of: stage, cells: cells)
        }
        return adjusted(estimates)
    }

    private static func estimates(of stage: PilotStage, cells: [PilotCell]) -> [PilotEstimate] {
        guard stage.isProportion else {
            return [(PilotArm.pilot, PilotEstimand.pilotRatio), (.comparison, .comparisonRatio)].map {
                ratio(of: stage, estimand: $1, townships: TownshipCounts.grouped(cells, arm: $0))
            }
        }
        let pilot = TownshipCounts.grouped(cells, arm: .pilot)
        let comparison = TownshipCounts.grouped(cells, arm: .comparison)
        return [
            rate(of: stage, estimand: .pilotRate, townships: pilot),
            rate(of: stage, estimand: .comparisonRate, townships: comparison),
            gap(of: stage, pilot: pilot, comparison: comparison),
            randomisation(of: stage, pilot: pilot, comparison: comparison),
        ]
    }

    private static func ratio(
        of stage: PilotStage, estimand: PilotEstimand, townships: TownshipCounts?
    ) -> PilotEstimate {
        guard let townships else { return withheld(stage, estimand, .descriptive) }
        let numerator = townships.counts.reduce(0) { $0 + $1.numerator }
        let denominator = townships.counts.reduce(0) { $0 + $1.denominator }
        return PilotEstimate(
            outcome: stage, estimand: estimand, method: .descriptive,
            estimate: denominator > 0 ? Double(numerator) / Double(denominator) : nil,
            n: denominator, clusters: townships.counts.count { $0.denominator > 0 },
            limits: PilotLimit.joined(
                [.descriptive, .noInterval] + (denominator > 0 ? [] : [.noDenominator])))
    }

    private static func rate(
        of stage: PilotStage, estimand: PilotEstimand, townships: TownshipCounts?
    ) -> PilotEstimate {
        guard let townships else { return withheld(stage, estimand, .clusterRobust) }
        guard let rate = ClusterRate(townships.proportions) else {
            return undefined(stage, estimand, .clusterRobust)
        }
        let interval = rate.interval()
        var limits = limits(of: stage)
        if rate.townships.count == 1 {
            limits.append(.singleTownship)
        } else if interval == nil {
            limits.append(.nothingVaries)
        }
        return PilotEstimate(
            outcome: stage, estimand: estimand, method: .clusterRobust, estimate: rate.rate,
            confLow: interval?.lower, confHigh: interval?.upper, n: rate.pooled.n,
            clusters: rate.townships.count, limits: PilotLimit.joined(limits))
    }

    private static func gap(
        of stage: PilotStage, pilot: TownshipCounts?, comparison: TownshipCounts?
    ) -> PilotEstimate {
        guard let pilot, let comparison else { return withheld(stage, .gap, .clusterRobust) }
        guard
            let difference = ClusterDifference(
                pilot: pilot.proportions, comparison: comparison.proportions)
        else { return undefined(stage, .gap, .clusterRobust) }
        let interval = difference.isDegenerate ? nil : difference.intervalCR2
        var limits = limits(of: stage)
        if difference.standardErrorCR2 == nil {
            limits.append(.singleTownship)
        } else if difference.isDegenerate {
            limits.append(.nothingVaries)
        } else if difference.hasTooFewClusters {
            limits.append(.fewTownships)
        }
        return PilotEstimate(
            outcome: stage, estimand: .gap, method: .clusterRobust, estimate: difference.difference,
            confLow: interval.map { max(-1, $0.lower) }, confHigh: interval.map { min(1, $0.upper) },
            n: difference.units, clusters: difference.clusters, pRaw: difference.pValue,
            limits: PilotLimit.joined(limits))
    }

    private static func randomisation(
        of stage: PilotStage, pilot: TownshipCounts?, comparison: TownshipCounts?
    ) -> PilotEstimate {
        guard let pilot, let comparison else { return withheld(stage, .gap, .randomisation) }
        let ones = pilot.proportions.filter { $0.n > 0 }
        let others = comparison.proportions.filter { $0.n > 0 }
        guard
            let test = RandomisationTest(
                pilot: ones.compactMap(\.rate), comparison: others.compactMap(\.rate), seed: seed)
        else { return undefined(stage, .gap, .randomisation) }
        return PilotEstimate(
            outcome: stage, estimand: .gap, method: .randomisation, estimate: test.difference,
            n: (ones + others).reduce(0) { $0 + $1.n }, clusters: ones.count + others.count,
            pRaw: test.pValue, limits: PilotLimit.joined(limits(of: stage) + [.equalTownships]))
    }

    // MARK: - Wording and families

    private static func limits(of stage: PilotStage) -> [PilotLimit] {
        stage == .unorganised ? [.descriptive] : [.descriptive, .closedWindowsOnly]
    }

    private static func withheld(
        _ stage: PilotStage, _ estimand: PilotEstimand, _ method: PilotMethod
    ) -> PilotEstimate {
        PilotEstimate(
            outcome: stage, estimand: estimand, method: method, suppressed: true,
            limits: PilotLimit.joined([.descriptive, .suppressed]))
    }

    private static func undefined(
        _ stage: PilotStage, _ estimand: PilotEstimand, _ method: PilotMethod
    ) -> PilotEstimate {
        PilotEstimate(
            outcome: stage, estimand: estimand, method: method,
            limits: PilotLimit.joined([.descriptive, .noDenominator]))
    }

    /// Two methods test the same hypotheses, so each is a family of its own.
    private static func adjusted(_ estimates: [PilotEstimate]) -> [PilotEstimate] {
        var estimates = estimates
        for method in PilotMethod.allCases {
            let family = estimates.indices.filter { estimates[$0].method == method }
            let adjusted = FalseDiscoveryRate.adjusted(family.map { estimates[$0].pRaw })
            for (index, value) in zip(family, adjusted) { estimates[index].pBH = value }
        }
        return estimates
    }
}
