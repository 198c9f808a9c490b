/// The ratio of two Poisson counts of equal exposure, such as intents in this week and the last, exact
/// (SPEC §1.4a): given their sum the first is binomial with probability one half under no change.
public struct CountRatio: Hashable, Sendable {
    /// nil for 0 ÷ 0; infinite where only the later one is 0.
    public let ratio: Double?
    /// [0, ∞] where both are 0.
    public let interval: ConfidenceInterval
    /// Two-sided, by R's rule of minimum likelihood, which here is twice the smaller tail.
    public let pValue: Double

    /// Counts are not negative. `confidence` lies strictly between 0 and 1.
    public init(_ count: Int, over previous: Int, confidence: Double = 0.95) {
        precondition(count >= 0 && previous >= 0, "a count is not negative")
        let sum = count + previous
        ratio = sum == 0 ? nil : Double(count) / Double(previous)
        // The second share comes from its own interval: 1 − u would cancel where u is near 1.
        let share = Proportion(x: count, n: sum).clopperPearson(confidence: confidence)
        let rest = Proportion(x: previous, n: sum).clopperPearson(confidence: confidence)
        interval = ConfidenceInterval(lower: share.lower / rest.upper, upper: share.upper / rest.lower)
        let tail = SpecialFunctions.binomialCDF(min(count, previous), n: sum, p: 0.5) ?? 1
        pValue = count == previous ? 1 : min(1, 2 * tail)
    }
}
