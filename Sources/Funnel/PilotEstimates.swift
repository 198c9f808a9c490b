import Outreach

/// The estimates of a pilot comparison, from its cells alone: anyone with `cells.csv` can repeat them. Only the
/// cumulative incidence needs each firm's days.
///
/// Outcomes that exist only through meetings have no period before a unit's start, so every
/// difference is worded as a gap (design: a causal estimand is offered only where an outcome exists
/// without meetings).
public enum PilotEstimates {
    /// Names the draws of a randomisation too large to enumerate, and of the bootstrap.
    public static let seed: UInt64 = 20_180_401
    /// Of the bootstrap.
    public static let replicates = 1999
    /// Of the cumulative incidence.
    public static let incidenceDays = 90
    /// Two-sided, of every test.
    static let level = 0.05

    /// Arm rates and their gap for each proportion that occurs in `cells`, in stage order, then the
    /// numbers per meeting. Periods of one unit are added up; periods before its start do not count.
    /// A stage with a suppressed cell yields withheld estimates only.
    public static func estimates(
        from cells: [PilotCell], followUp: [PilotFollowUp] = []
    ) -> [PilotEstimate] {
        adjusted(drafts(from: cells, followUp: followUp))
    }

    /// Periods before a unit's start do not count.
    static func started(_ cells: [PilotCell]) -> [PilotCell] {
        cells.filter { $0.periodTo >= $0.startOn }
    }

    /// Before the whole family of tests is known: no adjusted p, and what could be detected beside every gap.
    static func drafts(from cells: [PilotCell], followUp: [PilotFollowUp] = []) -> [PilotEstimate] {
        let started = started(cells)
        return PilotStage.allCases.flatMap { stage -> [PilotEstimate] in
            let cells = started.filter { $0.stage == stage }
            guard !cells.isEmpty else { return [] }
            let pilot = TownshipCounts.grouped(cells, arm: .pilot)
            let comparison = TownshipCounts.grouped(cells, arm: .comparison)
            let outcome =
                stage.isProportion
                ? ProportionEstimates(stage: stage, pilot: pilot, comparison: comparison).all
                : PerMeetingEstimates(stage: stage, pilot: pilot, comparison: comparison).all
            return outcome + (stage == .intent ? IncidenceEstimates(followUp).all : [])
        }
    }

    /// With p adjusted, and what could be detected only beside a gap that was not found. Two methods test the same
    /// hypotheses, so each is a family of its own.
    static func adjusted(_ estimates: [PilotEstimate]) -> [PilotEstimate] {
        var estimates = estimates
        for method in PilotMethod.allCases {
            let family = estimates.indices.filter { estimates[$0].method == method }
            let adjusted = FalseDiscoveryRate.adjusted(family.map { estimates[$0].pRaw })
            for (index, value) in zip(family, adjusted) { estimates[index].pBH = value }
        }
        let found = Set(
            estimates.filter {
                $0.estimand == .gap && $0.method == .clusterRobust && $0.isBeyondChance == true
            }.map(\.outcome))
        return estimates.filter { $0.method != .power || !found.contains($0.outcome) }
    }

    // MARK: - What every outcome has

    static func withheld(
        _ stage: PilotStage, _ estimand: PilotEstimand, _ method: PilotMethod
    ) -> PilotEstimate {
        PilotEstimate(
            outcome: stage, estimand: estimand, method: method, suppressed: true,
            limits: [.descriptive, .suppressed])
    }

    static func undefined(
        _ stage: PilotStage, _ estimand: PilotEstimand, _ method: PilotMethod
    ) -> PilotEstimate {
        PilotEstimate(
            outcome: stage, estimand: estimand, method: method,
            limits: [.descriptive, .noDenominator])
    }

    /// The gap of township means with its randomisation test. `townships` have a denominator each.
    static func randomisation(
        of stage: PilotStage, pilot: [(x: Int, n: Int)], comparison: [(x: Int, n: Int)],
        limits: [PilotLimit]
    ) -> PilotEstimate {
        func means(_ townships: [(x: Int, n: Int)]) -> [Double] {
            townships.map { Double($0.x) / Double($0.n) }
        }
        guard
            let test = RandomisationTest(
                pilot: means(pilot), comparison: means(comparison), seed: seed)
        else { return undefined(stage, .gap, .randomisation) }
        return PilotEstimate(
            outcome: stage, estimand: .gap, method: .randomisation, estimate: test.difference,
            n: (pilot + comparison).reduce(0) { $0 + $1.n }, clusters: pilot.count + comparison.count,
            pRaw: test.pValue, limits: limits + [.equalTownships])
    }

    /// The smallest gaps that would be found.
    static func detectable(
        of stage: PilotStage, above: Double?, below: Double?, beside gap: PilotEstimate
    ) -> [PilotEstimate] {
        [(PilotEstimand.detectableAbove, above), (.detectableBelow, below.map { -$0 })].map {
            PilotEstimate(
                outcome: stage, estimand: $0, method: .power, estimate: $1, n: gap.n,
                clusters: gap.clusters, limits: [.descriptive, .noGapFound])
        }
    }
}
