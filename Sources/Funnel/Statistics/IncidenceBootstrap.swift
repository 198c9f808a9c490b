internal import Outreach

/// The uncertainty of "intent by day W" over several townships, by drawing townships (SPEC §1.9): firms of
/// one township resemble each other, so the curve's own interval would be too narrow.
public struct IncidenceBootstrap: Hashable, Sendable {
    public let seed: UInt64
    /// The share with an event by the day, all townships together.
    public let share: Double
    public let replicates: [Double]
    /// By Hyndman & Fan's type 6 quantiles.
    public let percentile: ConfidenceInterval

    /// nil where nobody is followed.
    /// - Parameters:
    ///   - townships: the units of each.
    ///   - day: days since entry, not negative.
    ///   - count: of replicates, at least 1.
    ///   - confidence: strictly between 0 and 1.
    public init?(
        _ townships: [[TimeToEvent]], day: Int, seed: UInt64, count: Int = 1999, confidence: Double = 0.95
    ) {
        precondition(count >= 1, "a bootstrap needs a replicate")
        let tallies = townships.filter { !$0.isEmpty }.map { DayTally($0, until: day) }
        guard !tallies.isEmpty else { return nil }
        var random = SplitMix64(seed: seed)
        var sum = DayTally(until: day)
        for tally in tallies { sum.add(tally) }
        share = sum.share
        let replicates = (0..<count).map { _ in
            sum.clear()
            for _ in tallies { sum.add(tallies[random.below(tallies.count)]) }
            return sum.share
        }
        let sorted = replicates.sorted()
        let tail = (1 - confidence) / 2
        self.seed = seed
        self.replicates = replicates
        percentile = ConfidenceInterval(
            lower: Quantile.type6(sorted, tail), upper: Quantile.type6(sorted, 1 - tail))
    }
}

/// How many units ended on each day, and how.
private struct DayTally {
    private var units = 0
    private var events, competing, censored: [Int]

    init(until day: Int) {
        events = Array(repeating: 0, count: day + 1)
        competing = events
        censored = events
    }

    /// What ends later still counts among the units.
    init(_ units: [TimeToEvent], until day: Int) {
        self.init(until: day)
        self.units = units.count
        for unit in units where unit.days <= day {
            switch unit.end {
            case .event: events[unit.days] += 1
            case .competing: competing[unit.days] += 1
            case .censored: censored[unit.days] += 1
            }
        }
    }

    mutating func clear() {
        units = 0
        for day in events.indices { (events[day], competing[day], censored[day]) = (0, 0, 0) }
    }

    mutating func add(_ other: DayTally) {
        units += other.units
        for day in events.indices {
            events[day] += other.events[day]
            competing[day] += other.competing[day]
            censored[day] += other.censored[day]
        }
    }

    /// Aalen & Johansen's, as `CumulativeIncidence`.
    var share: Double {
        var (atRisk, survival, share) = (units, 1.0, 0.0)
        for day in events.indices where atRisk > 0 {
            share += survival * Double(events[day]) / Double(atRisk)
            let ended = events[day] + competing[day]
            survival *= Double(atRisk - ended) / Double(atRisk)
            atRisk -= ended + censored[day]
        }
        return share
    }
}
