public import Outreach

/// Firms at risk of one unit that entered on one day and fared alike: what a curve of time to intent is made of.
public struct PilotFollowUp: Hashable, Sendable {
    public var unitCode: String
    public var arm: PilotArm
    public var enteredOn: Day
    /// From entry to the end.
    public var days: Int
    /// The event is a founding intent; competing are firms closed, moved out, or organised or covered first.
    public var end: TimeToEvent.End
    public var firms: Int

    public init(
        unitCode: String, arm: PilotArm, enteredOn: Day, days: Int, end: TimeToEvent.End, firms: Int
    ) {
        self.unitCode = unitCode
        self.arm = arm
        self.enteredOn = enteredOn
        self.days = days
        self.end = end
        self.firms = firms
    }

    /// As it stood on a day; nil where that was before the entry.
    func known(on day: Day) -> PilotFollowUp? {
        let followed = day.days(since: enteredOn)
        guard followed >= 0 else { return nil }
        guard days > followed else { return self }
        var earlier = self
        (earlier.days, earlier.end) = (followed, .censored)
        return earlier
    }

    /// By township, in code order.
    static func townships(_ followUp: [PilotFollowUp], arm: PilotArm) -> [[TimeToEvent]] {
        let units = Dictionary(grouping: followUp.filter { $0.arm == arm }, by: \.unitCode)
        return units.sorted { $0.key < $1.key }.map { _, firms in
            firms.flatMap {
                Array(repeating: TimeToEvent(days: $0.days, end: $0.end), count: $0.firms)
            }
        }
    }
}
