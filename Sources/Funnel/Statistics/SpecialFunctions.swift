import CBoostMath

/// The distributions that intervals and tests rest on, by Boost.Math, held to rel 1e-10 (SPEC §1.0).
///
/// Each is nil where the argument lies outside the function's domain.
public enum SpecialFunctions {
    public static func normalCDF(_ x: Double) -> Double? { number(boost_normal_cdf(x)) }

    public static func normalQuantile(_ p: Double) -> Double? { number(boost_normal_quantile(p)) }

    /// The z that a standard normal stays within, either way, with a probability strictly between 0 and 1.
    static func normalReach(_ confidence: Double) -> Double? {
        confidence < nearlySure
            ? normalQuantile(0.5 + confidence / 2) : normalQuantile((1 - confidence) / 2).map { -$0 }
    }

    /// From here on quantiles are taken from the tail itself, since 1 − tail rounds a small one. Not below, so that
    /// figures already issued keep their last digit.
    private static let nearlySure = 0.999

    /// The regularised incomplete beta function I_x(a, b).
    public static func betaCDF(_ x: Double, a: Double, b: Double) -> Double? {
        number(boost_beta_cdf(a, b, x))
    }

    /// The x at which I_x(a, b) is `p`.
    public static func betaQuantile(_ p: Double, a: Double, b: Double) -> Double? {
        number(boost_beta_quantile(a, b, p))
    }

    /// The x above which a beta variable lies with probability `tail`.
    static func betaQuantile(above tail: Double, a: Double, b: Double) -> Double? {
        number(boost_beta_upper_quantile(a, b, tail))
    }

    /// Degrees of freedom need not be whole.
    public static func studentQuantile(_ p: Double, df: Double) -> Double? {
        number(boost_t_quantile(p, df))
    }

    /// The t that Student's variable stays within, either way, with a probability strictly between 0 and 1.
    static func studentReach(_ confidence: Double, df: Double) -> Double? {
        confidence < nearlySure
            ? studentQuantile(0.5 + confidence / 2, df: df)
            : studentQuantile((1 - confidence) / 2, df: df).map { -$0 }
    }

    /// P(|T| ≥ |t|).
    public static func studentTwoSidedTail(_ t: Double, df: Double) -> Double? {
        number(boost_t_two_sided_tail(t, df))
    }

    /// P(F ≥ f), of any f.
    public static func fUpperTail(_ f: Double, df1: Double, df2: Double) -> Double? {
        number(boost_f_upper_tail(within(f), df1, df2))
    }

    /// P(χ² ≥ x), of any x.
    public static func chiSquaredUpperTail(_ x: Double, df: Double) -> Double? {
        number(boost_chi_squared_upper_tail(within(x), df))
    }

    /// The x that χ² stays below with probability `p`.
    static func chiSquaredQuantile(_ p: Double, df: Double) -> Double? {
        number(boost_chi_squared_quantile(p, df))
    }

    /// Boost refuses what lies outside its variables' reach, where the tails are 1 and 0.
    private static func within(_ x: Double) -> Double { min(max(x, 0), .greatestFiniteMagnitude) }

    /// log |Γ(x)|, infinite at 0 and the negative whole numbers.
    public static func logGamma(_ x: Double) -> Double? {
        x <= 0 && x == x.rounded() ? .infinity : number(boost_log_gamma(x))
    }

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
