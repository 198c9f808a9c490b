public import Outreach

/// What a funnel counts in one group, whatever its track and start.
///
/// `atRisk` and `steps` are of mature weeks of entry only (without a window there is no maturity, and they
/// are of every at-risk unit so far); the five-way split and the median are of every at-risk unit.
public struct FunnelCounts: Hashable, Sendable {
    /// Every unit that entered, those not at risk included: context only.
    public var entered: Int
    public var atRisk: Int
    /// At-risk units that reached each step after the entry, in order.
    public var steps: [Int]
    public var converted: Int
    public var covered: Int
    public var exited: Int
    public var open: Int
    public var expired: Int
    /// From entry to the first step after it, of those converted; nil where there is none.
    public var medianDays: Double?

    public init(_ counts: FirmFunnelCounts) {
        entered = counts.met
        atRisk = counts.atRisk
        steps = [counts.intent, counts.application, counts.established]
        converted = counts.converted
        covered = counts.covered
        exited = counts.exited
        open = counts.open
        expired = counts.expired
        medianDays = counts.medianDaysToIntent
    }

    /// - Parameters:
    ///   - units: as evaluated by `definition`.
    ///   - day: V, the last day that counts.
    public init(units: some Collection<FunnelUnit>, definition: FunnelDefinition, asOf day: Day) {
        let atRisk = units.filter(\.isAtRisk)
        let mature = atRisk.filter {
            definition.window == .unlimited || definition.isMature(week: $0.week, asOf: day)
        }
        let later = definition.firstStep - 2
        entered = units.count
        self.atRisk = mature.count
        steps = (later..<3).map { step in mature.count { $0.steps[step] != nil } }
        converted = atRisk.count { $0.outcome == .converted }
        covered = atRisk.count { $0.outcome == .covered }
        exited = atRisk.count { $0.outcome == .exited }
        open = atRisk.count { $0.outcome == .open }
        expired = atRisk.count { $0.outcome == .expired }
        medianDays = FirmFunnelCounts.median(
            of: atRisk.compactMap { unit in unit.steps[later].map { $0.days(since: unit.entry) } })
    }
}
