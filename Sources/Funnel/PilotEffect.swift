public import Outreach

/// One row of `estimates.csv` that a declared panel bears.
public struct PilotEffect: Hashable, Sendable {
    public enum Estimand: Hashable, Sendable {
        /// The pilot's effect on the pilot units, if both groups would have changed alike without it.
        case effect
        /// The change of the mean, pilots less the others: the check beside it.
        case changeGap
        /// The groups' distance in a period, relative to the last before the start.
        case period(Int)
        /// The same of the pilots that started on one day, where pilots started on several.
        case cohortPeriod(start: Day, period: Int)
        /// By how much that distance grew each period before the start.
        case trendBefore
        /// F of the joint test that all distances before the start are 0, and how many they are.
        case pretrend, pretrendPeriods
        /// The smallest effect, and trend before, either way, that such a panel would find four times in five.
        case detectableEffect, detectableTrend
        /// Of the intervals and tests by the method.
        case degreesOfFreedom

        public var code: String {
            switch self {
            case .effect: "effect_parallel_trends"
            case .changeGap: "gap_of_changes"
            case .period(let period): "gap_period_\(period)"
            case .cohortPeriod(let start, let period): "gap_from_\(start.iso)_period_\(period)"
            case .trendBefore: "trend_before"
            case .pretrend: "pretrend_joint_f"
            case .pretrendPeriods: "pretrend_periods"
            case .detectableEffect: "detectable_effect"
            case .detectableTrend: "detectable_trend"
            case .degreesOfFreedom: "degrees_of_freedom"
            }
        }

        /// Whether it is a distance at one time: what the plot shows.
        public var isPeriod: Bool {
            switch self {
            case .period, .cohortPeriod: true
            default: false
            }
        }

        /// Whether it is a difference of shares, rather than a number.
        public var isShare: Bool {
            switch self {
            case .pretrend, .pretrendPeriods, .degreesOfFreedom: false
            default: true
            }
        }
    }

    public enum Method: String, CaseIterable, Sendable {
        case differenceInDifferences = "did_cr2"
        /// The same, figures weighing by their denominators.
        case weighted = "did_cr2_weighted"
        case staggered = "att_staggered"
        case welch
        case randomisation
        case eventStudy = "event_study_cr1"
        case power = "power_80"
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

    /// Fewer than 4 degrees of freedom.
    public var saysTooFewTownships: Bool {
        estimand == .degreesOfFreedom && estimate.map { $0 < 4 } ?? true
    }

    /// What panels bear, with p adjusted: the family of tests is the effects of all outcomes by one method.
    static func effects(of panels: [DeclaredPanel]) -> [PilotEffect] {
        adjusted(panels.flatMap { PanelEffects($0).all })
    }

    /// What could be detected stays only beside an effect that was not found, and a trend that was not.
    static func adjusted(_ drafts: [PilotEffect]) -> [PilotEffect] {
        var rows = drafts
        for method in [Method.differenceInDifferences, .weighted, .welch, .randomisation] {
            let family = rows.indices.filter {
                rows[$0].method == method && rows[$0].estimand != .degreesOfFreedom
            }
            for (index, value) in zip(family, FalseDiscoveryRate.adjusted(family.map { rows[$0].pRaw })) {
                rows[index].pBH = value
            }
        }
        func isFound(_ outcome: DeclaredOutcome, _ estimand: Estimand, _ method: Method) -> Bool {
            let row = rows.first {
                $0.outcome == outcome && $0.estimand == estimand && $0.method == method
            }
            return (row?.pBH ?? row?.pRaw).map { $0 < PilotEstimates.level } ?? false
        }
        return rows.filter { row in
            switch row.estimand {
            case .detectableEffect: !isFound(row.outcome, .effect, .differenceInDifferences)
            case .detectableTrend: !isFound(row.outcome, .trendBefore, .eventStudy)
            default: true
            }
        }
    }
}
