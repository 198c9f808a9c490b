internal import Outreach

extension StatisticFamily {
    /// From one week to the next.
    static let changes = [
        StatisticFamily(name: "wow_change") { input throws(DocumentIssue) in
            let (week, previous) = (try input.object("this_week"), try input.object("prev_week"))
            let confidence = try input.confidence()
            let (now, then) = (try possibleProportion(week), try possibleProportion(previous))
            let difference = now.flatMap { now in
                then.flatMap { ProportionDifference(now, minus: $0, confidence: confidence) }
            }
            let ratio = now.flatMap { now in
                then.flatMap { RiskRatio(now, over: $0, confidence: confidence) }
            }
            var counts: CountRatio?
            if week.has("count"), previous.has("count") {
                counts = CountRatio(
                    try week.integer("count"), over: try previous.integer("count"), confidence: confidence)
            }
            return .members([
                "rate_diff": difference.map { estimate($0.difference, $0.interval) } ?? .null,
                "rate_ratio": ratio.map { estimate($0.ratio, $0.koopman) } ?? .null,
                "count_ratio": counts.map {
                    estimate($0.ratio, $0.interval).replacing("p_value", by: .figure($0.pValue))
                } ?? .null,
            ])
        },
        StatisticFamily(name: "wow_clustered") { input throws(DocumentIssue) in
            let week = try input.object("this_week").proportions()
            let previous = try input.object("prev_week").proportions()
            guard week.count == previous.count else { throw input.differs("prev_week", from: "this_week") }
            let change = ClusteredChange(week, since: previous, confidence: try input.confidence())
            return .members([
                "p_this": .figure(change.rate), "p_prev": .figure(change.previousRate),
                "diff": .figure(change.difference), "G": .integer(change.clusters),
                "se_cr1": .figure(change.standardError), "df": .integer(change.degreesOfFreedom),
                "ci": .ends(change.interval),
                "ratio": change.ratio.map {
                    .members([
                        "est": .figure($0.ratio), "se_log": .figure($0.standardErrorOfLog),
                        "ci": .ends($0.interval),
                    ])
                } ?? .null,
            ])
        },
    ]

    /// nil where x is greater than n: such a rate is undefined, and what else the week tells is answered.
    private static func possibleProportion(_ week: VectorInput) throws(DocumentIssue) -> Proportion? {
        guard week.has("x") || week.has("n") else { return nil }
        let (x, n) = (try week.integer("x"), try week.integer("n"))
        return x <= n ? Proportion(x: x, n: n) : nil
    }

    private static func estimate(_ value: Double?, _ interval: ConfidenceInterval) -> JSONValue {
        .members([
            "est": .figure(value), "lower": .figure(interval.lower), "upper": .figure(interval.upper),
        ])
    }
}
