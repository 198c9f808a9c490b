/// The difference p₁ − p₂ of two independent proportions with Newcombe's hybrid score interval (1998,
/// Statistics in Medicine 17:873, method 10), without continuity correction (SPEC §1.2).
///
/// Only between two single streets or townships; pilot against comparison is `ClusterDifference`.
public struct ProportionDifference: Hashable, Sendable {
    public let difference: Double
    /// Within [−1, 1].
    public let interval: ConfidenceInterval

    /// nil where either side has nobody to count. `confidence` lies strictly between 0 and 1.
    public init?(_ first: Proportion, minus second: Proportion, confidence: Double = 0.95) {
        guard let p1 = first.rate, let p2 = second.rate else { return nil }
        let (one, two) = (first.wilson(confidence: confidence), second.wilson(confidence: confidence))
        func distance(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
        difference = first.gap(to: second)
        interval = ConfidenceInterval(
            lower: max(-1, difference - distance(p1 - one.lower, two.upper - p2)),
            upper: min(1, difference + distance(one.upper - p1, p2 - two.lower)))
    }
}
