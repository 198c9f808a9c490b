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
        let z = SpecialFunctions.normalQuantile(0.5 + confidence / 2) ?? .nan
        var survival = 1.0
        var (event, lost) = (IncidenceCurve(), IncidenceCurve())
        steps = RiskSet.ordered(units).map { set in
            event.pass(set, own: set.events, survivalBefore: survival)
            lost.pass(set, own: set.competing, survivalBefore: survival)
            let n = Double(set.atRisk)
            survival *= (n - Double(set.events + set.competing)) / n
            return Step(
                day: set.day, atRisk: set.atRisk, events: set.events, competing: set.competing,
                survival: survival, event: event.estimate(z: z), lost: lost.estimate(z: z))
        }
    }

    /// The step that holds on a day; nil before the first one, where both shares are 0.
    public func step(on day: Int) -> Step? { steps.last { $0.day <= day } }
}

/// One cause's curve, with what its variance at later days needs of the earlier ones.
private struct IncidenceCurve {
    /// Of the days with any end by an event: F there, and the coefficients of (F(t) − F)², 1 and −2(F(t) −
    /// F).
    private var past: [(share: Double, hazard: Double, own: Double, mixed: Double)] = []
    private(set) var share = 0.0

    mutating func pass(_ set: RiskSet, own: Int, survivalBefore survival: Double) {
        let (n, d, all) = (Double(set.atRisk), Double(own), Double(set.events + set.competing))
        guard all > 0 else { return }
        share += survival * d / n
        past.append(
            (
                share: share,
                // With everyone gone nothing can change any more: F(t) − F is 0 from here on.
                hazard: all < n ? all / (n * (n - all)) : 0,
                own: survival * survival * d * (n - d) / (n * n * n),
                mixed: survival * d / (n * n)
            ))
    }

    func estimate(z: Double) -> CumulativeIncidence.Estimate {
        let variance = past.reduce(0.0) { sum, at in
            let gap = share - at.share
            return sum + gap * gap * at.hazard + at.own - 2 * gap * at.mixed
        }
        let error = max(0, variance).squareRoot()
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
