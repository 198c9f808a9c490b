import Funnel
import Outreach

/// The estimates as tables: arm rates, gaps, numbers per meeting; and the units they rest on.
extension PilotContents {
    private func name(_ estimate: PilotEstimate) -> String { words.language.of(estimate.outcome.name) }

    private func estimates(_ estimands: [PilotEstimand]) -> [PilotEstimate] {
        comparison.estimates.filter { estimands.contains($0.estimand) }
    }

    /// `达成建会意向 · 试点单位`.
    private func armLabel(_ estimate: PilotEstimate) -> String {
        let label = words(
            "pilot.arm_label",
            [
                "outcome": name(estimate),
                "arm": words[estimate.estimand == .pilotRate ? "pilot_arm.pilot" : "pilot_arm.comparison"],
            ])
        return estimate.method == .exact ? words("pilot.exact_label", ["label": label]) : label
    }

    /// A rate pooled over townships, with the fraction it comes from: the estimate is exactly x of n.
    private func fraction(_ estimate: PilotEstimate) -> RateEstimate? {
        guard let rate = estimate.estimate, let n = estimate.n else { return nil }
        return RateEstimate(x: Int((rate * Double(n)).rounded()), of: n)
    }

    /// One for each outcome and group: the exact one where townships have nothing to tell of their spread.
    private var rates: [PilotEstimate] {
        let all = estimates([.pilotRate, .comparisonRate])
        return all.filter { row in
            row.method == .exact
                || !all.contains {
                    $0.method == .exact && $0.outcome == row.outcome && $0.estimand == row.estimand
                }
        }
    }

    var chart: BarChart {
        BarChart(
            key: "pilot-chart", title: words["chart.pilot"], scale: .rate,
            bars: rates.map { estimate in
                var interval: ConfidenceInterval?
                if let low = estimate.confLow, let high = estimate.confHigh {
                    interval = ConfidenceInterval(lower: max(0, low), upper: min(1, high))
                }
                return BarChart.Bar(
                    label: armLabel(estimate), value: estimate.estimate, interval: interval,
                    caption: estimate.suppressed ? words["pilot.suppressed"] : words.rate(fraction(estimate)))
            })
    }

    /// Low and high are clustered by township, so they are not the interval of the fraction alone.
    var ratesTable: ReportTable {
        ReportTable(
            key: "pilot-rates", title: words["pilot_table.rates"],
            columns: [
                .init(words["pilot.outcome"], .text), .init(words["pilot.numerator"], .count),
                .init(words["pilot.denominator"], .count), .init(words["column.rate"], .decimal),
                .init(words["pilot.low"], .decimal, isBound: true),
                .init(words["pilot.high"], .decimal, isBound: true),
                .init(words["pilot.clusters"], .count),
            ],
            rows: rates.map { estimate in
                .init(
                    cells: [
                        .text(armLabel(estimate)), .count(fraction(estimate)?.x), .count(estimate.n),
                        .share(estimate.estimate), .share(estimate.confLow), .share(estimate.confHigh),
                        .count(estimate.clusters),
                    ])
            },
            notes: [words["pilot.clustering"]]
                + (rates.contains { $0.method == .exact } ? [note(.exact)] : [])
                + [words["pilot.suppressed_note"]])
    }

    /// The gaps of proportions as they are inferred first: clustered by township.
    private var gaps: [PilotEstimate] {
        estimates([.gap]).filter { $0.method == .clusterRobust && $0.outcome.isProportion }
    }

    var gapsChart: BarChart {
        BarChart(
            key: "pilot-gaps-chart", title: words["chart.gaps"], scale: .difference,
            bars: gaps.map { estimate in
                var interval: ConfidenceInterval?
                if let low = estimate.confLow, let high = estimate.confHigh {
                    interval = ConfidenceInterval(lower: low, upper: high)
                }
                return BarChart.Bar(
                    label: name(estimate), value: estimate.estimate, interval: interval,
                    caption: estimate.suppressed
                        ? words["pilot.suppressed"] : words.percent(estimate.estimate))
            })
    }

    /// Both rates and their gap; whether chance alone may have made it, the other outcomes allowed for.
    var gapSentences: [String] {
        gaps.compactMap { gap -> String? in
            func rate(_ estimand: PilotEstimand) -> Double? {
                rates.first { $0.outcome == gap.outcome && $0.estimand == estimand }?.estimate
            }
            guard let pilot = rate(.pilotRate), let other = rate(.comparisonRate), let value = gap.estimate
            else { return nil }
            let key =
                if let low = gap.confLow, let high = gap.confHigh {
                    gap.isBeyondChance == true
                        ? "pilot.gap_clear"
                        : low <= 0 && 0 <= high ? "pilot.gap_unclear" : "pilot.gap_of_several"
                } else { "pilot.gap_alone" }
            return words(
                key,
                [
                    "outcome": name(gap), "pilot": words.percent(pilot), "comparison": words.percent(other),
                    "gap": words.points(value), "low": words.points(gap.confLow),
                    "high": words.points(gap.confHigh),
                ])
                + (gap.limits.contains(.fewTownships) ? words["pilot.gap_few"] : "")
        }
    }

    /// `−4.1% · +4.4%`: what would probably have been found, beside a gap that was not.
    private func detectable(beside estimate: PilotEstimate) -> String {
        func found(_ estimand: PilotEstimand) -> PilotEstimate? {
            comparison.estimates.first { $0.outcome == estimate.outcome && $0.estimand == estimand }
        }
        guard estimate.method == .clusterRobust, let below = found(.detectableBelow),
            let above = found(.detectableAbove)
        else { return Catalogue.nothing }
        func text(_ value: Double?) -> String {
            estimate.outcome.isProportion ? words.percent(value) : words.decimal(value)
        }
        return words("pilot.detectable_pair", ["below": text(below.estimate), "above": text(above.estimate)])
    }

    var gapsTable: ReportTable {
        ReportTable(
            key: "pilot-gaps", title: words["pilot_table.gaps"],
            columns: [
                .init(words["pilot.outcome"], .text), .init(words["pilot.method"], .text),
                .init(words["pilot.gap"], .decimal), .init(words["pilot.low"], .decimal, isBound: true),
                .init(words["pilot.high"], .decimal, isBound: true), .init(words["pilot.detectable"], .text),
                .init(words["pilot.denominator"], .count),
                .init(words["pilot.p_raw"], .decimal), .init(words["pilot.p_bh"], .decimal),
            ],
            rows: estimates([.gap]).filter(\.outcome.isProportion).map { estimate in
                .init(
                    cells: [
                        .text(name(estimate)), .text(words["pilot_method.\(estimate.method.rawValue)"]),
                        .share(estimate.estimate), .share(estimate.confLow), .share(estimate.confHigh),
                        .text(detectable(beside: estimate)), .count(estimate.n),
                        .probability(estimate.pRaw), .probability(estimate.pBH),
                    ])
            },
            notes: [words["note.comparison"], words["pilot.p_note"], words["pilot.detectable_note"]]
                + [PilotMethod.clusterRobust, .randomisation].map(note))
    }

    private func note(_ method: PilotMethod) -> String {
        words(
            "pilot.method_note",
            ["short": words["pilot_method.\(method.rawValue)"], "long": words.language.of(method.name)])
    }

    var ratiosTable: ReportTable {
        ReportTable(
            key: "pilot-ratios", title: words["pilot_table.ratios"],
            columns: [
                .init(words["pilot.estimand"], .text), .init(words["pilot.method"], .text),
                .init(words["pilot.per_meeting"], .decimal),
                .init(words["pilot.low"], .decimal, isBound: true),
                .init(words["pilot.high"], .decimal, isBound: true), .init(words["pilot.detectable"], .text),
                .init(words["pilot.meetings"], .count),
                .init(words["pilot.p_raw"], .decimal), .init(words["pilot.p_bh"], .decimal),
            ],
            rows: estimates([.pilotRatio, .comparisonRatio, .gap]).filter { !$0.outcome.isProportion }
                .map { estimate in
                    .init(cells: [
                        .text(words.language.of(estimate.estimand.name)),
                        .text(words["pilot_method.\(estimate.method.rawValue)"]),
                        .decimal(estimate.estimate), .decimal(estimate.confLow), .decimal(estimate.confHigh),
                        .text(estimate.estimand == .gap ? detectable(beside: estimate) : Catalogue.nothing),
                        .count(estimate.n), .probability(estimate.pRaw), .probability(estimate.pBH),
                    ])
                })
    }

    var incidenceTable: ReportTable {
        ReportTable(
            key: "pilot-incidence", title: words["pilot_table.incidence"],
            columns: [
                .init(words["pilot.estimand"], .text), .init(words["pilot.method"], .text),
                .init(words["column.rate"], .decimal),
                .init(words["pilot.low"], .decimal, isBound: true),
                .init(words["pilot.high"], .decimal, isBound: true),
                .init(words["pilot.at_risk"], .count), .init(words["pilot.clusters"], .count),
                .init(words["pilot.p_raw"], .decimal), .init(words["pilot.p_bh"], .decimal),
            ],
            rows: estimates([.pilotIncidence, .comparisonIncidence, .incidenceGap]).map { estimate in
                .init(cells: [
                    .text(words.language.of(estimate.estimand.name)),
                    .text(words["pilot_method.\(estimate.method.rawValue)"]), .share(estimate.estimate),
                    .share(estimate.confLow), .share(estimate.confHigh), .count(estimate.n),
                    .count(estimate.clusters), .probability(estimate.pRaw), .probability(estimate.pBH),
                ])
            },
            notes: [note(.incidenceBootstrap), words.language.of(PilotLimit.openWindowsIncluded.text)]
                + (comparison.estimates.contains { $0.limits.contains(.townshipsFollowed) }
                    ? [words.language.of(PilotLimit.townshipsFollowed.text)] : [])
                + (comparison.estimates.contains {
                    $0.method == .incidenceBootstrap && $0.estimate == nil && !$0.suppressed
                } ? [words.language.of(PilotLimit.notFollowedLongEnough.text)] : []))
    }

    var unitsTable: ReportTable {
        ReportTable(
            key: "pilot-units", title: words["pilot_table.units"],
            columns: [
                .init(words["column.code"], .code), .init(words["column.district"], .text),
                .init(words["column.area"], .text), .init(words["pilot.arm"], .text),
                .init(words["pilot.start_on"], .day),
            ],
            rows: comparison.units.map { unit in
                .init(cells: [
                    .text(unit.code), .text(unit.district), .text(unit.name),
                    .text(words["pilot_arm.\(unit.arm.rawValue)"]), .day(unit.starts ? unit.startOn : nil),
                ])
            }, grouping: 1)
    }

    /// For the workbook alone: the page would be hundreds of rows long, and `cells.csv` has them.
    var cellsTable: ReportTable {
        ReportTable(
            key: "pilot-cells", title: words["pilot_table.cells"],
            columns: [
                .init(words["column.code"], .code), .init(words["column.area"], .text),
                .init(words["pilot.arm"], .text), .init(words["pilot.start_on"], .day),
                .init(words["pilot.period_from"], .day), .init(words["pilot.period_to"], .day),
                .init(words["pilot.outcome"], .text), .init(words["pilot.numerator"], .count),
                .init(words["pilot.denominator"], .count), .init(words["pilot.open"], .count),
                .init(words["pilot.suppressed"], .text),
            ],
            rows: comparison.cells.map { cell in
                .init(cells: [
                    .text(cell.unitCode), .text(cell.unitName),
                    .text(words["pilot_arm.\(cell.arm.rawValue)"]), .day(cell.startOn),
                    .day(cell.periodFrom), .day(cell.periodTo),
                    .text(words.language.of(cell.stage.name)), .count(cell.numerator),
                    .count(cell.denominator), .count(cell.open),
                    .text(words[cell.suppressed ? "readme.yes" : "readme.no"]),
                ])
            })
    }
}
