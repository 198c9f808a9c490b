import Outreach

/// The share of firms at risk with an intent by day 90, of each arm and their gap: firms whose days are not over
/// count while they were followed, and those lost compete (SPEC §1.9).
struct IncidenceEstimates {
    private let pilot, comparison: Arm?

    private struct Arm {
        let bootstrap: IncidenceBootstrap
        let firms: Int
        let townships: Int
        /// Of each township of which day 90 is known, and how many firms are in those.
        let shares: [Double]
        let firmsKnown: Int

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
            let known = townships.filter(Self.isKnown)
            firmsKnown = known.reduce(0) { $0 + $1.count }
            shares = known.map {
                CumulativeIncidence($0).step(on: PilotEstimates.incidenceDays)?.event.share ?? 0
            }
        }

        /// Whether somebody was followed for 90 days, or everyone's end is known before.
        private static func isKnown(_ firms: [TimeToEvent]) -> Bool {
            !firms.isEmpty
                && (firms.contains { $0.days >= PilotEstimates.incidenceDays }
                    || firms.allSatisfy { $0.end != .censored })
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
        return [
            estimate(.pilotIncidence, pilot), estimate(.comparisonIncidence, comparison), gap, randomisation,
        ]
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
            limits: Self.limits + (hasInterval ? [] : [.singleTownship]))
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
            limits: Self.limits + (hasInterval ? [] : [.singleTownship]))
    }

    /// Whether chance alone, in choosing the pilots, would set the townships' shares so far apart.
    private var randomisation: PilotEstimate {
        guard let pilot, let comparison,
            let test = RandomisationTest(
                pilot: pilot.shares, comparison: comparison.shares, seed: PilotEstimates.seed)
        else { return unknown(.incidenceGap, .randomisation) }
        return PilotEstimate(
            outcome: .intent, estimand: .incidenceGap, method: .randomisation, estimate: test.difference,
            n: pilot.firmsKnown + comparison.firmsKnown,
            clusters: pilot.shares.count + comparison.shares.count, pRaw: test.pValue,
            limits: Self.limits + [.equalTownships, .townshipsFollowed])
    }

    private func unknown(
        _ estimand: PilotEstimand, _ method: PilotMethod = .incidenceBootstrap
    ) -> PilotEstimate {
        PilotEstimate(
            outcome: .intent, estimand: estimand, method: method,
            limits: [.descriptive, .notFollowedLongEnough])
    }
}
