internal import Foundation

/// The ratio (x₁/n₁) ÷ (x₂/n₂) of two independent proportions with three intervals (SPEC §1.3).
///
/// Koopman's is the one to show: Katz's is undefined at 0 and says [1, 1] where everyone on both sides
/// is counted.
public struct RiskRatio: Hashable, Sendable {
    /// nil for 0 ÷ 0; infinite where only `x₂` is 0.
    public let ratio: Double?
    /// Katz et al. (1978, Biometrics 34:469), on the log scale; nil where x₁ or x₂ is 0.
    public let katz: ConfidenceInterval?
    /// Koopman's score interval (1984, Biometrics 40:513); its upper end may be infinite.
    public let koopman: ConfidenceInterval
    /// Miettinen & Nurminen's (1985, Statistics in Medicine 4:213): Koopman's, with the variance times
    /// N/(N − 1).
    public let miettinenNurminen: ConfidenceInterval

    /// nil where either side has nobody to count. `confidence` lies strictly between 0 and 1.
    public init?(_ first: Proportion, over second: Proportion, confidence: Double = 0.95) {
        guard let p1 = first.rate, let p2 = second.rate,
            let z = SpecialFunctions.normalReach(confidence)
        else { return nil }
        ratio = first.x == 0 && second.x == 0 ? nil : p1 / p2
        katz = Self.katz(first, second, ratio: p1 / p2, z: z)
        let score = RiskRatioScore(first, second)
        let n = Double(first.n + second.n)
        koopman = score.interval(cutOff: z * z)
        miettinenNurminen = score.interval(cutOff: z * z * n / (n - 1))
    }

    private static func katz(
        _ first: Proportion, _ second: Proportion, ratio: Double, z: Double
    ) -> ConfidenceInterval? {
        guard first.x > 0, second.x > 0 else { return nil }
        // As (n − x)/(xn), which is exactly 0 where everyone is counted.
        func variance(_ p: Proportion) -> Double { Double(p.n - p.x) / (Double(p.x) * Double(p.n)) }
        let half = z * (variance(first) + variance(second)).squareRoot()
        return ConfidenceInterval(lower: ratio * exp(-half), upper: ratio * exp(half))
    }
}
