import Outreach

/// The estimates of a count per meeting, by CR2 and by randomisation: townships are the clusters, meetings the
/// units.
struct PerMeetingEstimates {
    let stage: PilotStage
    /// nil where withheld.
    let pilot: TownshipCounts?
    let comparison: TownshipCounts?

    var all: [PilotEstimate] {
        guard let pilot, let comparison else {
            return [
                PilotEstimates.withheld(stage, .pilotRatio, .clusterRobust),
                PilotEstimates.withheld(stage, .comparisonRatio, .clusterRobust),
                PilotEstimates.withheld(stage, .gap, .clusterRobust),
                PilotEstimates.withheld(stage, .gap, .randomisation),
            ]
        }
        let (one, other) = (ClusterMean(pilot.pairs), ClusterMean(comparison.pairs))
        let ratios = [
            estimate(.pilotRatio, one?.inference, n: one?.n, clusters: one?.clusters),
            estimate(.comparisonRatio, other?.inference, n: other?.n, clusters: other?.clusters),
        ]
        guard let one, let other else {
            return ratios + [
                PilotEstimates.undefined(stage, .gap, .clusterRobust),
                PilotEstimates.undefined(stage, .gap, .randomisation),
            ]
        }
        let difference = one - other
        var gap = estimate(
            .gap, difference, n: one.n + other.n, clusters: one.clusters + other.clusters)
        gap.pRaw = difference.pValue
        let detectable = difference.detectable
        return ratios + [
            gap,
            PilotEstimates.randomisation(
                of: stage, pilot: pilot.counted, comparison: comparison.counted,
                limits: [.descriptive, .countPerMeeting]),
        ] + PilotEstimates.detectable(of: stage, above: detectable, below: detectable, beside: gap)
    }

    private func estimate(
        _ estimand: PilotEstimand, _ inference: ClusterMean.Inference?, n: Int?, clusters: Int?
    ) -> PilotEstimate {
        guard let inference else { return PilotEstimates.undefined(stage, estimand, .clusterRobust) }
        let interval = inference.interval()
        var limits: [PilotLimit] = [.descriptive, .countPerMeeting]
        if inference.standardError == nil {
            limits.append(.singleTownship)
        } else if interval == nil {
            limits.append(.nothingVaries)
        } else if estimand == .gap, let df = inference.df, df < 4 {
            limits.append(.fewTownships)
        }
        return PilotEstimate(
            outcome: stage, estimand: estimand, method: .clusterRobust, estimate: inference.estimate,
            confLow: interval.map { estimand == .gap ? $0.lower : max(0, $0.lower) },
            confHigh: interval?.upper, n: n, clusters: clusters, limits: limits)
    }
}
