internal import Foundation

/// The share of units still without an event by days since entry (SPEC §1.9): Kaplan & Meier 1958,
/// Greenwood's standard error, intervals on the scale log(−log S).
///
/// Conversion is 1 − S with its interval mirrored; where anything was lost, `CumulativeIncidence` is the
/// one to print, since this overstates it. Intervals take units as independent.
public struct KaplanMeier: Hashable, Sendable {
    /// Holds from its day up to the next step's.
    public struct Step: Hashable, Sendable {
        public let day: Int
        public let atRisk: Int
        public let events: Int
        /// Lost units too: here they are no longer followed.
        public let censored: Int
        public let survival: Double
        /// nil where nobody is left (S = 0); 0 where nothing has happened (S = 1).
        public let standardError: Double?
        public let interval: ConfidenceInterval?

        /// The share with an event.
        public var conversion: Double { 1 - survival }
        public var conversionInterval: ConfidenceInterval? {
            interval.map { ConfidenceInterval(lower: 1 - $0.upper, upper: 1 - $0.lower) }
        }
    }

    /// One for each day on which anything ended, in order.
    public let steps: [Step]

    /// `confidence` lies strictly between 0 and 1.
    public init(_ units: [TimeToEvent], confidence: Double = 0.95) {
        let z = SpecialFunctions.normalReach(confidence) ?? .nan
        var (survival, greenwood) = (1.0, 0.0)
        steps = RiskSet.ordered(units).map { set in
            let (d, n) = (Double(set.events), Double(set.atRisk))
            survival *= (n - d) / n
            if d < n { greenwood += d / (n * (n - d)) }
            return Step(
                day: set.day, atRisk: set.atRisk, events: set.events,
                censored: set.censored + set.competing, survival: survival,
                standardError: survival > 0 ? survival * greenwood.squareRoot() : nil,
                interval: Self.interval(survival, greenwood, z: z))
        }
    }

    private static func interval(
        _ survival: Double, _ greenwood: Double, z: Double
    ) -> ConfidenceInterval? {
        guard survival > 0 else { return nil }
        guard survival < 1 else { return ConfidenceInterval(lower: 1, upper: 1) }
        let h = abs(z * greenwood.squareRoot() / log(survival))
        return ConfidenceInterval(lower: pow(survival, exp(h)), upper: pow(survival, exp(-h)))
    }

    /// The step that holds on a day, the last one also beyond it; nil before the first, where S is 1 if
    /// anyone is followed.
    public func step(on day: Int) -> Step? { steps.last(upTo: day, \.day) }

    /// S on a day as far as it is known: nil where nobody is followed, and beyond the last day on which
    /// anything ended unless nobody is left.
    public func survival(on day: Int) -> Double? {
        guard let last = steps.last else { return nil }
        guard day <= last.day || last.survival == 0 else { return nil }
        return step(on: day).map(\.survival) ?? 1
    }

    // MARK: - Median

    /// Products of ratios that make exactly one half may lie a little beside it.
    private static let tolerance = 1e-12

    /// The first day on which at most half are without an event; nil where that is not reached.
    public var median: Int? { steps.first { $0.survival <= 0.5 + Self.tolerance }?.day }

    /// Brookmeyer & Crowley's limits (1982, Biometrics 38:29): where the interval's ends pass one half.
    public var medianLower: Int? {
        steps.first { step in step.interval.map { $0.lower <= 0.5 } ?? false }?.day
    }

    public var medianUpper: Int? {
        steps.first { step in step.interval.map { $0.upper < 0.5 } ?? false }?.day
    }

    /// The median as R's survfit has it: in the middle of the stretch where the curve is exactly one half.
    public var medianOfStretch: Double? {
        guard let first = steps.first(where: { $0.survival <= 0.5 + Self.tolerance }) else { return nil }
        guard first.survival >= 0.5 - Self.tolerance else { return Double(first.day) }
        let end = steps.first { $0.day > first.day && $0.events > 0 } ?? steps[steps.count - 1]
        return Double(first.day + end.day) / 2
    }
}
