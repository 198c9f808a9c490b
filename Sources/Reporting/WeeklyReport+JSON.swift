import Funnel
import Outreach

extension WeeklyReport {
    /// The report as `goutong.weekly/1`: every key of the contract, in its order; `scope` where the figures are
    /// not the whole city's, `audit_head` where the audit has one, `issue` in an issued report. UTF-8, newline at the end.
    public func json() -> String {
        let head: [(String, JSONValue)] = [
            ("schema", .string(Self.schema)), ("week", .string(figures.week.name)),
            ("from", .string(figures.week.start.iso)), ("to", .string(figures.week.end.iso)),
            ("since", .string(figures.since.iso)), ("as_known_at", .string(figures.asKnownAt)),
            ("synthetic", .bool(figures.synthetic)), ("definition", definitionJSON),
        ]
        // Only where there is one.
        let added: [(String, JSONValue)] = [
            figures.scope.map { ("scope", .array($0.map(JSONValue.string))) },
            circulation.auditHead.map { ("audit_head", .string($0)) },
            circulation.edition.map { ("issue", issueJSON($0)) },
        ].compactMap(\.self)
        let totals: [(String, JSONValue)] = [
            ("headline", headlineJSON), ("firm_funnel", firmFunnelJSON),
            (
                "rates",
                .object(pairs: [
                    (
                        "cumulative_intent_rate",
                        pooledJSON(cumulativeIntentRate, assessment.clusteredCumulative)
                    ),
                    ("matured_intent_rate", pooledJSON(maturedIntentRate, assessment.clustered)),
                ])
            ),
            ("intent_reconciliation", partsJSON(reconciliationParts, figures.reconciliation.total)),
            ("intent_outcomes", partsJSON(outcomeParts, figures.outcomes.total)),
            ("worker_funnel", workerFunnelJSON),
        ]
        let units: [(String, JSONDocument.Part)] = [
            ("areas", .rows(figures.areas.indices, areaJSON)),
            ("districts", .rows(figures.districts.indices, districtJSON)),
            ("conservation", .rows(figures.conservation, conservationJSON)),
            ("completeness", .rows(figures.completeness, completenessJSON)),
        ]
        func values(_ members: [(String, JSONValue)]) -> [(String, JSONDocument.Part)] {
            members.map { ($0.0, .value($0.1)) }
        }
        return JSONDocument(
            members: values(head + added + totals) + units + values(assessmentJSON) + attentionJSON
                + values(statedJSON)
        ).rendered()
    }

    /// Which edition it is, and who answers for it.
    private func issueJSON(_ edition: Int) -> JSONValue {
        .object(pairs: [
            ("edition", .integer(edition)), ("replaces", JSONValue(circulation.replaces)),
            ("reason", JSONValue(circulation.reason)), ("number", JSONValue(circulation.number)),
            ("preparer", JSONValue(circulation.preparer)), ("reviewer", JSONValue(circulation.reviewer)),
            ("signer", JSONValue(circulation.signer)),
        ])
    }

    /// With the interval that knows of townships.
    private func pooledJSON(_ rate: RateEstimate?, _ clustered: ConfidenceInterval?) -> JSONValue {
        rateJSON(rate, and: [("ci95_clustered", intervalJSON(clustered))])
    }

    private var definitionJSON: JSONValue {
        let definition = figures.definition
        return .object(pairs: [
            ("unit", .string(definition.unit)), ("window_days", JSONValue(definition.windowDays)),
            ("order", .string(definition.order.rawValue)),
            ("anchor", .string(definition.anchor.rawValue)),
            ("place", .string(definition.place.rawValue)),
            ("attribution", .string(definition.attribution)),
            ("boundaries", .string(definition.boundaries)),
            ("calendar", .string(definition.calendar)), ("hash", .string(definition.hash)),
        ])
    }

    private var headlineJSON: JSONValue {
        .object(
            pairs: HeadlineMeasure.allCases.map { measure in
                let counts = figures.headline[measure]
                return (
                    measure.rawValue,
                    .object(pairs: [
                        ("week", JSONValue(counts?.week)), ("previous", JSONValue(counts?.previous)),
                        ("late", JSONValue(counts?.late)), ("year", JSONValue(counts?.year)),
                        ("cumulative", JSONValue(counts?.cumulative)),
                        ("target", JSONValue(counts?.target)),
                    ])
                )
            })
    }

    private var firmFunnelJSON: JSONValue {
        let steps = firmSteps.map { step in
            JSONValue.object(pairs: [
                ("key", .string(step.key.rawValue)), ("count", .integer(step.count)),
                ("of_first", JSONValue(step.key == .atRisk ? wholeIfAny(step.count) : step.ofFirst?.rate)),
                ("of_previous", JSONValue(step.ofPrevious?.rate)),
                ("ci95", intervalJSON(step.ofFirst?.interval)),
            ])
        }
        return .object(
            pairs: [("met", .integer(figures.firmFunnel.met)), ("steps", .array(steps))]
                + firmOutcomes.map { ($0.key, .integer($0.count)) }
                + [("median_days_to_intent", JSONValue(figures.firmFunnel.medianDaysToIntent))])
    }

    /// The first step is the whole of itself: no estimate, so no interval.
    private func wholeIfAny(_ count: Int) -> Double? { count == 0 ? nil : 1 }

    private var workerFunnelJSON: JSONValue {
        let steps = workerSteps.map { step in
            JSONValue.object(pairs: [
                ("key", .string(step.key)), ("unit", .string(step.unit)),
                ("count", JSONValue(step.count)),
            ])
        }
        return .object(pairs: [
            ("steps", .array(steps)),
            ("applications_per_meeting", JSONValue(applicationsPerMeeting)),
        ])
    }

    func rateJSON(_ estimate: RateEstimate?, and more: [(String, JSONValue)] = []) -> JSONValue {
        .object(
            pairs: [
                ("x", JSONValue(estimate?.x)), ("n", JSONValue(estimate?.n)),
                ("rate", JSONValue(estimate?.rate)), ("ci95", intervalJSON(estimate?.interval)),
            ] + more)
    }

    func intervalJSON(_ interval: ConfidenceInterval?) -> JSONValue {
        interval.map { .array([.number($0.lower), .number($0.upper)]) } ?? .null
    }

    private func partsJSON(_ parts: [(key: String, count: Int)], _ total: Int) -> JSONValue {
        .object(pairs: parts.map { ($0.key, .integer($0.count)) } + [("total", .integer(total))])
    }

    private func areaJSON(_ index: Int) -> JSONValue {
        unitJSON(
            figures.areas[index], assessment.areas[index], shrinkage().areas[index],
            cumulative: cumulativeShrinkage().areas[index],
            rank: showsRanks ? rankJSON(ranks().areas[index]) : nil)
    }

    private func districtJSON(_ index: Int) -> JSONValue {
        unitJSON(
            figures.districts[index], assessment.districts[index], shrinkage().districts[index],
            cumulative: cumulativeShrinkage().districts[index],
            rank: showsRanks ? rankJSON(ranks().districts[index]) : nil)
    }

    private func unitJSON(
        _ unit: UnitFigures, _ assessed: WeeklyAssessment.Unit, _ shrunk: WeeklyShrinkage.Unit?,
        cumulative: WeeklyShrinkage.Unit?, rank: JSONValue?
    ) -> JSONValue {
        .object(
            pairs: [
                ("code", .string(unit.code)), ("name", .string(unit.name)),
                ("district", .string(unit.district)),
            ]
                + HeadlineMeasure.allCases.map { measure in
                    let counts = unit.measures[measure]
                    return (
                        measure.rawValue,
                        .object(pairs: [
                            ("week", JSONValue(counts?.week)),
                            ("cumulative", JSONValue(counts?.cumulative)),
                        ])
                    )
                }
                + [
                    (
                        "intent_rate",
                        rateJSON(
                            RateEstimate(unit.intentRate),
                            and: [("shrunk", JSONValue(cumulative?.rate.mean))])
                    ),
                    ("signal", signalJSON(assessed.point)),
                ] + ratesJSON(unit, assessed, shrunk) + (rank.map { [("rank_interval", $0)] } ?? []))
    }

    /// From the better end to the other; null where nobody is counted.
    private func rankJSON(_ interval: ClosedRange<Int>?) -> JSONValue {
        interval.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) } ?? .null
    }

    private func conservationJSON(_ line: ConservationLine) -> JSONValue {
        .object(pairs: [
            ("figure", .string(line.figure.rawValue)), ("areas", .integer(line.areas)),
            ("unassigned", .integer(line.unassigned)), ("city", .integer(line.city)),
            ("overlap", .integer(line.overlap)),
        ])
    }

    private func completenessJSON(_ line: CompletenessLine) -> JSONValue {
        .object(
            pairs: [
                ("code", .string(line.code)), ("expected", JSONValue(line.expected)),
                ("held", .integer(line.held)), ("declared_none", .bool(line.declaredNone)),
                ("unreported", .bool(line.unreported)),
            ]
                // Beyond the contract: where the unit said so.
                + (line.submitted ? [("submitted", .bool(true))] : []))
    }
}
