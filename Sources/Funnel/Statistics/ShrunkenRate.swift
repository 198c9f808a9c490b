/// What is believed of a township's true rate after its counts were weighed with the others'.
public struct ShrunkenRate: Hashable, Sendable {
    public let mean: Double
    /// Equal tails.
    public let interval: ConfidenceInterval

    public init(mean: Double, interval: ConfidenceInterval) {
        self.mean = mean
        self.interval = interval
    }

    /// Beta(α + x, β + n − x) with μ and ρ taken as known (SPEC §1.6, §1.7): too narrow for few
    /// townships, where `FullBayesShrinkage` is the one to print. A township of nobody gets the prior,
    /// and with ρ = 0 every one gets μ.
    ///
    /// `mu` lies in [0, 1], `rho` in [0, 1), `confidence` strictly between 0 and 1.
    public init(_ township: Proportion, mu: Double, rho: Double, confidence: Double = 0.95) {
        guard rho > 0, mu > 0, mu < 1 else {
            self.init(mean: mu, interval: ConfidenceInterval(lower: mu, upper: mu))
            return
        }
        let scale = (1 - rho) / rho
        let a = mu * scale + Double(township.x)
        let b = (1 - mu) * scale + Double(township.n - township.x)
        let mean = a / (a + b)
        let tail = (1 - confidence) / 2
        self.init(
            mean: mean,
            interval: ConfidenceInterval(
                lower: SpecialFunctions.betaQuantile(tail, a: a, b: b) ?? mean,
                upper: SpecialFunctions.betaQuantile(above: tail, a: a, b: b) ?? mean))
    }
}
