/// The difference of two arms' pooled rates, townships as clusters (SPEC §1.10).
///
/// CR2 with Satterthwaite's degrees of freedom is the one to print (Bell & McCaffrey 2002; Pustejovsky
/// & Tipton 2018): an interval that takes firms as independent misses three times in ten here.
public struct ClusterDifference: Hashable, Sendable {
    public let pilot: ClusterRate
    public let comparison: ClusterRate
    public let confidence: Double

    /// Townships with anyone in the denominator, both arms.
    public let clusters: Int
    /// Everyone in the denominator, both arms.
    public let units: Int
    /// Pilot minus comparison.
    public let difference: Double

    public let standardErrorCR0: Double
    /// nil where only two units are counted.
    public let standardErrorCR1: Double?
    public let dfCR1: Int
    /// nil where an arm has a single township: then only a randomisation test is left.
    public let standardErrorCR2: Double?
    /// Satterthwaite's degrees of freedom; nil with CR2. Below 4 the townships are too few.
    public let dfCR2: Double?

    /// nil where an arm has nobody in the denominator. `confidence` lies strictly between 0 and 1.
    public init?(pilot: [Proportion], comparison: [Proportion], confidence: Double = 0.95) {
        guard let pilot = ClusterRate(pilot), let comparison = ClusterRate(comparison) else { return nil }
        self.pilot = pilot
        self.comparison = comparison
        self.confidence = confidence
        clusters = pilot.townships.count + comparison.townships.count
        units = pilot.pooled.n + comparison.pooled.n
        difference = pilot.pooled.gap(to: comparison.pooled)
        dfCR1 = clusters - 1

        let variance = pilot.varianceCR0 + comparison.varianceCR0
        standardErrorCR0 = variance.squareRoot()
        let (g, n) = (Double(clusters), Double(units))
        standardErrorCR1 = units > 2 ? (variance * g / (g - 1) * (n - 1) / (n - 2)).squareRoot() : nil

        if let one = pilot.varianceCR2, let other = comparison.varianceCR2 {
            let (a, b) = (pilot.satterthwaiteTraces, comparison.satterthwaiteTraces)
            standardErrorCR2 = (one + other).squareRoot()
            dfCR2 = (a.first + b.first) * (a.first + b.first) / (a.second + b.second)
        } else {
            standardErrorCR2 = nil
            dfCR2 = nil
        }
    }

    public var intervalCR1: ConfidenceInterval? {
        standardErrorCR1.flatMap { interval(standardError: $0, df: Double(dfCR1)) }
    }

    /// Not cut to [−1, 1]. See `isDegenerate` before printing it.
    public var intervalCR2: ConfidenceInterval? {
        guard let standardErrorCR2, let dfCR2 else { return nil }
        return interval(standardError: standardErrorCR2, df: dfCR2)
    }

    /// Two-sided p of no difference by CR2; nil where there is no CR2 or nothing varies.
    public var pValue: Double? {
        guard let standardErrorCR2, let dfCR2, !isDegenerate else { return nil }
        return SpecialFunctions.studentTwoSidedTail(difference / standardErrorCR2, df: dfCR2)
    }

    /// Within each arm every township has all or none, so that an interval of width 0 would lie.
    public var isDegenerate: Bool {
        [pilot, comparison].allSatisfy { $0.pooled.x == 0 || $0.pooled.x == $0.pooled.n }
    }

    /// Too few townships for CR2 alone: the randomisation p belongs beside it.
    public var hasTooFewClusters: Bool { dfCR2.map { $0 < 4 } ?? true }

    private func interval(standardError: Double, df: Double) -> ConfidenceInterval? {
        guard let t = SpecialFunctions.studentReach(confidence, df: df) else { return nil }
        return ConfidenceInterval(
            lower: difference - t * standardError, upper: difference + t * standardError)
    }
}
