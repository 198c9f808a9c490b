/// Kleinman's one-step moments of townships' true rates, weighted by their size (1973, Journal of the
/// American Statistical Association 68:46; SPEC §1.6).
public struct BetaBinomialMoments: Hashable, Sendable {
    /// Why ρ cannot be told.
    public enum Obstacle: Hashable, Sendable {
        case fewerThanTwoTownships
        case everyoneOrNobody
        case oneUnitInEach
    }

    /// nil where nobody is counted.
    public let mu: Double?
    /// As it comes out: negative where townships vary less than by chance. nil with an obstacle.
    public let rho: Double?
    public let obstacle: Obstacle?

    public init(_ townships: [Proportion]) {
        let counted = townships.filter { $0.n > 0 }
        let pooled = Proportion(sumOf: counted)
        mu = pooled.rate
        let obstacle: Obstacle? =
            if counted.count < 2 {
                .fewerThanTwoTownships
            } else if pooled.x == 0 || pooled.x == pooled.n {
                .everyoneOrNobody
            } else if pooled.n == counted.count {
                .oneUnitInEach
            } else {
                nil
            }
        self.obstacle = obstacle
        guard obstacle == nil, let p = pooled.rate else {
            rho = nil
            return
        }
        let (k, n) = (Double(counted.count), Double(pooled.n))
        var (spread, others) = (0.0, 0.0)
        for township in counted {
            let size = Double(township.n)
            let excess = township.excess(over: pooled)
            spread += excess * excess / size
            others += size / n * Double(pooled.n - township.n)
        }
        // Σ size (n − size)/n is n − Σ size²/n, which cancels where one township has nearly all.
        let chance = p * (1 - p)
        rho = (spread - chance * (k - 1)) / (chance * (others - (k - 1)))
    }

    /// ρ as shrinkage takes it: 0 (no variation detectable) where negative, never above the cap.
    public var usedRho: Double? { rho.map { min(max(0, $0), BetaBinomialFit.cap) } }
}
