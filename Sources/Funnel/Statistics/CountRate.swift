/// So many events over an amount that is no chance of its own, such as applications at so many meetings: the exact
/// limits of a Poisson count (Garwood 1936, Biometrika 28:437).
///
/// They take events as independent. What comes in clusters, of townships or of meetings, varies more than that.
public struct CountRate: Hashable, Sendable {
    public let rate: Double
    public let interval: ConfidenceInterval

    /// `count` is not negative, `amount` is above 0. `confidence` lies strictly between 0 and 1.
    public init(_ count: Int, over amount: Int, confidence: Double = 0.95) {
        precondition(count >= 0 && amount > 0, "a count over nothing is no rate")
        let tail = (1 - confidence) / 2
        func limit(_ p: Double, _ df: Int) -> Double {
            (SpecialFunctions.chiSquaredQuantile(p, df: Double(df)) ?? .nan) / (2 * Double(amount))
        }
        rate = Double(count) / Double(amount)
        interval = ConfidenceInterval(
            lower: count == 0 ? 0 : limit(tail, 2 * count), upper: limit(1 - tail, 2 * count + 2))
    }
}
