internal import Foundation

/// The change of a pooled rate from one week to the next over the same townships (SPEC §1.4b).
///
/// A township is in both weeks, so the weeks are not independent: townships are the clusters of the
/// difference and of the log ratio (Liang & Zeger 1986, CR1, Student's t with G − 1 degrees of freedom).
public struct ClusteredChange: Hashable, Sendable {
    public struct Ratio: Hashable, Sendable {
        public let ratio: Double
        /// Of its logarithm.
        public let standardErrorOfLog: Double
        public let interval: ConfidenceInterval
    }

    /// nil where the week has nobody to count.
    public let rate: Double?
    public let previousRate: Double?
    /// nil with either rate.
    public let difference: Double?
    /// Townships with anyone to count in either week.
    public let clusters: Int
    /// Always `clusters` − 1.
    public let degreesOfFreedom: Int
    /// nil for fewer than two townships, or two units and fewer.
    public let standardError: Double?
    public let interval: ConfidenceInterval?
    /// nil with the standard error, or where either rate is 0.
    public let ratio: Ratio?

    /// One element a township, in the same order in both weeks. `confidence` lies strictly between 0 and 1.
    public init(_ week: [Proportion], since previous: [Proportion], confidence: Double = 0.95) {
        precondition(week.count == previous.count, "the weeks are of the same townships")
        let pairs = zip(week, previous).filter { $0.n + $1.n > 0 }
        let now = Proportion(sumOf: pairs.map(\.0))
        let then = Proportion(sumOf: pairs.map(\.1))
        let clusters = pairs.count
        rate = now.rate
        previousRate = then.rate
        self.clusters = clusters
        degreesOfFreedom = clusters - 1
        guard let p1 = now.rate, let p0 = then.rate else {
            (difference, standardError, interval, ratio) = (nil, nil, nil, nil)
            return
        }
        let difference = now.gap(to: then)
        self.difference = difference
        let units = Double(now.n + then.n)
        guard clusters > 1, units > 2,
            let t = SpecialFunctions.studentReach(confidence, df: Double(clusters - 1))
        else {
            (standardError, interval, ratio) = (nil, nil, nil)
            return
        }
        let correction = Double(clusters) / Double(clusters - 1) * (units - 1) / (units - 2)
        func error(_ weight: Double, _ previousWeight: Double) -> Double {
            let sum = pairs.reduce(0.0) { sum, pair in
                let u =
                    pair.0.excess(over: now) * weight - pair.1.excess(over: then) * previousWeight
                return sum + u * u
            }
            return (sum * correction).squareRoot()
        }
        let standardError = error(1 / Double(now.n), 1 / Double(then.n))
        self.standardError = standardError
        interval = ConfidenceInterval(
            lower: difference - t * standardError, upper: difference + t * standardError)
        if p1 > 0, p0 > 0 {
            let ofLog = error(1 / Double(now.x), 1 / Double(then.x))
            ratio = Ratio(
                ratio: p1 / p0, standardErrorOfLog: ofLog,
                interval: ConfidenceInterval(
                    lower: p1 / p0 * exp(-t * ofLog), upper: p1 / p0 * exp(t * ofLog)))
        } else {
            ratio = nil
        }
    }
}
