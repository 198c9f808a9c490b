/// Beside the counts of a group: how many employees its firms have, which meetings were held, what came of each of
/// them, and how much of the field was reached.
public struct FunnelMeasures: Hashable, Sendable {
    /// Employees of firms, as frozen on the attendance of their entry.
    public struct Employees: Hashable, Sendable {
        public let employees: Int
        /// Firms that said nothing of their size: counted apart, never as 0.
        public let unstatedFirms: Int

        public init(employees: Int, unstatedFirms: Int) {
            self.employees = employees
            self.unstatedFirms = unstatedFirms
        }
    }

    /// Of the firms at risk and of those that reached each step after the entry, in order; empty for workers.
    public var employees: [Employees]
    /// nil where a meeting stands in no such group.
    public var meetings: MeetingTotals?
    /// Those that the groups and the definition allow.
    public var rates: [FunnelRate]
    /// nil where firms that were never met stand in no such group.
    public var coverage: FunnelCoverage?

    public init(
        employees: [Employees], meetings: MeetingTotals?, rates: [FunnelRate],
        coverage: FunnelCoverage? = nil
    ) {
        self.employees = employees
        self.meetings = meetings
        self.rates = rates
        self.coverage = coverage
    }
}

/// Meetings held in the days of entry, by the day that they began on.
public struct MeetingTotals: Hashable, Sendable {
    public var enterprise = 0
    public var worker = 0
    /// At meetings of either kind: the stated total, else the number listed.
    public var applications = 0
    /// Minutes of the cadres on duty, of meetings that say the hours of each of them.
    public var cadreMinutes = 0
    /// Meetings that do not: counted apart, never as 0 hours.
    public var withoutHours = 0

    public init() {}
}

/// How many of the known unorganised firms of an area were met, and of their employees: apart from how many of those
/// met were won.
public struct FunnelCoverage: Hashable, Sendable {
    /// Firms met of those known to be unorganised; those not known to be the one or the other are not among them.
    public var firms: Proportion
    /// Firms that their first meeting did not know to be organised or not.
    public var unknown: Int
    /// Employees of the firms met and of all; nil for an account, which does not see the list that tells the size of
    /// firms that were never met.
    public var employees: Proportion?
    /// Known unorganised firms of which no size is known.
    public var unstatedFirms: Int?

    public init(firms: Proportion, unknown: Int, employees: Proportion?, unstatedFirms: Int?) {
        self.firms = firms
        self.unknown = unknown
        self.employees = employees
        self.unstatedFirms = unstatedFirms
    }
}
