import Funnel
import Outreach

/// What declared figures from before bear: the effect with its checks, and the groups' distance by period.
extension PilotContents {
    /// nil where nothing bears an effect.
    var effectsSection: ReportSection? {
        guard !comparison.effects.isEmpty else { return nil }
        let caution =
            comparison.effects.contains(where: \.saysTooFewTownships)
            ? [words.language.of(PilotLimit.fewTownships.text)] : []
        return ReportSection(
            key: "effects", title: words["pilot_section.effects"],
            paragraphs: [words.language.of(comparison.claim.reason)] + caution, chart: periodsChart,
            tables: [effectsTable, periodsTable])
    }

    private var distances: [PilotEffect] { comparison.effects.filter(\.estimand.isPeriod) }

    private func interval(_ effect: PilotEffect) -> ConfidenceInterval? {
        guard let low = effect.confLow, let high = effect.confHigh else { return nil }
        return ConfidenceInterval(lower: low, upper: high)
    }

    private var periodsChart: BarChart {
        BarChart(
            key: "pilot-periods-chart", title: words["chart.periods"], scale: .difference,
            bars: distances.map { effect in
                BarChart.Bar(
                    label: label(effect), value: effect.estimate, interval: interval(effect),
                    caption: words.percent(effect.estimate))
            })
    }

    /// `开始前各期合并检验（F）`.
    private func name(_ estimand: PilotEffect.Estimand) -> String {
        switch estimand {
        case .effect: words["pilot_effect.effect"]
        case .changeGap: words["pilot_effect.change"]
        case .trendBefore: words["pilot_effect.trend"]
        case .period(let period): words("pilot_effect.period", ["period": String(period)])
        case .cohortPeriod(let start, let period):
            words("pilot_effect.cohort_period", ["start": start.iso, "period": String(period)])
        case .pretrend: words["pilot_effect.pretrend"]
        case .pretrendPeriods: words["pilot_effect.pretrend_periods"]
        case .detectableEffect: words["pilot_effect.detectable"]
        case .detectableTrend: words["pilot_effect.detectable_trend"]
        case .degreesOfFreedom: words["pilot_effect.df"]
        }
    }

    private func label(_ effect: PilotEffect) -> String {
        words(
            "pilot.arm_label",
            ["outcome": words.language.of(effect.outcome.name), "arm": name(effect.estimand)])
    }

    /// Every code of effects that occurs, in words.
    var effectCodes: [(code: String, meaning: String)] {
        var codes: [(code: String, meaning: String)] = []
        for effect in comparison.effects {
            let found = [
                (effect.outcome.rawValue, words.language.of(effect.outcome.name)),
                (effect.estimand.code, name(effect.estimand)),
                (effect.method.rawValue, words["pilot_method.\(effect.method.rawValue)"]),
            ]
            for (code, meaning) in found
            where PilotMethod(rawValue: code) == nil && !codes.contains(where: { $0.code == code }) {
                codes.append((code, meaning))
            }
        }
        return codes
    }

    private var lead: [ReportTable.Column] {
        [
            .init(words["pilot.estimand"], .text), .init(words["pilot.method"], .text, wraps: true),
            .init(words["pilot.difference"], .decimal), .init(words["pilot.low"], .decimal, isBound: true),
            .init(words["pilot.high"], .decimal, isBound: true), .init(words["pilot.clusters"], .count),
            .init(words["pilot.p_raw"], .decimal),
        ]
    }

    private func cells(_ effect: PilotEffect) -> [ReportTable.Cell] {
        [
            .text(label(effect)), .text(words["pilot_method.\(effect.method.rawValue)"]),
            effect.estimand.isShare ? .share(effect.estimate) : .decimal(effect.estimate),
            .share(effect.confLow), .share(effect.confHigh), .count(effect.clusters),
            .probability(effect.pRaw),
        ]
    }

    var effectsTable: ReportTable {
        ReportTable(
            key: "pilot-effects", title: words["pilot_table.effects"],
            columns: lead + [.init(words["pilot.p_bh"], .decimal)],
            rows: comparison.effects.filter { !$0.estimand.isPeriod }.map { effect in
                .init(cells: cells(effect) + [.probability(effect.pBH)])
            },
            notes: [words["pilot.pretrend_note"], words["pilot.detectable_note"]])
    }

    /// The distances that the chart draws.
    var periodsTable: ReportTable {
        ReportTable(
            key: "pilot-periods", title: words["pilot_table.periods"], columns: lead,
            rows: distances.map { .init(cells: cells($0)) }, notes: [words["pilot.periods_note"]])
    }
}
