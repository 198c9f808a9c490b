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
        // Only n reaches P(R ≤ r) = 1, but where the tails underflow every r beyond them would seem to.
        guard p > 0, p < 1 else { return p }
        func below(_ r: Int) -> Double { SpecialFunctions.binomialCDF(r, n: n, p: target) ?? .nan }
        func above(_ r: Int) -> Double {
            r == n ? 0 : SpecialFunctions.betaCDF(target, a: Double(r + 1), b: Double(n - r)) ?? .nan
        }
        // P(R ≤ r) − p: above one half by the tail beyond r, since the probabilities themselves round to 1.
        func excess(_ r: Int) -> Double { p <= 0.5 ? below(r) - p : (1 - p) - above(r) }
        // The smallest r where it is not negative lies in (outside, quantile].
        var (outside, quantile) = (-1, n)
        while quantile - outside > 1 {
            let middle = outside + (quantile - outside) / 2
            if excess(middle) >= 0 { quantile = middle } else { outside = middle }
        }
        let reached = excess(quantile)
        let mass = reached - (quantile > 0 ? excess(quantile - 1) : -p)
        let share = mass > 0 ? reached / mass : 0
        return min(1, max(0, (Double(quantile) - share) / Double(n)))
    }
}
