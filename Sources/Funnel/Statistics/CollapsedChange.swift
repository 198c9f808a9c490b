/// Each township's change from before the start to after it, pilots against the others by Welch's t: the
/// check printed beside every difference in differences (Bertrand, Duflo & Mullainathan 2004; SPEC §1.11).
public struct CollapsedChange: Hashable, Sendable {
    public let difference: Double
    /// nil where a group has a single township.
    public let standardError: Double?
    /// Welch's; nil with the standard error, or where it is 0.
    public let df: Double?
    public let interval: ConfidenceInterval?
    public let pValue: Double?
    /// The changes, in township order: what a randomisation test takes.
    public let pilotChanges: [Double]
    public let comparisonChanges: [Double]

    /// nil where a group has no township counted both before and after.
    init?(_ cells: [PanelCell], firstWeek: Int, pilots: Set<Int>, confidence: Double) {
        var changes: [Bool: [Double]] = [:]
        let townships = Dictionary(grouping: cells, by: \.township).sorted { $0.key < $1.key }
        for (township, cells) in townships {
            func mean(_ cells: [PanelCell]) -> Double? {
                let rates = cells.compactMap(\.counts.rate)
                return rates.isEmpty ? nil : rates.reduce(0, +) / Double(rates.count)
            }
            guard let before = mean(cells.filter { $0.week < firstWeek }),
                let after = mean(cells.filter { $0.week >= firstWeek })
            else { continue }
            changes[pilots.contains(township), default: []].append(after - before)
        }
        guard let one = changes[true], let other = changes[false] else { return nil }
        pilotChanges = one
        comparisonChanges = other
        let (first, second) = (Self.mean(one), Self.mean(other))
        let difference = first.mean - second.mean
        self.difference = difference
        guard let v1 = first.variance, let v2 = second.variance else {
            (standardError, df, interval, pValue) = (nil, nil, nil, nil)
            return
        }
        let error = (v1 + v2).squareRoot()
        standardError = error
        let df =
            (v1 + v2) * (v1 + v2)
            / (v1 * v1 / Double(one.count - 1) + v2 * v2 / Double(other.count - 1))
        guard error > 0, let t = SpecialFunctions.studentReach(confidence, df: df) else {
            (self.df, interval, pValue) = (nil, nil, nil)
            return
        }
        self.df = df
        interval = ConfidenceInterval(lower: difference - t * error, upper: difference + t * error)
        pValue = SpecialFunctions.studentTwoSidedTail(difference / error, df: df)
    }

    /// With the variance of the mean; nil for one value.
    private static func mean(_ values: [Double]) -> (mean: Double, variance: Double?) {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        guard values.count > 1 else { return (mean, nil) }
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count)
    }
}
