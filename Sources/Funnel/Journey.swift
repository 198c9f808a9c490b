public import Outreach

/// A firm's way from first meeting to union as one row, by which every window, V and breakdown of the
/// `first` anchor is answered for the orders `ordered`, `implied` and `any`.
///
/// Every day is the first of its kind in the history as known at one moment, whenever it lies: whether
/// it counts is decided against a window and V by `JourneyEvaluation`. That is enough because in a
/// window that starts at entry the first of a kind within the window is the first of that kind from
/// entry on, or there is none; and the days of `ordered` form one chain that no window changes. What
/// a row cannot answer is `strict`, another start or anchor, and whether an intent still stood at a given day.
public struct Journey: Hashable, Sendable {
    /// First contact ever.
    public var entry: Day
    /// Street or township of the first meeting.
    public var place: String
    /// Standing at the first meeting, never changed by a later founding.
    public var standing: FunnelUnit.Standing
    /// An unorganised firm that held a live intent before entry.
    public var priorIntent: Bool

    /// First intent from entry on.
    public var intent: Day?
    /// First application from `intent` on.
    public var applicationAfterIntent: Day?
    /// First establishment from `applicationAfterIntent` on.
    public var establishedAfterApplication: Day?

    /// First application from entry on, with or without an intent.
    public var application: Day?
    /// First establishment from entry on, with or without what should precede it.
    public var established: Day?

    /// First day closed or moved out from entry on, or organised otherwise on a later day.
    public var lost: Day?
    /// First day in a joint union or under the parent company's union, from entry on.
    public var covered: Day?

    public init(
        entry: Day, place: String, standing: FunnelUnit.Standing, priorIntent: Bool = false,
        intent: Day? = nil, applicationAfterIntent: Day? = nil,
        establishedAfterApplication: Day? = nil, application: Day? = nil, established: Day? = nil,
        lost: Day? = nil, covered: Day? = nil
    ) {
        self.entry = entry
        self.place = place
        self.standing = standing
        self.priorIntent = priorIntent
        self.intent = intent
        self.applicationAfterIntent = applicationAfterIntent
        self.establishedAfterApplication = establishedAfterApplication
        self.application = application
        self.established = established
        self.lost = lost
        self.covered = covered
    }

    /// Counts in the denominator of every rate.
    public var isAtRisk: Bool { standing == .unorganised && !priorIntent }
}

extension Journey {
    /// One firm's row from its facts; nil for a firm never met.
    ///
    /// `facts` are those of one firm, merged records included, visible at one moment: corrections and
    /// merges are resolved before.
    public init?(facts: some Sequence<FunnelFact>) {
        let history = UnitHistory(unit: "", facts: facts, track: .firm)
        guard let first = history.facts.first(where: { $0.step == 1 }) else { return nil }

        func firstDay(_ step: Int, from day: Day?) -> Day? {
            guard let day else { return nil }
            return history.facts.first { $0.step == step && $0.day >= day }?.day
        }
        let standing = history.standing(noted: first, on: first.day)
        let intent = firstDay(2, from: first.day)
        let applicationAfterIntent = firstDay(3, from: intent)
        self.init(
            entry: first.day,
            place: history.place(.entryContact, anchor: first, on: first.day),
            standing: standing,
            priorIntent: standing == .unorganised
                && history.hasLiveIntent(history.facts.filter { $0.day < first.day }),
            intent: intent,
            applicationAfterIntent: applicationAfterIntent,
            establishedAfterApplication: firstDay(4, from: applicationAfterIntent),
            application: firstDay(3, from: first.day),
            established: firstDay(4, from: first.day),
            lost: history.lostDay(after: first.day),
            covered: history.coveredDay(after: first.day))
    }
}
