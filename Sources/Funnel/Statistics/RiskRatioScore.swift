internal import Foundation

/// Koopman's score statistic of a risk ratio θ, and the θ at which it reaches a cut-off (SPEC §1.3).
///
/// Under θ the most likely p₁ and p₂ = p₁/θ solve N p₁² − A p₁ + θ(x₁ + x₂) = 0 with
/// A = θ(n₁ + x₂) + x₁ + n₂. Roots and their complements are taken in forms that do not cancel.
struct RiskRatioScore {
    private let x1, n1, x2, n2: Double

    /// Both sides have somebody to count.
    init(_ first: Proportion, _ second: Proportion) {
        (x1, n1) = (Double(first.x), Double(first.n))
        (x2, n2) = (Double(second.x), Double(second.n))
    }

    /// Every θ whose statistic is at most `cutOff`.
    func interval(cutOff: Double) -> ConfidenceInterval {
        if x1 == 0, x2 == 0 { return ConfidenceInterval(lower: 0, upper: .infinity) }
        // Where an estimate is 0 or infinite, half a unit puts the start inside the interval or near it.
        let start = log(max(x1, 0.5) / n1) - log(max(x2, 0.5) / n2)
        return ConfidenceInterval(
            lower: x1 == 0 ? 0 : exp(end(from: start, towards: -1, cutOff)),
            upper: x2 == 0 ? .infinity : exp(end(from: start, towards: 1, cutOff)))
    }

    /// The logarithm of θ on one side where the statistic passes `cutOff`.
    private func end(from start: Double, towards sign: Double, _ cutOff: Double) -> Double {
        var inside = start
        // Only where the estimate is 0 or infinite can the start itself lie outside.
        var step = 1.0
        while statistic(logRatio: inside) > cutOff, step < 1e4 {
            inside -= sign * step
            step *= 2
        }
        step = 1
        var outside = inside + step * sign
        while statistic(logRatio: outside) <= cutOff, step < 1e4 {
            inside = outside
            step *= 2
            outside += step * sign
        }
        while abs(outside - inside) > 1e-15 * max(1, abs(inside)) {
            let middle = (inside + outside) / 2
            if middle == inside || middle == outside { break }
            if statistic(logRatio: middle) <= cutOff { inside = middle } else { outside = middle }
        }
        return (inside + outside) / 2
    }

    func statistic(logRatio: Double) -> Double {
        let ratio = exp(logRatio)
        guard ratio > 0, ratio.isFinite else { return .infinity }
        let n = n1 + n2
        let sum = ratio * (n1 + x2) + x1 + n2
        let gap = ratio * (n1 + x2) - (x1 + n2)
        let root = (gap * gap + 4 * ratio * (n1 - x1) * (n2 - x2)).squareRoot()
        let p2 = 2 * (x1 + x2) / (sum + root)
        let p1 = p2 * ratio
        let q1 = Self.complement(2 * n - sum, root, (1 - ratio) * (n1 - x1), n)
        let q2 = Self.complement(2 * n - sum / ratio, root / ratio, (1 - 1 / ratio) * (n2 - x2), n)
        return Self.term(x1, n1, p1, q1) + Self.term(x2, n2, p2, q2)
    }

    /// The larger root of N q² − b q + c = 0.
    private static func complement(_ b: Double, _ root: Double, _ c: Double, _ n: Double) -> Double {
        max(0, b >= 0 ? (b + root) / (2 * n) : 2 * c / (b - root))
    }

    private static func term(_ x: Double, _ n: Double, _ p: Double, _ q: Double) -> Double {
        let residual = p < 0.5 ? x - n * p : n * q - (n - x)
        let variance = n * p * q
        return residual == 0 ? 0 : residual * residual / variance
    }
}
