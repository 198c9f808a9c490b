internal import Outreach

extension StatisticFamily {
    static let proportions = [
        StatisticFamily(name: "binom_ci") { input throws(DocumentIssue) in
            let proportion = try input.proportion()
            let confidence = try input.confidence()
            return .members([
                "estimate": .figure(proportion.rate),
                "wilson": .ends(proportion.wilson(confidence: confidence)),
                "clopper_pearson": .ends(proportion.clopperPearson(confidence: confidence)),
            ])
        },
        StatisticFamily(name: "diff_newcombe") { input throws(DocumentIssue) in
            let difference = ProportionDifference(
                try input.proportion("x1", of: "n1"), minus: try input.proportion("x2", of: "n2"),
                confidence: try input.confidence())
            return .members([
                "diff": .figure(difference?.difference),
                "lower": .figure(difference?.interval.lower),
                "upper": .figure(difference?.interval.upper),
            ])
        },
        StatisticFamily(name: "rr_ci") { input throws(DocumentIssue) in
            let ratio = RiskRatio(
                try input.proportion("x1", of: "n1"), over: try input.proportion("x2", of: "n2"),
                confidence: try input.confidence())
            func ends(_ interval: ConfidenceInterval?) -> JSONValue {
                .figures([interval?.lower, interval?.upper])
            }
            return .members([
                "rr": .figure(ratio?.ratio), "katz": ends(ratio?.katz), "koopman": ends(ratio?.koopman),
                "miettinen_nurminen": ends(ratio?.miettinenNurminen),
            ])
        },
    ]
}
