/// One row of `estimates.csv` that a declared panel bears.
public struct PilotEffect: Hashable, Sendable {
    public enum Estimand: Hashable, Sendable {
        /// The pilot's effect on the pilot units, if both groups would have changed alike without it.
        case effect
        /// The change of the mean, pilots less the others: the check beside it.
        case changeGap
        /// The groups' distance in a period, relative to the last before the start.
        case period(Int)
        /// By how much that distance grew each period before the start.
        case trendBefore

        public var code: String {
            switch self {
            case .effect: "effect_parallel_trends"
            case .changeGap: "gap_of_changes"
            case .period(let period): "gap_period_\(period)"
            case .trendBefore: "trend_before"
            }
        }
    }

    public enum Method: String, CaseIterable, Sendable {
        case differenceInDifferences = "did_cr2"
        case staggered = "att_staggered"
        case welch
        case randomisation
        case eventStudy = "event_study_cr1"
    }

    public var outcome: DeclaredOutcome
    public var estimand: Estimand
    public var method: Method
    public var estimate: Double?
    public var confLow: Double?
    public var confHigh: Double?
    /// Declared figures used.
    public var n: Int
    public var clusters: Int
    public var pRaw: Double?
    public var pBH: Double?

    /// All that a panel bears: the effect, its checks, every period's distance.
    static func effects(of panel: DeclaredPanel) -> [PilotEffect] {
        let clusters = panel.starts.count
        func row(
            _ estimand: Estimand, _ method: Method, _ estimate: Double?,
            _ interval: ConfidenceInterval? = nil,
            p: Double? = nil
        ) -> PilotEffect {
            PilotEffect(
                outcome: panel.outcome, estimand: estimand, method: method, estimate: estimate,
                confLow: interval?.lower, confHigh: interval?.upper, n: panel.cells.count, clusters: clusters,
                pRaw: p)
        }
        guard !panel.isStaggered else {
            let adoption = StaggeredAdoption(panel.cells, weeks: panel.periods.count) { panel.starts[$0] }
            return [row(.effect, .staggered, adoption.overall)]
        }
        let panels = DifferenceInDifferences(panel.cells, firstWeek: panel.firstAfter) {
            panel.starts[$0] != nil
        }
        var rows: [PilotEffect] = []
        if let effect = panels.unweighted {
            var p: Double?
            if let error = effect.standardErrorCR2, error > 0, let df = effect.dfCR2 {
                p = SpecialFunctions.studentTwoSidedTail(effect.difference / error, df: df)
            }
            rows.append(row(.effect, .differenceInDifferences, effect.difference, effect.intervalCR2, p: p))
        }
        if let collapsed = panels.collapsed {
            rows.append(
                row(.changeGap, .welch, collapsed.difference, collapsed.interval, p: collapsed.pValue))
            if let test = RandomisationTest(
                pilot: collapsed.pilotChanges, comparison: collapsed.comparisonChanges,
                seed: PilotEstimates.seed)
            {
                rows.append(row(.changeGap, .randomisation, test.difference, p: test.pValue))
            }
        }
        func coefficient(_ estimand: Estimand, _ value: DifferenceInDifferences.Coefficient?) -> PilotEffect {
            var interval: ConfidenceInterval?
            if let value, let error = value.standardError,
                let t = SpecialFunctions.studentQuantile(0.975, df: Double(clusters - 1))
            {
                interval = ConfidenceInterval(
                    lower: value.estimate - t * error, upper: value.estimate + t * error)
            }
            return row(estimand, .eventStudy, value?.estimate, interval, p: value?.pValue)
        }
        for week in panels.eventStudy?.weeks ?? [] {
            rows.append(coefficient(.period(week.week), week.coefficient))
        }
        rows.append(coefficient(.trendBefore, panels.pretrendSlope))
        return rows
    }

    /// The family of tests: effects of all outcomes by one method.
    static func effects(of panels: [DeclaredPanel]) -> [PilotEffect] {
        var rows = panels.flatMap(effects)
        for method in [Method.differenceInDifferences, .welch, .randomisation] {
            let family = rows.indices.filter { rows[$0].method == method }
            for (index, value) in zip(family, FalseDiscoveryRate.adjusted(family.map { rows[$0].pRaw })) {
                rows[index].pBH = value
            }
        }
        return rows
    }
}
