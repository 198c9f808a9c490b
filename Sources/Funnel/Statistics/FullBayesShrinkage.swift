internal import Foundation

/// Townships' true rates with the uncertainty of μ and ρ carried through (SPEC §1.8): the interval to print.
///
/// Prior μ and ρ uniform on (0, 1) (Daniels 1999; Natarajan & Kass 2000); the posterior of a rate is a
/// mixture of beta distributions over a grid of (logit μ, logit ρ). With a single township the prior decides.
public struct FullBayesShrinkage: Sendable {
    /// Posterior means.
    public let mu: Double
    public let rho: Double
    /// One a township, in the order given; a township of nobody gets what is believed of any.
    public let townships: [ShrunkenRate]

    /// Of μ and ρ.
    private let nodes: [HyperparameterGrid.Node]
    private let mixture: BetaMixture

    /// nil where no township has anyone to count. `confidence` lies strictly between 0 and 1.
    public init?(_ townships: [Proportion], confidence: Double = 0.95) {
        let likelihood = BetaBinomialLikelihood(townships)
        guard !likelihood.townships.isEmpty else { return nil }
        let grid = HyperparameterGrid(likelihood, tail: (1 - confidence) / 2)
        let mixture = BetaMixture(grid.parts)
        nodes = grid.nodes
        self.mixture = mixture
        (mu, rho) = (grid.mu, grid.rho)
        // Townships of equal counts have equal posteriors.
        var known: [Proportion: ShrunkenRate] = [:]
        self.townships = townships.map { township in
            if let rate = known[township] { return rate }
            let rate = mixture.rate(of: township, confidence: confidence)
            known[township] = rate
            return rate
        }
    }

    /// The posterior probability that the true rate of a township with these counts is above `rate`: what
    /// townships may be ranked by, never by their raw rates.
    public func probability(of township: Proportion, above rate: Double) -> Double {
        min(1, max(0, mixture.posterior(of: township).share(.above, rate)))
    }

    /// The node of (μ, ρ) that a share in (0, 1) of the weights reaches.
    func node(at share: Double) -> (alpha: Double, beta: Double) {
        var sum = 0.0
        for node in nodes {
            sum += node.weight
            if sum >= share { return (node.alpha, node.beta) }
        }
        return nodes.last.map { ($0.alpha, $0.beta) } ?? (1, 1)
    }
}
