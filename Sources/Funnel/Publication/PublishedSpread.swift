/// How far an arm's figure may be off by chance, as closely as may be published: all that is told of an arm's
/// townships beyond the sums shown.
///
/// N times the standard error of CR2 is a norm of what townships have beyond their share, with weights 1/(1 − n/N).
/// k firms more in one township and k fewer in another move it by k√(l + m) at most, l and m being their weights, and
/// with four degrees of freedom no township has more than half of the firms (1/df is at least Σ(n/N)²), so that
/// neither weight is above 2. The error is therefore told to the next multiple of 2k/N: a whole step lies between
/// counts that the threshold k says must not be told apart. Of a number per meeting, k meetings move it by as many
/// applications as are usual at them.
struct PublishedSpread {
    let standardError: Double
    let df: Double
    /// The trace of Satterthwaite's matrix: 1/N.
    private let trace: Double

    /// nil for fewer than four degrees of freedom: always with fewer than five townships, or where one has most.
    init?(of mean: ClusterMean?, _ rule: SuppressionRule) {
        guard let mean, let variance = mean.variance else { return nil }
        let traces = mean.traces
        guard let df = Coarse.degreesOfFreedom(traces.first * traces.first / traces.second) else {
            return nil
        }
        self.df = df
        trace = traces.first
        let steps = 1 / (2 * Double(rule.threshold) * trace * max(1, mean.mean))
        // That nothing varies would tell every township's rate.
        standardError = max(1 / steps, Coarse.up(variance.squareRoot(), parts: steps))
    }

    /// Of the difference: worked out from both, so it tells nothing more.
    init(between one: PublishedSpread, _ other: PublishedSpread) {
        let (a, b) = (one.trace, other.trace)
        standardError =
            (one.standardError * one.standardError + other.standardError * other.standardError)
            .squareRoot()
        trace = a + b
        df = trace * trace / (a * a / one.df + b * b / other.df)
    }

    /// Ends to the next `parts`th outwards.
    func interval(about estimate: Double, parts: Double) -> ConfidenceInterval? {
        SpecialFunctions.studentReach(0.95, df: df).map { t in
            ConfidenceInterval(
                lower: Coarse.down(estimate - t * standardError, parts: parts),
                upper: Coarse.up(estimate + t * standardError, parts: parts))
        }
    }

    /// To the next hundredth upwards, never 0.
    func pValue(of estimate: Double) -> Double? {
        SpecialFunctions.studentTwoSidedTail(estimate / standardError, df: df)
            .map { max(0.01, Coarse.up($0, parts: 100)) }
    }

    /// The smallest difference that would probably be found, to the next `parts`th upwards.
    func detectable(parts: Double) -> Double? {
        MinimumDetectableDifference.reach(standardError: standardError, df: df)
            .map { Coarse.up($0, parts: parts) }
    }
}
