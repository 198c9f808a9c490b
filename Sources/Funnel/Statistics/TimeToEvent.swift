/// What is known of one unit after its entry (SPEC §1.9).
public struct TimeToEvent: Hashable, Sendable {
    public enum End: Hashable, Sendable {
        /// Nothing had happened by the last day known.
        case censored
        /// What is waited for: a founding intent.
        case event
        /// Something that rules the event out: closed, withdrawn from the register, organised elsewhere.
        case competing
    }

    /// Days from entry to the end, 0 on the day of entry.
    public let days: Int
    public let end: End

    /// Programmer error where `days` is negative.
    public init(days: Int, end: End) {
        precondition(days >= 0, "nothing is followed before its entry")
        self.days = days
        self.end = end
    }
}

/// One day on which something ended, and how many were followed until then.
struct RiskSet {
    let day: Int
    /// Followed up to this day: events precede censorings at ties.
    let atRisk: Int
    var events = 0
    var competing = 0
    var censored = 0

    /// The days on which anything ended, in order.
    static func ordered(_ units: [TimeToEvent]) -> [RiskSet] {
        var sets: [RiskSet] = []
        for (passed, unit) in units.sorted(by: { $0.days < $1.days }).enumerated() {
            if sets.last?.day != unit.days {
                sets.append(RiskSet(day: unit.days, atRisk: units.count - passed))
            }
            switch unit.end {
            case .censored: sets[sets.count - 1].censored += 1
            case .event: sets[sets.count - 1].events += 1
            case .competing: sets[sets.count - 1].competing += 1
            }
        }
        return sets
    }
}

extension Array {
    /// Of elements in the order of their days, the last one up to a day.
    func last(upTo day: Int, _ of: (Element) -> Int) -> Element? {
        var (first, end) = (0, count)
        while first < end {
            let middle = (first + end) / 2
            if of(self[middle]) <= day { first = middle + 1 } else { end = middle }
        }
        return first > 0 ? self[first - 1] : nil
    }
}
