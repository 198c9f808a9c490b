import Outreach

extension FunnelDefinition {
    /// Days; nil without a window.
    var windowLength: Int? {
        switch window {
        case .days(let days): days
        case .unlimited: nil
        }
    }
}

/// The days that follow one entry, as far as they are known: SPEC §2.2 for one anchor.
struct FunnelWindow {
    let entry: Day
    /// The last day that counts: the window's end or V, whichever comes first.
    let horizon: Day
    /// Whether nothing that happens after V can still change the window.
    let isClosed: Bool

    init(entry: Day, length: FunnelDefinition.Window, asOf day: Day) {
        self.entry = entry
        switch length {
        case .days(let days):
            let end = entry.adding(days: days)
            horizon = min(end, day)
            isClosed = day >= end
        case .unlimited:
            horizon = day
            isClosed = false
        }
    }

    func contains(_ day: Day) -> Bool { entry <= day && day <= horizon }

    /// `day` where it lies in the window, else nil.
    func within(_ day: Day?) -> Day? { day.flatMap { contains($0) ? $0 : nil } }
}
