public import Outreach

/// The headline measures of the weekly report, in print order. Raw values are the contract's keys.
public enum HeadlineMeasure: String, CaseIterable, Sendable {
    case enterpriseMeetings = "enterprise_meetings"
    case workerMeetings = "worker_meetings"
    case firmTimes = "firm_times"
    case firmsMet = "firms_met"
    case firmsFirstMet = "firms_first_met"
    case unorganisedFirmsMet = "unorganised_firms_met"
    case foundingIntents = "founding_intents"
    case unionsEstablished = "unions_established"
    case firmsCovered = "firms_covered"
    case onSiteApplications = "on_site_applications"
    case membersAdmitted = "members_admitted"
}

/// One headline measure over its periods, all at the same moment. Distinct counts are recomputed, never added.
public struct PeriodCounts: Hashable, Sendable {
    public var week: Int
    public var previous: Int
    public var late: Int
    public var year: Int
    public var cumulative: Int
    /// nil where no target is set.
    public var target: Int?
    /// The count over the target's own period, up to the week's end; nil where that is the year's.
    public var reached: Int?

    public init(week: Int, previous: Int, late: Int, year: Int, cumulative: Int, target: Int?) {
        self.week = week
        self.previous = previous
        self.late = late
        self.year = year
        self.cumulative = cumulative
        self.target = target
    }
}

/// SPEC §2.2 counts of firms that entered in the period. Steps are mature cohorts only; the
/// five-way split (judged at intent) is of every at-risk firm.
public struct FirmFunnelCounts: Hashable, Sendable {
    /// Every firm met, organised ones included: context only.
    public var met: Int
    public var atRisk: Int
    public var intent: Int
    public var application: Int
    public var established: Int
    public var converted: Int
    public var covered: Int
    public var exited: Int
    public var open: Int
    public var expired: Int
    /// Of converters; nil where there is none.
    public var medianDaysToIntent: Double?

    public init(
        met: Int, atRisk: Int, intent: Int, application: Int, established: Int, converted: Int,
        covered: Int, exited: Int, open: Int, expired: Int, medianDaysToIntent: Double?
    ) {
        self.met = met
        self.atRisk = atRisk
        self.intent = intent
        self.application = application
        self.established = established
        self.converted = converted
        self.covered = covered
        self.exited = exited
        self.open = open
        self.expired = expired
        self.medianDaysToIntent = medianDaysToIntent
    }
}

/// Where the cumulative intents lie relative to the window; the parts add up to `total`.
public struct IntentReconciliation: Hashable, Sendable {
    public var withinWindow: Int
    public var afterWindow: Int
    public var beforeFirstContact: Int
    public var other: Int
    public var total: Int { withinWindow + afterWindow + beforeFirstContact + other }

    public init(withinWindow: Int, afterWindow: Int, beforeFirstContact: Int, other: Int) {
        self.withinWindow = withinWindow
        self.afterWindow = afterWindow
        self.beforeFirstContact = beforeFirstContact
        self.other = other
    }
}

/// What became of the cumulative intents; the parts add up to `total`.
public struct IntentOutcomes: Hashable, Sendable {
    public var established: Int
    public var joinedJointUnion: Int
    public var coveredByParent: Int
    public var inProgress: Int
    public var noProgress: Int
    public var lapsedOrDeclined: Int
    public var closedOrMoved: Int
    public var total: Int {
        established + joinedJointUnion + coveredByParent + inProgress + noProgress
            + lapsedOrDeclined + closedOrMoved
    }

    public init(
        established: Int, joinedJointUnion: Int, coveredByParent: Int, inProgress: Int,
        noProgress: Int, lapsedOrDeclined: Int, closedOrMoved: Int
    ) {
        self.established = established
        self.joinedJointUnion = joinedJointUnion
        self.coveredByParent = coveredByParent
        self.inProgress = inProgress
        self.noProgress = noProgress
        self.lapsedOrDeclined = lapsedOrDeclined
        self.closedOrMoved = closedOrMoved
    }
}

/// Worker track, cumulative since the programme's start.
public struct WorkerFunnelCounts: Hashable, Sendable {
    /// Person-times, over meetings where they were counted; nil where nobody counted.
    public var consulted: Int?
    public var applied: Int
    public var verified: Int
    public var admitted: Int
    /// Meetings of the worker kind: the denominator of applications per meeting.
    public var workerMeetings: Int
    /// On-site applications by channel, over meetings that state it.
    public var paper: Int
    public var qr: Int
    public var app: Int
    public var standings: WorkerStandings
    /// Of those who applied, whom no record lists: what became of them is not known.
    public var unlisted: Int { applied - standings.listed }

    public init(
        consulted: Int?, applied: Int, verified: Int, admitted: Int, workerMeetings: Int,
        paper: Int, qr: Int, app: Int, standings: WorkerStandings
    ) {
        self.consulted = consulted
        self.applied = applied
        self.verified = verified
        self.admitted = admitted
        self.workerMeetings = workerMeetings
        self.paper = paper
        self.qr = qr
        self.app = app
        self.standings = standings
    }
}

public struct WeekAndCumulative: Hashable, Sendable {
    public var week: Int
    public var cumulative: Int

    public init(week: Int, cumulative: Int) {
        self.week = week
        self.cumulative = cumulative
    }
}

/// One row of the unit tables: a street or township, or a district.
public struct UnitFigures: Hashable, Sendable {
    public var code: String
    public var name: String
    /// The district's name; for a district its own.
    public var district: String
    public var measures: [HeadlineMeasure: WeekAndCumulative]
    /// The cumulative intent rate, by area of entry.
    public var intentRate: Proportion
    /// Firms at risk by area of entry, by what is known of them.
    public var cohorts = CohortCounts.none

    public init(
        code: String, name: String, district: String,
        measures: [HeadlineMeasure: WeekAndCumulative], intentRate: Proportion
    ) {
        self.code = code
        self.name = name
        self.district = district
        self.measures = measures
        self.intentRate = intentRate
    }
}

/// areas + unassigned − overlap = city.
public struct ConservationLine: Hashable, Sendable {
    public var figure: HeadlineMeasure
    public var areas: Int
    public var unassigned: Int
    public var city: Int
    public var overlap: Int

    public init(figure: HeadlineMeasure, areas: Int, unassigned: Int, city: Int, overlap: Int) {
        self.figure = figure
        self.areas = areas
        self.unassigned = unassigned
        self.city = city
        self.overlap = overlap
    }
}

/// Whether a unit reported the week: held, submitted with nothing in it (zero), declared without meetings (none), or
/// silent (not yet reported).
public struct CompletenessLine: Hashable, Sendable {
    public var code: String
    /// nil where no schedule is set.
    public var expected: Int?
    public var held: Int
    public var declaredNone: Bool
    /// Declared complete by the unit.
    public var submitted: Bool
    public var unreported: Bool

    public init(
        code: String, expected: Int?, held: Int, declaredNone: Bool, submitted: Bool = false, unreported: Bool
    ) {
        self.code = code
        self.expected = expected
        self.held = held
        self.declaredNone = declaredNone
        self.submitted = submitted
        self.unreported = unreported
    }
}

/// A firm whose next step falls due in the week after the report.
public struct FollowUp: Hashable, Sendable {
    public var firm: String
    public var area: String
    public var what: String
    public var due: Day
    public var owner: String?
    /// Of the area on the day of the meeting. Names alone do not tell areas apart.
    public var areaCode: String?

    public init(
        firm: String, area: String, areaCode: String? = nil, what: String, due: Day, owner: String?
    ) {
        self.firm = firm
        self.area = area
        self.areaCode = areaCode
        self.what = what
        self.due = due
        self.owner = owner
    }
}

/// Everything the weekly report counts, before any rate: one value, read at one moment.
public struct WeeklyFigures: Hashable, Sendable {
    public var week: Week
    /// First day of the programme.
    public var since: Day
    /// The fixed moment, RFC 3339 with the office's offset and microseconds.
    public var asKnownAt: String
    public var federation: Bilingual
    public var synthetic: Bool
    public var definition: FunnelDefinition
    /// Keyed by every measure.
    public var headline: [HeadlineMeasure: PeriodCounts]
    public var firmFunnel: FirmFunnelCounts
    /// x: cumulative intents, n: unorganised at first meeting ever.
    public var cumulativeIntent: Proportion
    public var reconciliation: IntentReconciliation
    public var outcomes: IntentOutcomes
    public var workers: WorkerFunnelCounts
    /// Every unit valid on the last day, in code order.
    public var areas: [UnitFigures]
    public var districts: [UnitFigures]
    public var conservation: [ConservationLine]
    public var completeness: [CompletenessLine]
    public var followUps: [FollowUp]
    /// Codes of the districts and areas that these figures are about, where that is not the whole city.
    public var scope: [String]?
    /// Everyone at risk, in whatever place.
    public var cohorts = CohortCounts.none
    /// In order, up to the week of the report.
    public var entryWeeks: [EntryWeek] = []
    /// nil before there are two.
    public var maturedWeeks: MaturedWeeks?
    /// What the rows are weighed against, where they are not all there are.
    public var peers: Peers?
    /// nil to whom it is not shown.
    public var twoSided: TwoSidedView?
    /// Oldest first; as many as `outcomes.noProgress`.
    public var waitingIntents: [WaitingIntent] = []
    /// nil to whom they are not shown; most frequent first.
    public var opinions: [OpinionTopic]?
    public var plausibility: [PlausibilityFlag] = []
    /// What offices reported without records. No other figure knows of it.
    public var declared: [DeclaredTotal] = []
    /// Targets whose period contains the week.
    public var targets: [TargetProgress] = []

    /// All units of each kind.
    public struct Peers: Hashable, Sendable {
        public var areas: [UnitRates]
        public var districts: [UnitRates]
    }

    public init(
        week: Week, since: Day, asKnownAt: String, federation: Bilingual, synthetic: Bool,
        definition: FunnelDefinition, headline: [HeadlineMeasure: PeriodCounts],
        firmFunnel: FirmFunnelCounts, cumulativeIntent: Proportion,
        reconciliation: IntentReconciliation, outcomes: IntentOutcomes,
        workers: WorkerFunnelCounts, areas: [UnitFigures], districts: [UnitFigures],
        conservation: [ConservationLine], completeness: [CompletenessLine], followUps: [FollowUp]
    ) {
        self.week = week
        self.since = since
        self.asKnownAt = asKnownAt
        self.federation = federation
        self.synthetic = synthetic
        self.definition = definition
        self.headline = headline
        self.firmFunnel = firmFunnel
        self.cumulativeIntent = cumulativeIntent
        self.reconciliation = reconciliation
        self.outcomes = outcomes
        self.workers = workers
        self.areas = areas
        self.districts = districts
        self.conservation = conservation
        self.completeness = completeness
        self.followUps = followUps
    }
}
