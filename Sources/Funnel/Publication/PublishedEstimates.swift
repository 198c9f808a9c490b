import Outreach

/// The estimates of one outcome as they may be published beside the totals they rest on. Sums that are shown are told
/// as they are; intervals, p and detectable gaps are worked out from sums and each arm's `PublishedSpread` alone, so
/// that all of them together tell no more than it does. Townships' means, which no sum gives, are told as closely as
/// a single township moves them.
struct PublishedEstimates {
    private let stage: PilotStage
    private let drafts: [PilotEstimate]
    private let pilot, comparison: ClusterMean?
    /// nil where an arm's townships are too few.
    private let spreads: [PilotArm: PublishedSpread]
    private let curve: PublishedCurve
    private let rule: SuppressionRule

    init(
        of stage: PilotStage, _ cells: [PilotCell], followUp: [PilotFollowUp], _ rule: SuppressionRule
    ) {
        let started = PilotEstimates.started(cells)
        func mean(_ arm: PilotArm) -> ClusterMean? {
            TownshipCounts.grouped(started, arm: arm).flatMap { ClusterMean($0.pairs) }
        }
        let (pilot, comparison) = (mean(.pilot), mean(.comparison))
        self.stage = stage
        self.pilot = pilot
        self.comparison = comparison
        self.rule = rule
        var spreads: [PilotArm: PublishedSpread] = [:]
        spreads[.pilot] = PublishedSpread(of: pilot, rule)
        spreads[.comparison] = PublishedSpread(of: comparison, rule)
        self.spreads = spreads
        drafts = PilotEstimates.drafts(from: cells, followUp: followUp)
        curve = PublishedCurve(drafts, followUp, rule)
    }

    var all: [PilotEstimate] { drafts.map(published) }

    /// Whole points of a percentage, tenths of an application.
    private var parts: Double { stage.isProportion ? 100 : 10 }

    private func published(_ draft: PilotEstimate) -> PilotEstimate {
        switch draft.method {
        // The sum shown gives it.
        case .exact: draft
        case .clusterRobust: draft.estimate == nil ? draft : interval(draft)
        case .power: detectable(draft)
        case .incidenceBootstrap: curve.published(draft)
        case .randomisation: draft.estimand == .gap ? randomisation(draft) : curve.published(draft)
        }
    }

    private var spreadOfGap: PublishedSpread? {
        guard let pilot = spreads[.pilot], let comparison = spreads[.comparison] else { return nil }
        return PublishedSpread(between: pilot, comparison)
    }

    /// Whether the sums shown say that townships do not differ: all or none everywhere.
    private func isSettled(_ means: ClusterMean?...) -> Bool {
        means.allSatisfy { mean in
            mean.map { $0.x == 0 || (stage.isProportion && $0.x == $0.n) } ?? true
        }
    }

    private func interval(_ draft: PilotEstimate) -> PilotEstimate {
        let (spread, isSettled): (PublishedSpread?, Bool) =
            switch draft.estimand {
            case .pilotRate, .pilotRatio: (spreads[.pilot], isSettled(pilot))
            case .comparisonRate, .comparisonRatio: (spreads[.comparison], isSettled(comparison))
            default: (spreadOfGap, isSettled(pilot, comparison))
            }
        guard !isSettled, let estimate = draft.estimate else { return draft }
        var row = draft
        (row.confLow, row.confHigh, row.pRaw) = (nil, nil, nil)
        row.limits = draft.limits.filter { ![.singleTownship, .nothingVaries, .fewTownships].contains($0) }
        guard let spread, let interval = spread.interval(about: estimate, parts: parts) else {
            row.limits.append(.intervalWithheld)
            return row
        }
        row.limits.append(.widened)
        let least: Double = draft.estimand.isGap ? (stage.isProportion ? -1 : -.infinity) : 0
        row.confLow = max(least, interval.lower)
        row.confHigh = stage.isProportion ? min(1, interval.upper) : interval.upper
        if draft.estimand.isGap { row.pRaw = spread.pValue(of: estimate) }
        return row
    }

    private func detectable(_ draft: PilotEstimate) -> PilotEstimate {
        guard let spread = spreadOfGap, !isSettled(pilot, comparison) else {
            return withheld(draft)
        }
        var row = draft
        row.limits.append(.widened)
        let isAbove = draft.estimand == .detectableAbove
        row.estimate = spread.detectable(parts: parts).flatMap { reach in
            // No share can be so far from the comparison's.
            let room = comparison.map { isAbove ? 1 - $0.mean : $0.mean } ?? 0
            return stage.isProportion && reach > room ? nil : isAbove ? reach : -reach
        }
        return row
    }

    /// One township moves the mean of its arm's by a whole share at most, k applications at one meeting by k.
    private func randomisation(_ draft: PilotEstimate) -> PilotEstimate {
        guard draft.estimate != nil else { return draft }
        guard let pilot, let comparison, spreadOfGap != nil else { return withheld(draft) }
        let townships = Double(min(pilot.clusters, comparison.clusters))
        return PublishedEstimates.coarse(
            draft, parts: stage.isProportion ? townships : townships / Double(rule.threshold))
    }

    static func coarse(_ draft: PilotEstimate, parts: Double) -> PilotEstimate {
        var row = draft
        row.estimate = draft.estimate.map { Coarse.nearest(Coarse.nearest($0, parts: parts), parts: 100) }
        row.pRaw = draft.pRaw.map(Coarse.probability)
        row.limits.append(.widened)
        return row
    }

    private func withheld(_ draft: PilotEstimate) -> PilotEstimate {
        var row = PilotEstimates.withheld(draft.outcome, draft.estimand, draft.method)
        row.limits = [.descriptive, .intervalWithheld]
        return row
    }
}
