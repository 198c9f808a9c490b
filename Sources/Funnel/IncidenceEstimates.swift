import Outreach

/// The share of firms at risk with an intent by day 90, of each arm and their gap: firms whose days are not over
/// count while they were followed, and those lost compete (SPEC §1.9).
struct IncidenceEstimates {
    private let pilot, comparison: Arm?

    private struct Arm {
        let bootstrap: IncidenceBootstrap
        let firms: Int
        let townships: Int

        init?(_ townships: [[TimeToEvent]], seed: UInt64) {
            guard
                let bootstrap = IncidenceBootstrap(
                    townships, day: PilotEstimates.incidenceDays, seed: seed,
                    count: PilotEstimates.replicates)
            else { return nil }
            // Beyond the last day on which anyone was followed nothing is known of day 90.
            let last = townships.joined().map(\.days).max() ?? 0
            guard last >= PilotEstimates.incidenceDays else { return nil }
            self.bootstrap = bootstrap
            firms = townships.reduce(0) { $0 + $1.count }
            self.townships = townships.count
        }
    }

    private let isEmpty: Bool

    init(_ followUp: [PilotFollowUp]) {
        isEmpty = followUp.isEmpty
        pilot = Arm(PilotFollowUp.townships(followUp, arm: .pilot), seed: PilotEstimates.seed)
        comparison = Arm(
            PilotFollowUp.townships(followUp, arm: .comparison), seed: PilotEstimates.seed + 1)
    }

    var all: [PilotEstimate] {
        guard !isEmpty else { return [] }
        return [estimate(.pilotIncidence, pilot), estimate(.comparisonIncidence, comparison), gap]
    }

    private static let limits: [PilotLimit] = [.descriptive, .openWindowsIncluded]

    private func estimate(_ estimand: PilotEstimand, _ arm: Arm?) -> PilotEstimate {
        guard let arm else { return unknown(estimand) }
        let hasInterval = arm.townships > 1
        return PilotEstimate(
            outcome: .intent, estimand: estimand, method: .incidenceBootstrap, estimate: arm.bootstrap.share,
            confLow: hasInterval ? arm.bootstrap.percentile.lower : nil,
            confHigh: hasInterval ? arm.bootstrap.percentile.upper : nil, n: arm.firms,
            clusters: arm.townships,
            limits: PilotLimit.joined(Self.limits + (hasInterval ? [] : [.singleTownship])))
    }

    private var gap: PilotEstimate {
        guard let pilot, let comparison else { return unknown(.incidenceGap) }
        let hasInterval = pilot.townships > 1 && comparison.townships > 1
        let differences = zip(pilot.bootstrap.replicates, comparison.bootstrap.replicates)
            .map { $0 - $1 }.sorted()
        return PilotEstimate(
            outcome: .intent, estimand: .incidenceGap, method: .incidenceBootstrap,
            estimate: pilot.bootstrap.share - comparison.bootstrap.share,
            confLow: hasInterval ? Quantile.type6(differences, 0.025) : nil,
            confHigh: hasInterval ? Quantile.type6(differences, 0.975) : nil,
            n: pilot.firms + comparison.firms, clusters: pilot.townships + comparison.townships,
            limits: PilotLimit.joined(Self.limits + (hasInterval ? [] : [.singleTownship])))
    }

    private func unknown(_ estimand: PilotEstimand) -> PilotEstimate {
        PilotEstimate(
            outcome: .intent, estimand: estimand, method: .incidenceBootstrap,
            limits: PilotLimit.joined([.descriptive, .notFollowedLongEnough]))
    }
}
