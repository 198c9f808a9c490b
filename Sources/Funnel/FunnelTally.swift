/// Integers that firms, or meetings, of one township add up to in one group: what SQL returns, and what the pure
/// evaluator counts.
public protocol Tally: Sendable {
    static func += (left: inout Self, right: Self)
}

/// The integers of firms.
public struct FirmTally: Tally, Hashable {
    /// By column, at risk first and then each step: employees and firms that said nothing of their size.
    public var employees: [Int]
    public var unstated: [Int]
    /// Of at-risk firms of mature weeks that reached the first step: who entered at an enterprise meeting, at one
    /// that says its hours, and who said their size.
    public var atMeetings = 0
    public var atTimedMeetings = 0
    public var stated = 0

    public init(steps: Int) {
        employees = Array(repeating: 0, count: steps + 1)
        unstated = employees
    }

    /// In the order of the SQL: a pair a column, then the three.
    public init?(_ values: [Int], steps: Int) {
        guard values.count == 2 * (steps + 1) + 3 else { return nil }
        employees = (0...steps).map { values[2 * $0] }
        unstated = (0...steps).map { values[2 * $0 + 1] }
        let rest = values.suffix(3)
        atMeetings = rest[rest.startIndex]
        atTimedMeetings = rest[rest.startIndex + 1]
        stated = rest[rest.startIndex + 2]
    }

    public static func += (left: inout FirmTally, right: FirmTally) {
        for column in left.employees.indices {
            left.employees[column] += right.employees[column]
            left.unstated[column] += right.unstated[column]
        }
        left.atMeetings += right.atMeetings
        left.atTimedMeetings += right.atTimedMeetings
        left.stated += right.stated
    }
}

/// The integers of meetings.
public struct MeetingTally: Tally, Hashable {
    public var totals = MeetingTotals()
    /// Enterprise meetings of mature weeks, and the minutes of those that say their hours.
    public var mature = 0
    public var matureMinutes = 0
    /// Minutes of worker meetings that say their hours; applications at all worker meetings, and at those.
    public var workerMinutes = 0
    public var workerApplications = 0
    public var timedApplications = 0

    public init() {}

    /// In the order of the SQL.
    public init?(_ values: [Int]) {
        guard values.count == 10 else { return nil }
        totals.enterprise = values[0]
        totals.worker = values[1]
        totals.applications = values[2]
        totals.cadreMinutes = values[3]
        totals.withoutHours = values[4]
        mature = values[5]
        matureMinutes = values[6]
        workerMinutes = values[7]
        workerApplications = values[8]
        timedApplications = values[9]
    }

    public static func += (left: inout MeetingTally, right: MeetingTally) {
        left.totals.enterprise += right.totals.enterprise
        left.totals.worker += right.totals.worker
        left.totals.applications += right.totals.applications
        left.totals.cadreMinutes += right.totals.cadreMinutes
        left.totals.withoutHours += right.totals.withoutHours
        left.mature += right.mature
        left.matureMinutes += right.matureMinutes
        left.workerMinutes += right.workerMinutes
        left.workerApplications += right.workerApplications
        left.timedApplications += right.timedApplications
    }

    static func sum(_ tallies: some Sequence<MeetingTally>) -> MeetingTotals {
        tallies.reduce(into: MeetingTally()) { $0 += $1 }.totals
    }
}

/// All that stands beside the counts of a funnel, by group: of firms and meetings by township.
public struct FunnelTallies: Sendable {
    public var firms: [[String]: [String: FirmTally]]
    public var meetings: [[String]: [String: MeetingTally]]
    public var coverage: [[String]: FunnelCoverage]

    public init(
        firms: [[String]: [String: FirmTally]], meetings: [[String]: [String: MeetingTally]],
        coverage: [[String]: FunnelCoverage]
    ) {
        self.firms = firms
        self.meetings = meetings
        self.coverage = coverage
    }

    /// Without meetings and coverage.
    var ofFirms: FunnelTallies { FunnelTallies(firms: firms, meetings: [:], coverage: [:]) }
}

extension FunnelMeasures {
    /// - Parameters:
    ///   - firms: of a group, by township; empty for workers.
    ///   - meetings: the same; nil where a meeting stands in no such group.
    public init(
        firms: [String: FirmTally], meetings: [String: MeetingTally]?, definition: FunnelDefinition
    ) {
        let townships = Set(firms.keys).union((meetings ?? [:]).keys).sorted()
        let steps = 4 - definition.firstStep + 1
        let sum = firms.values.reduce(into: FirmTally(steps: steps)) { $0 += $1 }
        func rate(
            _ kind: FunnelRate.Kind, _ x: (FirmTally, MeetingTally) -> Int,
            _ n: (FirmTally, MeetingTally) -> Int
        ) -> FunnelRate {
            let (noFirms, noMeetings) = (FirmTally(steps: steps), MeetingTally())
            return FunnelRate(
                kind,
                townships: townships.map { township in
                    let firms = firms[township] ?? noFirms
                    let meetings = meetings?[township] ?? noMeetings
                    return (x(firms, meetings), n(firms, meetings))
                })
        }
        var rates: [FunnelRate] = []
        // From the intent on there is no rate of intents; and a firm that counts where it is registered was not
        // met by the meetings of that area.
        let countsIntents = definition.track == .firm && definition.start == .firstContact
        if countsIntents, meetings != nil, definition.place == .entryContact {
            rates.append(rate(.intentsPerMeeting, { firms, _ in firms.atMeetings }, { $1.mature }))
            rates.append(rate(.intentsPerHour, { firms, _ in firms.atTimedMeetings }, { $1.matureMinutes }))
        }
        if countsIntents {
            rates.append(
                rate(
                    .intentsPerThousandEmployees, { firms, _ in firms.stated },
                    { firms, _ in firms.employees[0] }))
        }
        if meetings != nil {
            rates.append(rate(.applicationsPerMeeting, { $1.workerApplications }, { $1.totals.worker }))
            rates.append(rate(.applicationsPerHour, { $1.timedApplications }, { $1.workerMinutes }))
        }
        self.init(
            employees: definition.track == .worker
                ? []
                : zip(sum.employees, sum.unstated).map {
                    Employees(employees: $0, unstatedFirms: $1)
                }, meetings: meetings.map { MeetingTally.sum($0.values) }, rates: rates)
    }
}
