/// Limits of a funnel plot by Spiegelhalter (2005, Statistics in Medicine 24:1185, appendix): where a
/// township of `n` would lie if its true rate were the target (SPEC §1.5).
public enum ControlLimits {
    /// The levels of the two pairs of limits that are drawn, 99.8 % and 95 %.
    public static let levels = [0.001, 0.025, 0.975, 0.999]

    /// The exact limit at the level `p`, interpolated between binomial quantiles, within [0, 1].
    ///
    /// nil where `n` is 0: such a township is not plotted. `target` and `p` lie within [0, 1].
    public static func exact(target: Double, n: Int, p: Double) -> Double? {
        guard n > 0 else { return nil }
        guard target > 0, target < 1 else { return target }
        func below(_ r: Int) -> Double { SpecialFunctions.binomialCDF(r, n: n, p: target) ?? .nan }
        // The smallest r with P(R ≤ r) ≥ p lies in (outside, quantile].
        var (outside, quantile) = (-1, n)
        while quantile - outside > 1 {
            let middle = outside + (quantile - outside) / 2
            if below(middle) >= p { quantile = middle } else { outside = middle }
        }
        let reached = below(quantile)
        let mass = reached - below(quantile - 1)
        let share = mass > 0 ? (reached - p) / mass : 0
        return min(1, max(0, (Double(quantile) - share) / Double(n)))
    }
}
