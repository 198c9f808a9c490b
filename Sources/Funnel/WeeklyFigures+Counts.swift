internal import Outreach

/// One number of the weekly report under its key path.
public struct WeeklyCount: Hashable, Sendable {
    /// Keys of the weekly JSON, joined by dots; entries of a list go by their `code`, `key` or `figure`:
    /// `headline.founding_intents.week`, `areas.110105021.firms_met.week`, `entry_weeks.2018-09-03.open`.
    public let path: String
    /// nil where the report has null. A flag is 1 or 0.
    public let value: Double?

    public init(path: String, value: Double?) {
        self.path = path
        self.value = value
    }
}

extension WeeklyFigures {
    /// Every number that the report counts, in the order of its JSON. Rates and intervals follow from these, but for
    /// provisional shares, which stand here: so a report whose counts stay is the same report, up to its lists of
    /// firms and records.
    public var counts: [WeeklyCount] {
        var list = CountList()
        for measure in HeadlineMeasure.allCases {
            let counts = headline[measure]
            list.add(
                "headline", measure.rawValue,
                [
                    ("week", counts?.week), ("previous", counts?.previous), ("late", counts?.late),
                    ("year", counts?.year), ("cumulative", counts?.cumulative), ("target", counts?.target),
                ])
        }
        let funnel = firmFunnel
        list.add("firm_funnel", nil, [("met", funnel.met)])
        list.add(
            "firm_funnel", "steps",
            [
                ("at_risk.count", funnel.atRisk), ("intent.count", funnel.intent),
                ("application.count", funnel.application), ("established.count", funnel.established),
            ])
        list.add(
            "firm_funnel", nil,
            [
                ("converted", funnel.converted), ("covered", funnel.covered), ("exited", funnel.exited),
                ("open", funnel.open), ("expired", funnel.expired),
            ])
        list.add("firm_funnel.median_days_to_intent", funnel.medianDaysToIntent)
        list.add("rates", "cumulative_intent_rate", [("x", cumulativeIntent.x), ("n", cumulativeIntent.n)])
        list.add("rates", "matured_intent_rate", [("x", funnel.intent), ("n", funnel.atRisk)])
        list.add(
            "intent_reconciliation", nil,
            [
                ("within_window", reconciliation.withinWindow), ("after_window", reconciliation.afterWindow),
                ("before_first_contact", reconciliation.beforeFirstContact), ("other", reconciliation.other),
                ("total", reconciliation.total),
            ])
        list.add(
            "intent_outcomes", nil,
            [
                ("established", outcomes.established), ("joined_joint_union", outcomes.joinedJointUnion),
                ("covered_by_parent", outcomes.coveredByParent), ("in_progress", outcomes.inProgress),
                ("no_progress", outcomes.noProgress), ("lapsed_or_declined", outcomes.lapsedOrDeclined),
                ("closed_or_moved", outcomes.closedOrMoved), ("total", outcomes.total),
            ])
        list.add(
            "worker_funnel", "steps",
            [
                ("consulted.count", workers.consulted), ("applied.count", workers.applied),
                ("verified.count", workers.verified), ("admitted.count", workers.admitted),
            ])
        let standings = workers.standings
        list.add(
            "worker_standing", nil,
            [
                ("pending", standings.pending), ("verified", standings.verified),
                ("admitted", standings.admitted), ("rejected", standings.rejected),
                ("withdrawn", standings.withdrawn), ("duplicate", standings.duplicate),
                ("unlisted", workers.unlisted), ("total", workers.applied),
            ])
        for unit in areas { list.add(unit, in: "areas", window: definition.windowLength) }
        for unit in districts { list.add(unit, in: "districts", window: definition.windowLength) }
        for line in conservation {
            list.add(
                "conservation", line.figure.rawValue,
                [
                    ("areas", line.areas), ("unassigned", line.unassigned), ("city", line.city),
                    ("overlap", line.overlap),
                ])
        }
        for line in completeness {
            list.add(
                "completeness", line.code,
                [
                    ("expected", line.expected), ("held", line.held),
                    ("declared_none", line.declaredNone ? 1 : 0), ("submitted", line.submitted ? 1 : 0),
                    ("unreported", line.unreported ? 1 : 0),
                ])
        }
        for week in entryWeeks {
            list.add(
                "entry_weeks", week.start.iso,
                [("at_risk", week.atRisk), ("intent", week.intent), ("open", week.open)])
        }
        list.add(definition.windowLength.flatMap(cohorts.provisional), in: "provisional_intent_share")
        for target in targets {
            list.add(
                "targets", "\(target.code).\(target.figure.rawValue).\(target.from.iso)_\(target.to.iso)",
                [("target", target.target)])
        }
        for cell in twoSided?.cells ?? [] {
            list.add(
                "two_sided", "\(cell.hasIntent ? "intent" : "no_intent").\(cell.applicants.rawValue)",
                [("firms", cell.firms), ("persons", cell.persons)])
        }
        for topic in opinions ?? [] {
            list.add(
                "opinions", "\(topic.source.rawValue).\(topic.topic ?? "")",
                [
                    ("week", topic.week), ("cumulative", topic.cumulative), ("answered", topic.answered),
                    ("unanswered", topic.unanswered),
                ])
        }
        return list.counts
    }
}

/// Counts as they are gathered.
private struct CountList {
    private(set) var counts: [WeeklyCount] = []

    mutating func add(_ path: String, _ value: Double?) {
        counts.append(WeeklyCount(path: path, value: value))
    }

    mutating func add(_ group: String, _ key: String?, _ values: [(String, Int?)]) {
        let stem = key.map { "\(group).\($0)." } ?? "\(group)."
        for (name, value) in values { add(stem + name, value.map(Double.init)) }
    }

    mutating func add(_ share: ProvisionalShare?, in group: String) {
        add(group, nil, [("firms", share?.firms), ("followed", share?.followed)])
        add("\(group).share", share?.share)
    }

    mutating func add(_ unit: UnitFigures, in group: String, window: Int?) {
        for measure in HeadlineMeasure.allCases {
            let counts = unit.measures[measure]
            add(
                group, "\(unit.code).\(measure.rawValue)",
                [
                    ("week", counts?.week), ("cumulative", counts?.cumulative),
                ])
        }
        add(group, "\(unit.code).intent_rate", [("x", unit.intentRate.x), ("n", unit.intentRate.n)])
        let matured = unit.cohorts.matured
        add(group, "\(unit.code).matured_intent_rate", [("x", matured.x), ("n", matured.n)])
        add(group, unit.code, [("open", unit.cohorts.immature)])
        add(window.flatMap(unit.cohorts.provisional), in: "\(group).\(unit.code).provisional_intent_share")
    }
}
