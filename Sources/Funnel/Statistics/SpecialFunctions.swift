import CBoostMath

/// The distributions that intervals and tests rest on, by Boost.Math, held to rel 1e-10 (SPEC §1.0).
///
/// Each is nil where the argument lies outside the function's domain.
public enum SpecialFunctions {
    public static func normalCDF(_ x: Double) -> Double? { number(boost_normal_cdf(x)) }

    public static func normalQuantile(_ p: Double) -> Double? { number(boost_normal_quantile(p)) }

    /// The regularised incomplete beta function I_x(a, b).
    public static func betaCDF(_ x: Double, a: Double, b: Double) -> Double? {
        number(boost_beta_cdf(a, b, x))
    }

    /// The x at which I_x(a, b) is `p`.
    public static func betaQuantile(_ p: Double, a: Double, b: Double) -> Double? {
        number(boost_beta_quantile(a, b, p))
    }

    /// Degrees of freedom need not be whole.
    public static func studentQuantile(_ p: Double, df: Double) -> Double? {
        number(boost_t_quantile(p, df))
    }

    /// P(|T| ≥ |t|).
    public static func studentTwoSidedTail(_ t: Double, df: Double) -> Double? {
        number(boost_t_two_sided_tail(t, df))
    }

    /// P(F ≥ f).
    public static func fUpperTail(_ f: Double, df1: Double, df2: Double) -> Double? {
        number(boost_f_upper_tail(f, df1, df2))
    }

    /// P(χ² ≥ x).
    public static func chiSquaredUpperTail(_ x: Double, df: Double) -> Double? {
        number(boost_chi_squared_upper_tail(x, df))
    }

    public static func logGamma(_ x: Double) -> Double? { number(boost_log_gamma(x)) }

    public static func digamma(_ x: Double) -> Double? { number(boost_digamma(x)) }

    /// P(R ≤ k) of `n` trials with probability `p`.
    public static func binomialCDF(_ k: Int, n: Int, p: Double) -> Double? {
        // Boost refuses a k outside 0…n, where the answer needs no evaluation.
        let inside = min(max(k, 0), max(n, 0))
        guard let value = number(boost_binomial_cdf(Double(inside), Double(n), p)) else { return nil }
        return k < 0 ? 0 : value
    }

    private static func number(_ value: Double) -> Double? { value.isNaN ? nil : value }
}
