import Outreach

/// The estimates of an outcome that some of the firms had: x of n, by CR2 and by randomisation.
struct ProportionEstimates {
    let stage: PilotStage
    /// nil where withheld.
    let pilot: TownshipCounts?
    let comparison: TownshipCounts?

    var all: [PilotEstimate] {
        guard let pilot, let comparison else {
            return [
                PilotEstimates.withheld(stage, .pilotRate, .clusterRobust),
                PilotEstimates.withheld(stage, .comparisonRate, .clusterRobust),
                PilotEstimates.withheld(stage, .gap, .clusterRobust),
                PilotEstimates.withheld(stage, .gap, .randomisation),
            ]
        }
        let gap = gap(pilot, comparison)
        return [rate(.pilotRate, pilot), rate(.comparisonRate, comparison)]
            + [exact(.pilotRate, pilot), exact(.comparisonRate, comparison)].compactMap(\.self) + [
                gap,
                PilotEstimates.randomisation(
                    of: stage, pilot: pilot.counted, comparison: comparison.counted, limits: limits),
            ] + detectable(pilot, comparison, beside: gap)
    }

    private var limits: [PilotLimit] {
        stage == .unorganised ? [.descriptive] : [.descriptive, .closedWindowsOnly]
    }

    private func rate(_ estimand: PilotEstimand, _ townships: TownshipCounts) -> PilotEstimate {
        guard let rate = ClusterRate(townships.proportions) else {
            return PilotEstimates.undefined(stage, estimand, .clusterRobust)
        }
        let interval = rate.interval()
        var limits = limits
        if rate.townships.count == 1 {
            limits.append(.singleTownship)
        } else if interval == nil {
            limits.append(.nothingVaries)
        }
        return PilotEstimate(
            outcome: stage, estimand: estimand, method: .clusterRobust, estimate: rate.rate,
            confLow: interval?.lower, confHigh: interval?.upper, n: rate.pooled.n,
            clusters: rate.townships.count, limits: limits)
    }

    /// Where all or none had the outcome, which CR2 has nothing to say of (SPEC §1.10); else nil.
    private func exact(_ estimand: PilotEstimand, _ townships: TownshipCounts) -> PilotEstimate? {
        guard let rate = ClusterRate(townships.proportions), rate.rate == 0 || rate.rate == 1 else {
            return nil
        }
        let interval = rate.pooled.clopperPearson()
        return PilotEstimate(
            outcome: stage, estimand: estimand, method: .exact, estimate: rate.rate,
            confLow: interval.lower, confHigh: interval.upper, n: rate.pooled.n,
            clusters: rate.townships.count, limits: limits + [.ignoresClustering])
    }

    private func gap(_ pilot: TownshipCounts, _ comparison: TownshipCounts) -> PilotEstimate {
        guard
            let difference = ClusterDifference(
                pilot: pilot.proportions, comparison: comparison.proportions)
        else { return PilotEstimates.undefined(stage, .gap, .clusterRobust) }
        let interval = difference.isDegenerate ? nil : difference.intervalCR2
        var limits = limits
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
            limits: limits)
    }

    /// With the correlation within the townships of both arms (SPEC §1.12).
    private func detectable(
        _ pilot: TownshipCounts, _ comparison: TownshipCounts, beside gap: PilotEstimate
    ) -> [PilotEstimate] {
        guard let baseline = Proportion(sumOf: comparison.proportions).rate,
            let correlation = IntraclassCorrelation(pilot.proportions + comparison.proportions)?.value,
            let found = MinimumDetectableDifference(
                baseline: baseline, pilotSizes: pilot.counted.map(\.n),
                comparisonSizes: comparison.counted.map(\.n), correlation: max(0, correlation))
        else { return [] }
        return PilotEstimates.detectable(of: stage, above: found.up, below: found.down, beside: gap)
    }
}
