internal import Foundation

/// Whether units vary more than their own sizes make them (Documentation/decisions/weekly.md).
extension OverDispersion {
    /// The specification's flag, and the same with the expectation of φ over the units' own binomial distributions
    /// in place of the normal one: z of one or two firms is far from normal.
    ///
    /// One in twenty tables of units of one true rate is flagged, whatever their sizes (in simulation .03 to .06).
    public var exceedsChance: Bool {
        guard let factor, factor.isPresent, let target, let expected = expectation(at: target) else {
            return false
        }
        return factor.winsorised > expected * (1 + 2 * (2 / Double(factor.z.count)).squareRoot())
    }

    /// From this size on a unit's z is taken as normal.
    private static let normalFrom = 101
    private static let normalPoints = 400

    /// Of a winsorised squared z: the ends are the quantiles of the mixture of all units. nil without units.
    private func expectation(at target: Double, q: Double = 0.1) -> Double? {
        var points: [(z: Double, weight: Double)] = []
        var normal = 0
        for (n, units) in Dictionary(grouping: townships, by: \.n) {
            guard n < Self.normalFrom else {
                normal += units.count
                continue
            }
            let share = Double(units.count) / Double(townships.count)
            let deviation = (target * (1 - target) / Double(n)).squareRoot()
            for x in 0...n {
                points.append(
                    (
                        (Double(x) / Double(n) - target) / deviation,
                        share * Self.probability(of: x, n: n, rate: target)
                    ))
            }
        }
        if normal > 0 {
            let weight = Double(normal) / Double(townships.count) / Double(Self.normalPoints)
            for step in 0..<Self.normalPoints {
                let level = (Double(step) + 0.5) / Double(Self.normalPoints)
                points.append((SpecialFunctions.normalQuantile(level) ?? 0, weight))
            }
        }
        points.sort { $0.z < $1.z }
        guard let lower = Self.quantile(q, of: points), let upper = Self.quantile(1 - q, of: points) else {
            return nil
        }
        return points.reduce(0) { sum, point in
            let kept = min(max(point.z, lower), upper)
            return sum + point.weight * kept * kept
        }
    }

    /// The first point at which the weights reach `level`.
    private static func quantile(_ level: Double, of points: [(z: Double, weight: Double)]) -> Double? {
        var sum = 0.0
        for point in points {
            sum += point.weight
            if sum >= level { return point.z }
        }
        return points.last?.z
    }

    private static func probability(of x: Int, n: Int, rate: Double) -> Double {
        exp(
            lgamma(Double(n + 1)) - lgamma(Double(x + 1)) - lgamma(Double(n - x + 1))
                + Double(x) * log(rate) + Double(n - x) * log1p(-rate))
    }
}
