/// A count per unit of one arm (applications per meeting, say) whose townships are the units of inference: CR2 as
/// `ClusterRate`, for counts of which one is no part of the other (SPEC §1.10; Bell & McCaffrey 2002).
struct ClusterMean {
    /// Townships with anything to count: one may have applications and no worker meeting.
    private let townships: [(x: Int, n: Int)]
    /// Those with a denominator.
    let clusters: Int
    let x: Int
    let n: Int
    var mean: Double { Double(x) / Double(n) }

    /// nil where the denominators are all 0.
    init?(_ townships: [(x: Int, n: Int)]) {
        self.townships = townships.filter { $0.n > 0 || $0.x > 0 }
        clusters = townships.count { $0.n > 0 }
        x = self.townships.reduce(0) { $0 + $1.x }
        n = self.townships.reduce(0) { $0 + $1.n }
        guard n > 0 else { return nil }
    }

    /// nil for a single township.
    var variance: Double? {
        guard clusters > 1 else { return nil }
        let total = Double(n)
        return townships.reduce(0) { sum, township in
            let size = Double(township.n)
            let residual = Double(township.x) - size * mean
            return sum + residual * residual / (1 - size / total)
        } / (total * total)
    }

    /// Of Satterthwaite's matrix and of its square; of two or more townships.
    var traces: (first: Double, second: Double) {
        let total = Double(n)
        var (sizes, products, pairs) = (0.0, 0.0, 0.0)
        for township in townships {
            let n = Double(township.n)
            let product = n * n * total / (total - n)
            sizes += n * n
            pairs += 2 * products * product
            products += product
        }
        return (1 / total, (sizes + pairs / (total * total)) / (total * total * total * total))
    }

    /// A mean or a difference with its interval; nil limits where a township stands alone or nothing varies.
    struct Inference {
        let estimate: Double
        let standardError: Double?
        let df: Double?

        func interval(confidence: Double = 0.95) -> ConfidenceInterval? {
            guard let standardError, standardError > 0, let df,
                let t = SpecialFunctions.studentReach(confidence, df: df)
            else { return nil }
            return ConfidenceInterval(
                lower: estimate - t * standardError, upper: estimate + t * standardError)
        }

        var pValue: Double? {
            guard let standardError, standardError > 0, let df else { return nil }
            return SpecialFunctions.studentTwoSidedTail(estimate / standardError, df: df)
        }

        /// What would probably be found.
        var detectable: Double? {
            guard let standardError, let df else { return nil }
            return MinimumDetectableDifference.reach(standardError: standardError, df: df)
        }
    }

    var inference: Inference {
        guard let variance else { return Inference(estimate: mean, standardError: nil, df: nil) }
        return Inference(
            estimate: mean, standardError: variance.squareRoot(),
            df: traces.first * traces.first / traces.second)
    }

    static func - (left: ClusterMean, right: ClusterMean) -> Inference {
        let difference = left.mean - right.mean
        guard let one = left.variance, let other = right.variance else {
            return Inference(estimate: difference, standardError: nil, df: nil)
        }
        let (a, b) = (left.traces, right.traces)
        let first = a.first + b.first
        return Inference(
            estimate: difference, standardError: (one + other).squareRoot(),
            df: first * first / (a.second + b.second))
    }
}
