internal import Outreach

extension StatisticFamily {
    static let shrinkage = [
        StatisticFamily(name: "eb_betabinom") { input throws(DocumentIssue) in
            let townships = try input.proportions()
            let confidence = try input.confidence()
            let moments = BetaBinomialMoments(townships)
            let fit = BetaBinomialFit(mostLikely: townships)
            func posterior(_ mu: Double, _ rho: Double) -> JSONValue {
                .array(
                    townships.map {
                        rate(ShrunkenRate($0, mu: mu, rho: rho, confidence: confidence))
                    })
            }
            var mom: JSONValue = .members(["mu": .figure(moments.mu), "rho": .figure(moments.rho)])
            if let obstacle = moments.obstacle {
                mom = mom.replacing("reason", by: .string(words(obstacle)))
            }
            var mle: JSONValue = .members([
                "mu": .figure(fit.mu), "rho": .figure(fit.rho), "status": .string(words(fit.standing)),
            ])
            if let logLikelihood = fit.logLikelihood {
                mle = mle.replacing("loglik", by: .figure(logLikelihood))
                    .replacing("tarone_z", by: .figure(BetaBinomialFit.taroneZ(townships)))
            }
            var out: JSONValue = .members(["mom": mom, "mle": mle])
            if let mu = moments.mu, let rho = moments.usedRho {
                out = out.replacing("posterior_mom", by: posterior(mu, rho))
            }
            return out.replacing(
                "posterior_mle", by: fit.mu.map { posterior($0, fit.rho) } ?? .null)
        },
        StatisticFamily(name: "hb_betabinom") { input throws(DocumentIssue) in
            let shrinkage = FullBayesShrinkage(
                try input.proportions(), confidence: try input.confidence())
            guard let shrinkage else { return .null }
            return .members([
                "mu": .figure(shrinkage.mu), "rho": .figure(shrinkage.rho),
                "units": .array(shrinkage.townships.map(rate)),
            ])
        },
    ]

    private static func rate(_ rate: ShrunkenRate) -> JSONValue {
        .members([
            "mean": .figure(rate.mean), "lower": .figure(rate.interval.lower),
            "upper": .figure(rate.interval.upper),
        ])
    }

    private static func words(_ obstacle: BetaBinomialMoments.Obstacle) -> String {
        switch obstacle {
        case .fewerThanTwoTownships: "k<2"
        case .everyoneOrNobody: "p in {0,1}"
        case .oneUnitInEach: "all n=1"
        }
    }

    private static func words(_ standing: BetaBinomialFit.Standing) -> String {
        switch standing {
        case .interior: "interior"
        case .noVariation: "boundary rho=0"
        case .notIdentifiable: "rho not identifiable"
        case .allAlike: "all-zero-or-all-one"
        case .capped: "capped rho=.99"
        }
    }
}
