import Outreach

/// The share with an intent by day 90 as it may be published. It counts firms that no pair does, so it is told to the
/// nearest `threshold` firms, and how far it may be off by chance in steps of what that many firms in another township
/// would move, as `PublishedSpread` does.
struct PublishedCurve {
    private struct Arm {
        let share: Double
        /// nil where the townships are too few.
        let half: Double?
        let townships: Int
    }

    private let arms: [PilotEstimand: Arm]
    /// So few have had the intent, or not, that the share would tell them.
    private let isSmall: Bool

    init(_ drafts: [PilotEstimate], _ followUp: [PilotFollowUp], _ rule: SuppressionRule) {
        let firms = Double(rule.threshold)
        let rows = [(PilotArm.pilot, PilotEstimand.pilotIncidence), (.comparison, .comparisonIncidence)]
            .compactMap { arm, estimand in
                drafts.first { $0.estimand == estimand && $0.estimate != nil }.map { (arm, $0) }
            }
        // Both to the same steps, so that their difference is one too.
        let parts = rows.map { Double(max(1, $1.n ?? 1)) / firms }.min() ?? 1
        var arms: [PilotEstimand: Arm] = [:]
        for (arm, row) in rows {
            guard let exact = row.estimate else { continue }
            let townships = PilotFollowUp.townships(followUp, arm: arm)
            let share = Coarse.nearest(exact, parts: parts)
            var half: Double?
            if let low = row.confLow, let high = row.confHigh,
                PublishedSpread(of: ClusterMean(townships.map { (x: 0, n: $0.count) }), rule) != nil
            {
                // Two standard errors, each in steps of 2k/N.
                let reach = max(exact - low, high - exact) + abs(share - exact)
                let steps = Double(max(1, row.n ?? 1)) / (4 * firms)
                half = max(1 / steps, Coarse.up(reach, parts: steps))
            }
            arms[row.estimand] = Arm(share: share, half: half, townships: townships.count)
        }
        self.arms = arms
        isSmall = rows.contains { _, row in
            row.estimate.map { $0 < 1 / parts || $0 > 1 - 1 / parts } ?? false
        }
    }

    func published(_ draft: PilotEstimate) -> PilotEstimate {
        guard draft.estimate != nil else { return draft }
        guard !isSmall else {
            return PilotEstimates.withheld(draft.outcome, draft.estimand, draft.method)
        }
        if let arm = arms[draft.estimand] {
            return row(draft, arm.share, half: arm.half, within: 0...1)
        }
        guard let pilot = arms[.pilotIncidence], let comparison = arms[.comparisonIncidence] else {
            return PilotEstimates.withheld(draft.outcome, draft.estimand, draft.method)
        }
        guard draft.method == .incidenceBootstrap else {
            guard pilot.half != nil, comparison.half != nil else {
                var row = PilotEstimates.withheld(draft.outcome, draft.estimand, draft.method)
                row.limits = [.descriptive, .intervalWithheld]
                return row
            }
            return PublishedEstimates.coarse(
                draft, parts: Double(min(pilot.townships, comparison.townships)))
        }
        var half: Double?
        if let one = pilot.half, let other = comparison.half {
            half = (one * one + other * other).squareRoot()
        }
        return row(draft, pilot.share - comparison.share, half: half, within: -1...1)
    }

    private func row(
        _ draft: PilotEstimate, _ estimate: Double, half: Double?, within bounds: ClosedRange<Double>
    ) -> PilotEstimate {
        var row = draft
        row.estimate = estimate
        row.confLow = half.map { max(bounds.lowerBound, Coarse.down(estimate - $0, parts: 100)) }
        row.confHigh = half.map { min(bounds.upperBound, Coarse.up(estimate + $0, parts: 100)) }
        row.limits = draft.limits.filter { $0 != .singleTownship }
        row.limits.append(half == nil ? .intervalWithheld : .widened)
        return row
    }
}
