import Funnel

/// What declared figures from before bear: the effect with its checks, and the groups' distance by period.
extension PilotContents {
    /// nil where nothing bears an effect.
    var effectsSection: ReportSection? {
        guard !comparison.effects.isEmpty else { return nil }
        return ReportSection(
            key: "effects", title: words["pilot_section.effects"],
            paragraphs: [words.language.of(comparison.claim.reason)], chart: periodsChart,
            tables: [effectsTable])
    }

    private func interval(_ effect: PilotEffect) -> ConfidenceInterval? {
        guard let low = effect.confLow, let high = effect.confHigh else { return nil }
        return ConfidenceInterval(lower: low, upper: high)
    }

    private var periodsChart: BarChart {
        BarChart(
            key: "pilot-periods-chart", title: words["chart.periods"], scale: .difference,
            bars: comparison.effects.compactMap { effect in
                guard case .period = effect.estimand else { return nil }
                return BarChart.Bar(
                    label: label(effect), value: effect.estimate, interval: interval(effect),
                    caption: words.percent(effect.estimate))
            })
    }

    private func label(_ effect: PilotEffect) -> String {
        let what =
            switch effect.estimand {
            case .effect: words["pilot_effect.effect"]
            case .changeGap: words["pilot_effect.change"]
            case .trendBefore: words["pilot_effect.trend"]
            case .period(let period): words("pilot_effect.period", ["period": String(period)])
            }
        return words(
            "pilot.arm_label", ["outcome": words.language.of(effect.outcome.name), "arm": what])
    }

    var effectsTable: ReportTable {
        ReportTable(
            key: "pilot-effects", title: words["pilot_table.effects"],
            columns: [
                .init(words["pilot.estimand"], .text), .init(words["pilot.method"], .text, wraps: true),
                .init(words["pilot.difference"], .decimal),
                .init(words["pilot.low"], .decimal, isBound: true),
                .init(words["pilot.high"], .decimal, isBound: true), .init(words["pilot.clusters"], .count),
                .init(words["pilot.p_raw"], .decimal), .init(words["pilot.p_bh"], .decimal),
            ],
            rows: comparison.effects.map { effect in
                .init(cells: [
                    .text(label(effect)), .text(words["pilot_method.\(effect.method.rawValue)"]),
                    .share(effect.estimate), .share(effect.confLow), .share(effect.confHigh),
                    .count(effect.clusters), .probability(effect.pRaw), .probability(effect.pBH),
                ])
            })
    }
}
