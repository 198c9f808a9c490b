/// The smallest difference between pilot and comparison that a comparison of this size would probably find
/// (Bloom 2005; Donner & Klar 2000; SPEC §1.12): printed beside every difference that is not significant.
public struct MinimumDetectableDifference: Hashable, Sendable {
    public let pilot: DesignEffect
    public let comparison: DesignEffect
    /// Townships minus two.
    public let degreesOfFreedom: Int
    /// t of the level plus t of the power; nil for fewer than three townships.
    public let multiplier: Double?
    /// With the variance of the baseline in both arms.
    public let simple: Double?
    /// Upwards and downwards from the baseline, with the variance of the alternative in the pilot arm;
    /// nil where no rate within [0, 1] is far enough.
    public let up: Double?
    public let down: Double?

    /// nil where an arm has no units.
    /// - Parameters:
    ///   - baseline: the comparison arm's rate, in [0, 1].
    ///   - alpha: the two-sided level, and `power`, each strictly between 0 and 1.
    public init?(
        baseline: Double, pilotSizes: [Int], comparisonSizes: [Int], correlation: Double,
        alpha: Double = 0.05, power: Double = 0.8
    ) {
        guard let pilot = DesignEffect(sizes: pilotSizes, correlation: correlation),
            let comparison = DesignEffect(sizes: comparisonSizes, correlation: correlation)
        else { return nil }
        self.pilot = pilot
        self.comparison = comparison
        degreesOfFreedom = pilot.clusters + comparison.clusters - 2
        let df = Double(degreesOfFreedom)
        guard df > 0, let level = SpecialFunctions.studentQuantile(1 - alpha / 2, df: df),
            let reach = SpecialFunctions.studentQuantile(power, df: df)
        else {
            (multiplier, simple, up, down) = (nil, nil, nil, nil)
            return
        }
        let multiplier = level + reach
        self.multiplier = multiplier
        guard let one = pilot.effectiveSize, let other = comparison.effectiveSize, multiplier >= 0 else {
            (simple, up, down) = (nil, nil, nil)
            return
        }
        simple = multiplier * (baseline * (1 - baseline) * (1 / one + 1 / other)).squareRoot()
        func above(_ p: Double) -> Double? {
            Self.above(p, multiplier * multiplier / one, multiplier * multiplier / other)
        }
        up = above(baseline)
        down = above(1 - baseline)
    }

    /// What would probably be found of an estimate with this standard error (Bloom 2005): the quantiles of level and
    /// power times it.
    static func reach(
        standardError: Double, df: Double, alpha: Double = 0.05, power: Double = 0.8
    ) -> Double? {
        guard standardError > 0, let level = SpecialFunctions.studentQuantile(1 - alpha / 2, df: df),
            let reach = SpecialFunctions.studentQuantile(power, df: df)
        else { return nil }
        return (level + reach) * standardError
    }

    /// The d > 0 with d² = b p(1 − p) + a (p + d)(1 − p − d), a quadratic; nil beyond 1 − p.
    private static func above(_ p: Double, _ a: Double, _ b: Double) -> Double? {
        guard p < 1 else { return nil }
        let linear = a * (1 - 2 * p)
        let constant = (a + b) * p * (1 - p)
        let root = (linear * linear + 4 * (1 + a) * constant).squareRoot()
        // The form that does not cancel where the linear term is negative.
        let d = linear >= 0 ? (linear + root) / (2 * (1 + a)) : 2 * constant / (root - linear)
        return d > 0 && d <= 1 - p ? d : nil
    }
}
