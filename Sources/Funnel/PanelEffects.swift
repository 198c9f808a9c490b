/// All that a declared panel bears: the effect, its checks, every period's distance (SPEC §1.11).
struct PanelEffects {
    private let panel: DeclaredPanel

    init(_ panel: DeclaredPanel) { self.panel = panel }

    var all: [PilotEffect] { panel.isStaggered ? staggered : together }

    private func row(
        _ estimand: PilotEffect.Estimand, _ method: PilotEffect.Method, _ estimate: Double?,
        _ interval: ConfidenceInterval? = nil, p: Double? = nil
    ) -> PilotEffect {
        PilotEffect(
            outcome: panel.outcome, estimand: estimand, method: method, estimate: estimate,
            confLow: interval?.lower, confHigh: interval?.upper, n: panel.cells.count,
            clusters: panel.starts.count, pRaw: p)
    }

    // MARK: - Pilots that started in one period

    private var together: [PilotEffect] {
        let panels = DifferenceInDifferences(panel.cells, firstWeek: panel.firstAfter) {
            panel.starts[$0] != nil
        }
        return effect(panels.unweighted, .differenceInDifferences) + effect(panels.weighted, .weighted)
            + changes(panels.collapsed) + periods(panels)
    }

    private func effect(
        _ effect: DifferenceInDifferences.Estimate?, _ method: PilotEffect.Method
    ) -> [PilotEffect] {
        guard let effect else { return [] }
        var p: Double?
        if let error = effect.standardErrorCR2, error > 0, let df = effect.dfCR2 {
            p = SpecialFunctions.studentTwoSidedTail(effect.difference / error, df: df)
        }
        let rows = [
            row(.effect, method, effect.difference, effect.intervalCR2, p: p),
            row(.degreesOfFreedom, method, effect.dfCR2),
        ]
        guard method == .differenceInDifferences else { return rows }
        return rows + [detectable(.detectableEffect, effect.standardErrorCR2, df: effect.dfCR2)]
    }

    private func detectable(
        _ estimand: PilotEffect.Estimand, _ error: Double?, df: Double?
    ) -> PilotEffect {
        var reach: Double?
        if let error, let df {
            reach = MinimumDetectableDifference.reach(standardError: error, df: df)
        }
        return row(estimand, .power, reach)
    }

    private func changes(_ collapsed: CollapsedChange?) -> [PilotEffect] {
        guard let collapsed else { return [] }
        let test = RandomisationTest(
            pilot: collapsed.pilotChanges, comparison: collapsed.comparisonChanges,
            seed: PilotEstimates.seed)
        return [
            row(.changeGap, .welch, collapsed.difference, collapsed.interval, p: collapsed.pValue),
            row(.degreesOfFreedom, .welch, collapsed.df),
        ] + [test.map { row(.changeGap, .randomisation, $0.difference, p: $0.pValue) }].compactMap(\.self)
    }

    private func periods(_ panels: DifferenceInDifferences) -> [PilotEffect] {
        let df = Double(panel.starts.count - 1)
        func coefficient(
            _ estimand: PilotEffect.Estimand, _ value: DifferenceInDifferences.Coefficient?
        ) -> PilotEffect {
            let interval = value.flatMap { value in
                value.standardError.flatMap {
                    self.interval(value.estimate, $0, SpecialFunctions.studentReach(0.95, df: df))
                }
            }
            return row(estimand, .eventStudy, value?.estimate, interval, p: value?.pValue)
        }
        var rows = (panels.eventStudy?.weeks ?? []).map { coefficient(.period($0.week), $0.coefficient) }
        if let pretrend = panels.eventStudy?.pretrend {
            rows.append(row(.pretrend, .eventStudy, pretrend.f, p: pretrend.pValue))
            rows.append(row(.pretrendPeriods, .eventStudy, Double(pretrend.df1)))
        }
        rows.append(row(.degreesOfFreedom, .eventStudy, df))
        rows.append(coefficient(.trendBefore, panels.pretrendSlope))
        rows.append(detectable(.detectableTrend, panels.pretrendSlope?.standardError, df: df))
        return rows
    }

    private func interval(_ estimate: Double, _ error: Double, _ reach: Double?) -> ConfidenceInterval? {
        reach.map { ConfidenceInterval(lower: estimate - $0 * error, upper: estimate + $0 * error) }
    }

    // MARK: - Pilots that started in several

    private var staggered: [PilotEffect] {
        let adoption = StaggeredAdoption(panel.cells, weeks: panel.periods.count) { panel.starts[$0] }
        let never = panel.starts.count { $0 == nil }
        let distances = adoption.effects.map { effect in
            // One township has no spread of its own: the error would be the others' alone.
            let isBorne = never > 1 && panel.starts.count { $0 == effect.cohort } > 1
            let error = isBorne ? effect.standardError.flatMap { $0 > 0 ? $0 : nil } : nil
            var p: Double?
            if let value = effect.effect, let error {
                p = SpecialFunctions.normalCDF(-abs(value / error)).map { 2 * $0 }
            }
            return row(
                .cohortPeriod(
                    start: panel.periods[effect.cohort], period: effect.week - effect.cohort),
                .staggered, effect.effect,
                effect.effect.flatMap { value in
                    error.flatMap { interval(value, $0, SpecialFunctions.normalReach(0.95)) }
                }, p: p)
        }
        return [row(.effect, .staggered, adoption.overall)] + distances
    }
}
