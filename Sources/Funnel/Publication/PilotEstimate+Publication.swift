import Outreach

extension PilotEstimate {
    /// Estimates of one outcome made fit to publish, its pairs of counts being shown. Shares of a curve count
    /// firms that no pair does, so they are told to the nearest `threshold` firms, and the gap is that of the
    /// rounded shares.
    static func published(_ estimates: [PilotEstimate], _ rule: SuppressionRule) -> [PilotEstimate] {
        let arms = estimates.filter { $0.estimand == .pilotIncidence || $0.estimand == .comparisonIncidence }
        let steps = arms.compactMap { arm in arm.n.map { Double(rule.threshold) / Double(max(1, $0)) } }
        guard let step = steps.max() else { return estimates }
        func coarse(_ value: Double) -> Double { (value / step).rounded() * step }
        let isSmall = arms.contains { arm in arm.estimate.map { $0 < step || $0 > 1 - step } ?? false }
        let shares = arms.compactMap(\.estimate).map(coarse)
        return estimates.map { estimate in
            guard estimate.method == .incidenceBootstrap, estimate.estimate != nil else { return estimate }
            if isSmall {
                return PilotEstimates.withheld(estimate.outcome, estimate.estimand, estimate.method)
            }
            var published = estimate
            published.estimate =
                estimate.estimand == .incidenceGap && shares.count == 2
                ? shares[0] - shares[1] : estimate.estimate.map(coarse)
            published.confLow = estimate.confLow.map(coarse)
            published.confHigh = estimate.confHigh.map(coarse)
            return published
        }
    }
}
