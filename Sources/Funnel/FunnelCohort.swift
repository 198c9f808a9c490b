public import Outreach

/// Units of one place that entered in one week.
public struct FunnelCohort: Hashable, Sendable {
    public var place: String
    /// First day of the week.
    public var week: Day
    /// Everyone met, organised ones included.
    public var reached: Int
    public var unorganised: Int
    public var priorIntent: Int
    public var atRisk: Int
    /// At-risk units that reached steps 2, 3 and 4.
    public var steps: [Int]
    public var netLive: Int
    /// Covered or exited without a second step.
    public var lost: Int
    /// Of `reached`.
    public var windowOpen: Int
    /// Every window of the week has ended, so that a rate may be printed.
    public var isMature: Bool

    init(place: String, week: Day, units: some Collection<FunnelUnit>, isMature: Bool) {
        let atRisk = units.filter(\.isAtRisk)
        self.place = place
        self.week = week
        reached = units.count
        unorganised = units.count { $0.standing == .unorganised }
        priorIntent = units.count { $0.priorIntent }
        self.atRisk = atRisk.count
        steps = (0..<3).map { step in atRisk.count { $0.steps[step] != nil } }
        netLive = atRisk.count { $0.netLive }
        lost = atRisk.count { $0.isLost }
        windowOpen = units.count { !$0.windowClosed }
        self.isMature = isMature
    }
}
