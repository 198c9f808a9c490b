public import Funnel

/// The weekly funnel report: one value that every rendering is made of.
///
/// It holds the counts and adds what follows from them alone: rates, their intervals, shares. It
/// reads no clock and no database, so the same figures give the same bytes.
public struct WeeklyReport: Hashable, Sendable {
    public static let schema = "goutong.weekly/1"

    public let figures: WeeklyFigures
    public let circulation: Circulation
    /// Limits and signals: worked out once for every rendering.
    public let assessment: WeeklyAssessment
    /// Shrunken rates of mature cohorts and of the cumulative rate: only some renderings print them.
    let shrinkage: Deferred<WeeklyShrinkage>
    let cumulativeShrinkage: Deferred<WeeklyShrinkage>
    /// Whether units have their rank intervals: only on request, since a rank is read as more than it is.
    public let showsRanks: Bool
    let ranks: Deferred<WeeklyRanks>

    public init(
        _ figures: WeeklyFigures, circulation: Circulation = Circulation(), showsRanks: Bool = false
    ) {
        self.showsRanks = showsRanks
        ranks = Deferred { WeeklyRanks(figures) }
        self.figures = figures
        self.circulation = circulation
        assessment = WeeklyAssessment(figures)
        shrinkage = Deferred { WeeklyShrinkage(figures, of: .matured) }
        cumulativeShrinkage = Deferred { WeeklyShrinkage(figures, of: .cumulative) }
    }

    // The rest follows from these.
    public static func == (one: WeeklyReport, other: WeeklyReport) -> Bool {
        one.figures == other.figures && one.circulation == other.circulation
            && one.showsRanks == other.showsRanks
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(figures)
        hasher.combine(circulation)
    }
}

/// A step of the firm funnel, over mature cohorts.
public struct FirmStep: Hashable, Sendable {
    public enum Key: String, CaseIterable, Sendable {
        case atRisk = "at_risk"
        case intent, application, established
    }

    public let key: Key
    public let count: Int
    /// nil at the first step.
    public let ofFirst: RateEstimate?
    /// nil at the first step, and where this step is larger than the one before it.
    public let ofPrevious: RateEstimate?
    /// The step before minus this one; nil at the first step. Negative where this step is the larger one:
    /// shown and flagged, never hidden.
    public let dropOff: Int?

    public var exceedsPrevious: Bool { (dropOff ?? 0) < 0 }
}

extension WeeklyReport {
    /// The steps in business order.
    public var firmSteps: [FirmStep] {
        let funnel = figures.firmFunnel
        let counts = [funnel.atRisk, funnel.intent, funnel.application, funnel.established]
        return zip(FirmStep.Key.allCases, counts).enumerated().map { index, step in
            let previous = index == 0 ? nil : counts[index - 1]
            return FirmStep(
                key: step.0, count: step.1,
                ofFirst: index == 0 ? nil : RateEstimate(x: step.1, of: counts[0]),
                ofPrevious: previous.flatMap { RateEstimate(x: step.1, of: $0) },
                dropOff: previous.map { $0 - step.1 })
        }
    }

    /// The published arithmetic: cases still open are in the denominator, so it moves.
    public var cumulativeIntentRate: RateEstimate { RateEstimate(figures.cumulativeIntent) }

    /// Only firms whose whole window has passed; nil where the counts contradict each other.
    public var maturedIntentRate: RateEstimate? {
        RateEstimate(x: figures.firmFunnel.intent, of: figures.firmFunnel.atRisk)
    }

    /// The parts of every at-risk firm, judged at intent, in print order. They add up.
    public var firmOutcomes: [(key: String, count: Int)] {
        let funnel = figures.firmFunnel
        return [
            ("converted", funnel.converted), ("covered", funnel.covered), ("exited", funnel.exited),
            ("open", funnel.open), ("expired", funnel.expired),
        ]
    }

    /// On-site applications per worker meeting; nil where none was held.
    public var applicationsPerMeeting: Double? {
        let workers = figures.workers
        return workers.workerMeetings == 0
            ? nil : Double(workers.applied) / Double(workers.workerMeetings)
    }

    /// The parts of the cumulative intents by when they came, in print order.
    public var reconciliationParts: [(key: String, count: Int)] {
        let parts = figures.reconciliation
        return [
            ("within_window", parts.withinWindow), ("after_window", parts.afterWindow),
            ("before_first_contact", parts.beforeFirstContact), ("other", parts.other),
        ]
    }

    /// What became of the cumulative intents, in print order.
    public var outcomeParts: [(key: String, count: Int)] {
        let parts = figures.outcomes
        return [
            ("established", parts.established), ("joined_joint_union", parts.joinedJointUnion),
            ("covered_by_parent", parts.coveredByParent), ("in_progress", parts.inProgress),
            ("no_progress", parts.noProgress), ("lapsed_or_declined", parts.lapsedOrDeclined),
            ("closed_or_moved", parts.closedOrMoved),
        ]
    }

    /// The worker track, in business order, with each step's unit and its share of the step before it, both of
    /// persons. Applications of late are in it, which nobody has decided on yet.
    public var workerSteps: [(key: String, unit: String, count: Int?, ofPrevious: RateEstimate?)] {
        let workers = figures.workers
        return [
            ("consulted", "person_times", workers.consulted, nil),
            ("applied", "persons", workers.applied, nil),
            (
                "verified", "persons", workers.verified,
                RateEstimate(x: workers.verified, of: workers.applied)
            ),
            (
                "admitted", "persons", workers.admitted,
                RateEstimate(x: workers.admitted, of: workers.verified)
            ),
        ]
    }

    /// Where everyone who applied stands, in print order. The parts add up to those who applied.
    public var workerStandings: [(key: String, count: Int)] {
        let parts = figures.workers.standings
        return [
            ("pending", parts.pending), ("verified", parts.verified), ("admitted", parts.admitted),
            ("rejected", parts.rejected), ("withdrawn", parts.withdrawn), ("duplicate", parts.duplicate),
            ("unlisted", figures.workers.unlisted),
        ]
    }

    /// The name of a unit in the report; its code where it is not among the units.
    func unitName(_ code: String) -> String {
        area(code)?.name ?? figures.districts.first { $0.code == code }?.name ?? code
    }

    /// Areas stand in code order: a country's lists look up tens of thousands.
    func area(_ code: String) -> UnitFigures? {
        var (low, high) = (0, figures.areas.count)
        while low < high {
            let middle = (low + high) / 2
            if figures.areas[middle].code < code { low = middle + 1 } else { high = middle }
        }
        return low < figures.areas.count && figures.areas[low].code == code ? figures.areas[low] : nil
    }
}
