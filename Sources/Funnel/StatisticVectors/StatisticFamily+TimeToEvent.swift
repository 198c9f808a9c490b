internal import Outreach

extension StatisticFamily {
    static let timeToEvent = [
        StatisticFamily(name: "km") { input throws(DocumentIssue) in
            let curve = KaplanMeier(
                try units(input, ends: "event", codes: 0...1), confidence: try input.confidence())
            let days = input.has("at") ? try input.integers("at") : []
            let at = days.map { curve.step(on: $0) }
            // Before the first step nothing has happened; where nobody is followed nothing is known.
            let start: Double? = curve.steps.isEmpty ? nil : 1
            return .members([
                "time": .counts(curve.steps.map(\.day)), "n_risk": .counts(curve.steps.map(\.atRisk)),
                "n_event": .counts(curve.steps.map(\.events)),
                "n_censor": .counts(curve.steps.map(\.censored)),
                "surv": .figures(curve.steps.map(\.survival)),
                "se": .figures(curve.steps.map(\.standardError)),
                "lower": .figures(curve.steps.map { $0.interval?.lower }),
                "upper": .figures(curve.steps.map { $0.interval?.upper }),
                "median_lower": .count(curve.medianLower), "median_upper": .count(curve.medianUpper),
                "at": .counts(days),
                "at_surv": .figures(at.map { $0.map(\.survival) ?? start }),
                "at_lower": .figures(at.map { $0.map { $0.interval?.lower } ?? start }),
                "at_upper": .figures(at.map { $0.map { $0.interval?.upper } ?? start }),
                "median_R": .figure(curve.medianOfStretch), "median": .count(curve.median),
            ])
        },
        StatisticFamily(name: "competing_risks") { input throws(DocumentIssue) in
            let curve = CumulativeIncidence(
                try units(input, ends: "cause", codes: 0...2), confidence: try input.confidence())
            return .members([
                "table": .array(
                    curve.steps.map { step in
                        .members([
                            "time": .integer(step.day), "n_risk": .integer(step.atRisk),
                            "d1": .integer(step.events), "d2": .integer(step.competing),
                            "surv": .figure(step.survival), "cif1": .figure(step.event.share),
                            "cif2": .figure(step.lost.share), "se1": .figure(step.event.standardError),
                            "se2": .figure(step.lost.standardError),
                            "lower1": .figure(step.event.interval?.lower),
                            "upper1": .figure(step.event.interval?.upper),
                            "lower2": .figure(step.lost.interval?.lower),
                            "upper2": .figure(step.lost.interval?.upper),
                        ])
                    })
            ])
        },
    ]

    private static func units(
        _ input: VectorInput, ends key: String, codes: ClosedRange<Int>
    ) throws(DocumentIssue) -> [TimeToEvent] {
        let (days, ends) = (try input.integers("time"), try input.integers(key, in: codes))
        guard days.count == ends.count else { throw input.differs(key, from: "time") }
        return zip(days, ends).map { days, end in
            TimeToEvent(days: days, end: end == 0 ? .censored : end == 1 ? .event : .competing)
        }
    }
}
