internal import Foundation

/// Units, or weeks, of one published table against a target: limits, tests, and what they flag (SPEC §1.5, §1.13).
///
/// Limits are exact, or normal and widened where the units vary more than chance alone would have them. Flags
/// go through Benjamini & Hochberg over every unit with anyone to count, so that of all tables of units of one
/// true rate at most one in twenty flags any. The p is the exact binomial one, and where the limits are widened
/// the larger of it and the widened normal one: a unit within limits that were widened is not flagged for what
/// they were widened for.
public struct ControlChart: Hashable, Sendable {
    public enum Signal: String, CaseIterable, Sendable {
        case none, above, below
        /// So few to count that no result could be told from chance.
        case insufficient
    }

    public struct Point: Hashable, Sendable {
        public let counts: Proportion
        /// nil where nobody is counted.
        public let band: ControlBand?
        public let pValue: Double?
        /// By Benjamini & Hochberg.
        public let adjusted: Double?
        public let signal: Signal
    }

    /// The share of false flags among flags that is allowed for.
    public static let falseDiscoveryRate = 0.05

    /// nil where nobody is counted.
    public let target: Double?
    /// The published statistic.
    public let factor: OverDispersion.Factor?
    /// Whether the units vary more than chance makes units of their sizes: then limits are widened.
    public let isOverDispersed: Bool
    private let widening: Double?
    /// One for each unit, in the order given.
    public let points: [Point]

    /// The target is the pooled rate unless stated; stated, it lies in [0, 1].
    public init(_ counts: [Proportion], target: Double? = nil) {
        let dispersion = OverDispersion(counts, target: target)
        isOverDispersed = dispersion.exceedsChance
        let widening = isOverDispersed ? dispersion.factor?.corrected : nil
        let limits = dispersion.target.map { Limits(target: $0, widening: widening) }
        self.target = dispersion.target
        factor = dispersion.factor
        self.widening = widening
        // Units of equal counts are as far from the target, and units of equal size have equal limits.
        var bands: [Int: ControlBand] = [:]
        var known: [Proportion: Double] = [:]
        var ends: [Int: Bool] = [:]
        let tested = counts.map { unit -> (band: ControlBand, p: Double)? in
            guard let limits, unit.n > 0 else { return nil }
            let band = bands[unit.n] ?? limits.band(n: unit.n)
            bands[unit.n] = band
            let p = known[unit] ?? limits.pValue(unit)
            known[unit] = p
            return (band, p)
        }
        let adjusted = FalseDiscoveryRate.adjusted(tested.map { $0?.p })
        points = counts.indices.map { index in
            let unit = counts[index]
            var signal = Signal.insufficient
            if let limits, let q = adjusted[index], let rate = unit.rate {
                let canTell = ends[unit.n] ?? limits.canTell(n: unit.n)
                ends[unit.n] = canTell
                if q <= Self.falseDiscoveryRate, rate != limits.target {
                    signal = rate > limits.target ? .above : .below
                } else if canTell {
                    signal = .none
                }
            }
            return Point(
                counts: unit, band: tested[index]?.band, pValue: tested[index]?.p, adjusted: adjusted[index],
                signal: signal)
        }
    }

    /// The limits at a size; nil where nobody is counted, or at no size.
    public func band(n: Int) -> ControlBand? {
        guard let target, n > 0 else { return nil }
        return Limits(target: target, widening: widening).band(n: n)
    }
}

/// One target, and the factor that limits are widened by; nil where they are not.
private struct Limits {
    let target: Double
    let widening: Double?

    private var isWidened: Bool { widening != nil }

    private func deviation(n: Int) -> Double {
        ((widening ?? 1) * target * (1 - target) / Double(n)).squareRoot()
    }

    func band(n: Int) -> ControlBand {
        func interval(_ tail: Double) -> ConfidenceInterval {
            if isWidened, let z = SpecialFunctions.normalQuantile(1 - tail) {
                let half = z * deviation(n: n)
                return ConfidenceInterval(lower: max(0, target - half), upper: min(1, target + half))
            }
            return ConfidenceInterval(
                lower: ControlLimits.exact(target: target, n: n, p: tail) ?? target,
                upper: ControlLimits.exact(target: target, n: n, p: 1 - tail) ?? target)
        }
        return ControlBand(warning: interval(0.025), alarm: interval(0.001))
    }

    func pValue(_ unit: Proportion) -> Double {
        let exact = unit.exactPValue(against: target)
        guard isWidened, let rate = unit.rate else { return exact }
        let z = abs(rate - target) / deviation(n: unit.n)
        return max(exact, 2 * (SpecialFunctions.normalCDF(-z) ?? 0.5))
    }

    /// Whether one end at least, all or none, could be told from chance by itself.
    func canTell(n: Int) -> Bool {
        min(pValue(Proportion(x: 0, n: n)), pValue(Proportion(x: n, n: n))) <= ControlChart.falseDiscoveryRate
    }
}
