import Funnel
import Outreach

/// What the weekly JSON says beyond the contract's first keys: rates of mature cohorts, limits, signals.
extension WeeklyReport {
    /// null where there is nothing to compare with.
    func signalJSON(_ point: ControlChart.Point) -> JSONValue {
        assessment.areaChart.target == nil ? .null : .string(point.signal.rawValue)
    }

    /// The rate of mature cohorts, which `signal` is about, and the provisional share of all.
    func ratesJSON(
        _ unit: UnitFigures, _ assessed: WeeklyAssessment.Unit, _ shrunk: WeeklyShrinkage.Unit?
    ) -> [(String, JSONValue)] {
        [
            (
                "matured_intent_rate",
                rateJSON(
                    RateEstimate(unit.cohorts.matured),
                    and: [
                        ("shrunk", JSONValue(shrunk?.rate.mean)),
                        ("shrunk_ci95", intervalJSON(shrunk?.rate.interval)),
                        ("probability_above", JSONValue(shrunk?.probabilityAbove)),
                        ("ci95_clustered", intervalJSON(assessed.clustered)),
                    ] + limitsJSON(assessed.point))
            ),
            ("open", .integer(unit.cohorts.immature)),
            ("provisional_intent_share", provisionalJSON(assessed.provisional)),
        ]
    }

    private func limitsJSON(_ point: ControlChart.Point) -> [(String, JSONValue)] {
        [
            ("limits95", intervalJSON(point.band?.warning)), ("limits998", intervalJSON(point.band?.alarm)),
            ("p", JSONValue(point.pValue)), ("p_bh", JSONValue(point.adjusted)),
        ]
    }

    private func provisionalJSON(_ share: ProvisionalShare?) -> JSONValue {
        guard let share else { return .null }
        return .object(pairs: [
            ("share", .number(share.share)), ("ci95", intervalJSON(share.interval)),
            ("firms", .integer(share.firms)), ("followed", .integer(share.followed)),
        ])
    }

    var assessmentJSON: [(String, JSONValue)] {
        [
            (
                "control",
                .object(pairs: [
                    ("false_discovery_rate", .number(ControlChart.falseDiscoveryRate)),
                    ("areas", chartJSON(assessment.areaChart)),
                    ("districts", chartJSON(assessment.districtChart)),
                    ("weeks", chartJSON(assessment.weekChart)),
                ])
            ),
            ("entry_weeks", .array(entryWeeksJSON)), ("week_over_week", changeJSON),
            ("provisional_intent_share", provisionalJSON(assessment.provisional)),
        ]
    }

    private func chartJSON(_ chart: ControlChart) -> JSONValue {
        .object(pairs: [
            ("target", JSONValue(chart.target)), ("tested", .integer(chart.points.count { $0.counts.n > 0 })),
            ("above", .integer(chart.points.count { $0.signal == .above })),
            ("below", .integer(chart.points.count { $0.signal == .below })),
            ("dispersion", JSONValue(chart.factor?.corrected)),
            ("over_dispersed", .bool(chart.isOverDispersed)),
        ])
    }

    private var entryWeeksJSON: [JSONValue] {
        var next = 0
        return figures.entryWeeks.map { week in
            var point: ControlChart.Point?
            if week.isMature {
                point = assessment.weekChart.points[next]
                next += 1
            }
            return .object(
                pairs: [
                    ("from", .string(week.start.iso)), ("at_risk", .integer(week.atRisk)),
                    ("intent", .integer(week.intent)), ("open", .integer(week.open)),
                    ("mature", .bool(week.isMature)),
                    ("rate", JSONValue(week.matured?.rate)),
                    ("ci95", intervalJSON(week.matured.flatMap { RateEstimate($0).interval })),
                ] + (point.map(limitsJSON) ?? [])
                    + [("signal", point.map { .string($0.signal.rawValue) } ?? .null)])
        }
    }

    private var changeJSON: JSONValue {
        guard let weeks = figures.maturedWeeks, let change = assessment.change else { return .null }
        return .object(pairs: [
            ("week", .string(weeks.week.iso)), ("previous", .string(weeks.previous.iso)),
            ("rate", JSONValue(change.rate)), ("previous_rate", JSONValue(change.previousRate)),
            ("difference", JSONValue(change.difference)), ("ci95", intervalJSON(change.interval)),
            ("ratio", JSONValue(change.ratio?.ratio)), ("ratio_ci95", intervalJSON(change.ratio?.interval)),
            ("clusters", .integer(change.clusters)),
            ("degrees_of_freedom", .integer(change.degreesOfFreedom)),
        ])
    }

    // MARK: What needs a person

    var attentionJSON: [(String, JSONDocument.Part)] {
        [
            (
                "worker_standing",
                .value(
                    .object(
                        pairs: workerStandings.map { ($0.key, .integer($0.count)) }
                            + [("total", .integer(figures.workers.applied))]))
            ),
            ("two_sided", .value(figures.twoSided.map(twoSidedJSON) ?? .null)),
            ("waiting_intents", .rows(figures.waitingIntents, waitingJSON)),
            ("follow_ups", .rows(figures.followUps, followUpJSON)),
            ("opinions", .value(figures.opinions.map { .array($0.map(opinionJSON)) } ?? .null)),
            ("plausibility", .rows(figures.plausibility + quarterEndFlags, flagJSON)),
        ]
    }

    private func twoSidedJSON(_ view: TwoSidedView) -> JSONValue {
        .object(pairs: [
            (
                "cells",
                .array(
                    view.cells.map { cell in
                        .object(pairs: [
                            ("intent", .bool(cell.hasIntent)),
                            ("applicants", .string(cell.applicants.rawValue)),
                            ("firms", .integer(cell.firms)), ("persons", .integer(cell.persons)),
                        ])
                    })
            ),
            (
                "ready",
                .array(
                    view.ready.map { firm in
                        .object(pairs: [
                            ("firm", .string(firm.firm)), ("area", .string(firm.areaCode)),
                            ("persons", .integer(firm.persons)), ("intent", .bool(firm.hasIntent)),
                        ])
                    })
            ),
        ])
    }

    private func waitingJSON(_ item: WaitingIntent) -> JSONValue {
        .object(pairs: [
            ("firm", .string(item.firm)), ("area", .string(item.areaCode)),
            ("intent_on", .string(item.intentOn.iso)),
            ("days", .integer(figures.week.end.days(since: item.intentOn))),
            ("last_contact", JSONValue(item.lastContact?.iso)), ("owner", JSONValue(item.owner)),
        ])
    }

    private func followUpJSON(_ item: FollowUp) -> JSONValue {
        .object(pairs: [
            ("firm", .string(item.firm)), ("area", JSONValue(item.areaCode)), ("what", .string(item.what)),
            ("due", .string(item.due.iso)), ("owner", JSONValue(item.owner)),
        ])
    }

    private func opinionJSON(_ topic: OpinionTopic) -> JSONValue {
        .object(pairs: [
            ("source", .string(topic.source.rawValue)), ("topic", JSONValue(topic.topic)),
            ("week", .integer(topic.week)), ("cumulative", .integer(topic.cumulative)),
            ("answered", JSONValue(topic.answered)), ("unanswered", JSONValue(topic.unanswered)),
        ])
    }

    private func flagJSON(_ flag: PlausibilityFlag) -> JSONValue {
        .object(pairs: [
            ("rule", .string(flag.rule.rawValue)), ("area", JSONValue(flag.areaCode)),
            ("records", .array(flag.records.map(JSONValue.string))),
            ("x", JSONValue(flag.counts?.x)), ("n", JSONValue(flag.counts?.n)),
        ])
    }
}
