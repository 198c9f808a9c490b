internal import Dispatch
internal import Foundation
internal import Outreach
internal import Synchronization

/// The stratified township bootstrap of a difference of pooled rates (SPEC §1.10): secondary to CR2,
/// and no cure for few townships. The same seed and number of replicates give the same bits.
public struct ClusterBootstrap: Hashable, Sendable {
    public let seed: UInt64
    public let replicates: [Double]
    public let mean: Double
    /// nil for a single replicate.
    public let standardDeviation: Double?
    /// By Hyndman & Fan's type 6 quantiles.
    public let percentile: ConfidenceInterval
    /// Efron's bias correction; nil where every replicate lies on one side.
    public let biasCorrection: Double?
    /// Efron's acceleration; nil where no township's removal changes anything.
    public let acceleration: Double?
    /// Bias-corrected and accelerated; nil with either part.
    public let bca: ConfidenceInterval?

    /// `count` is the number of replicates, at least 1.
    public init(_ observed: ClusterDifference, seed: UInt64, count: Int = 1999) {
        precondition(count >= 1, "a bootstrap needs a replicate")
        let replicates = Self.replicates(observed, seed: seed, count: count)
        let sorted = replicates.sorted()
        let tail = (1 - observed.confidence) / 2
        let mean = replicates.reduce(0, +) / Double(count)

        self.seed = seed
        self.replicates = replicates
        self.mean = mean
        standardDeviation =
            count > 1
            ? (replicates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)).squareRoot()
            : nil
        percentile = ConfidenceInterval(
            lower: Quantile.type6(sorted, tail), upper: Quantile.type6(sorted, 1 - tail))
        // In the replicates' own arithmetic, so that the arms as they are come out as equal.
        let theta = observed.pilot.rate - observed.comparison.rate
        let z0 = Self.biasCorrection(replicates, theta: theta)
        let acceleration = Self.acceleration(observed)
        biasCorrection = z0
        self.acceleration = acceleration
        bca = Self.bca(sorted, tail: tail, z0: z0, acceleration: acceleration)
    }

    /// A stored seed means one stream, each replicate's pilot townships first. Runs of replicates are drawn side by
    /// side, each from where the words before it end. Where a word was drawn again, which happens once in some 10¹⁴,
    /// they do not, and all are drawn one after another.
    private static func replicates(_ observed: ClusterDifference, seed: UInt64, count: Int) -> [Double] {
        let pilot = TownshipUrn(observed.pilot.townships)
        let comparison = TownshipUrn(observed.comparison.townships)
        let start = SplitMix64(seed: seed)
        let words = observed.pilot.townships.count + observed.comparison.townships.count
        @Sendable func draw(_ run: Range<Int>) -> (replicates: [Double], endsWhereExpected: Bool) {
            var random = start.advanced(by: run.lowerBound * words)
            let drawn = run.map { _ in
                let one = pilot.resampledRate(&random)
                return one - comparison.resampledRate(&random)
            }
            return (drawn, random == start.advanced(by: run.upperBound * words))
        }
        // Below a million words, threads cost more than they save.
        let parts = words * count < 1_000_000 ? 1 : min(count, ProcessInfo.processInfo.activeProcessorCount)
        guard parts > 1 else { return draw(0..<count).replicates }
        let runs = Mutex([Int: (replicates: [Double], endsWhereExpected: Bool)]())
        DispatchQueue.concurrentPerform(iterations: parts) { part in
            let run = draw(count * part / parts..<count * (part + 1) / parts)
            runs.withLock { $0[part] = run }
        }
        let drawn = runs.withLock { runs in (0..<parts).compactMap { runs[$0] } }
        return drawn.allSatisfy(\.endsWhereExpected)
            ? drawn.flatMap(\.replicates) : draw(0..<count).replicates
    }

    private static func biasCorrection(_ replicates: [Double], theta: Double) -> Double? {
        let below = replicates.count { $0 < theta }
        let equal = replicates.count { $0 == theta }
        let share = (Double(below) + Double(equal) / 2) / Double(replicates.count)
        return 0 < share && share < 1 ? SpecialFunctions.normalQuantile(share) : nil
    }

    /// From the jackknife over townships, each arm by itself; an arm with one township adds nothing.
    private static func acceleration(_ observed: ClusterDifference) -> Double? {
        var (cubes, squares) = (0.0, 0.0)
        for (arm, sign) in [(observed.pilot, 1.0), (observed.comparison, -1.0)] {
            let m = Double(arm.townships.count)
            guard m > 1 else { continue }
            // Without a township the rate is the pooled one less excess ÷ the others' n; the rate itself is left out,
            // so that equal townships leave exactly 0.
            let left = arm.townships.map { township in
                -sign * township.excess(over: arm.pooled) / Double(arm.pooled.n - township.n)
            }
            let mean = left.reduce(0, +) / m
            let influences = left.map { (m - 1) * (mean - $0) }
            cubes += influences.reduce(0) { $0 + $1 * $1 * $1 } / (m * m * m)
            squares += influences.reduce(0) { $0 + $1 * $1 } / (m * m)
        }
        return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : nil
    }

    private static func bca(
        _ sorted: [Double], tail: Double, z0: Double?, acceleration: Double?
    ) -> ConfidenceInterval? {
        guard let z0, let acceleration else { return nil }
        func end(_ p: Double) -> Double? {
            guard let z = SpecialFunctions.normalQuantile(p),
                let adjusted = SpecialFunctions.normalCDF(
                    z0 + (z0 + z) / (1 - acceleration * (z0 + z)))
            else { return nil }
            return Quantile.type6(sorted, adjusted)
        }
        guard let lower = end(tail), let upper = end(1 - tail) else { return nil }
        return ConfidenceInterval(lower: lower, upper: upper)
    }
}
