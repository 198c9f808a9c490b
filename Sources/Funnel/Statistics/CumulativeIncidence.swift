internal import Foundation

/// The share of units with an event, and of those lost to a competing one, by days since entry
/// (SPEC §1.9): Aalen & Johansen 1978, standard errors by the delta method, as R's multi-state survfit.
///
/// The headline "intent by day W" wherever any loss occurred. Intervals take units as independent.
public struct CumulativeIncidence: Hashable, Sendable {
    public struct Estimate: Hashable, Sendable {
        public let share: Double
        public let standardError: Double
        /// On the scale log(−log F); [0, 0] before the first, nil where everyone has had it.
        public let interval: ConfidenceInterval?
    }

    /// Holds from its day up to the next step's.
    public struct Step: Hashable, Sendable {
        public let day: Int
        public let atRisk: Int
        public let events: Int
        public let competing: Int
        /// The share with neither.
        public let survival: Double
        public let event: Estimate
        public let lost: Estimate
    }

    /// One for each day on which anything ended, in order.
    public let steps: [Step]

    /// `confidence` lies strictly between 0 and 1.
    public init(_ units: [TimeToEvent], confidence: Double = 0.95) {
        let z = SpecialFunctions.normalReach(confidence) ?? .nan
        var survival = 1.0
        var (event, lost) = (IncidenceCurve(), IncidenceCurve())
        steps = RiskSet.ordered(units).map { set in
            event.pass(set, own: set.events)
            lost.pass(set, own: set.competing)
            let n = Double(set.atRisk)
            survival *= (n - Double(set.events + set.competing)) / n
            return Step(
                day: set.day, atRisk: set.atRisk, events: set.events, competing: set.competing,
                survival: survival, event: event.estimate(z: z), lost: lost.estimate(z: z))
        }
    }

    /// The step that holds on a day; nil before the first one, where both shares are 0.
    public func step(on day: Int) -> Step? { steps.last(upTo: day, \.day) }
}

/// One cause's curve, with the sums that its variance at later days is made of.
///
/// SPEC's three sums are taken together: on each day those at risk end with 1, with 0, or go on to what is still to
/// come, and the variance of that is a sum of squares, so that it is 0 where everyone has had the event. The squares
/// are of what the shares have grown by since, which only grows: their sums are carried on from day to day, and
/// nothing in them cancels.
private struct IncidenceCurve {
    private(set) var share = 0.0
    private var otherShare = 0.0
    private var survival = 1.0
    /// Between ending by this cause and by the other on one day.
    private var within = 0.0
    /// Of the days' ends by this cause, by how much the other share has grown since; and the other way round.
    private var own = GrowingSquares()
    private var other = GrowingSquares()

    mutating func pass(_ set: RiskSet, own events: Int) {
        let (n, d, all) = (Double(set.atRisk), Double(events), Double(set.events + set.competing))
        guard all > 0 else { return }
        let (before, after) = (survival, survival * (n - all) / n)
        let (ended, otherEnded) = (d / n, (all - d) / n)
        own.grow(by: before * otherEnded)
        other.grow(by: before * ended)
        share += before * ended
        otherShare += before * otherEnded
        survival = after
        within += before * before * ended * otherEnded / n
        guard after > 0 else { return }
        own.add(weight: before * ended / (after * n))
        other.add(weight: before * otherEnded / (after * n))
    }

    func estimate(z: Double) -> CumulativeIncidence.Estimate {
        let error = (within + own.squares(beyond: survival) + other.squares(beyond: 0)).squareRoot()
        return CumulativeIncidence.Estimate(
            share: share, standardError: error, interval: interval(error, z: z))
    }

    private func interval(_ error: Double, z: Double) -> ConfidenceInterval? {
        guard share > 0 else { return ConfidenceInterval(lower: 0, upper: 0) }
        // A sum of shares that make exactly 1 may lie a little beside it.
        guard share < 1 - 1e-12 else { return nil }
        let h = abs(z * error / (share * log(share)))
        return ConfidenceInterval(lower: pow(share, exp(h)), upper: pow(share, exp(-h)))
    }
}

/// Σ w g² of amounts g that begin at 0 and grow together.
private struct GrowingSquares {
    private var weights = 0.0
    private var firsts = 0.0
    private var seconds = 0.0

    mutating func add(weight: Double) { weights += weight }

    mutating func grow(by step: Double) {
        seconds += step * (2 * firsts + step * weights)
        firsts += step * weights
    }

    /// Σ w (g + amount)².
    func squares(beyond amount: Double) -> Double {
        seconds + amount * (2 * firsts + amount * weights)
    }
}
