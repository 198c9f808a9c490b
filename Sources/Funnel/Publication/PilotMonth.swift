internal import Outreach

/// A calendar month: the period of a pilot comparison's cells.
struct PilotMonth: Hashable, Comparable, Sendable {
    /// Months since January of the year 0.
    let ordinal: Int

    init(containing day: Day) {
        let (year, month, _) = day.parts
        ordinal = year * 12 + month - 1
    }

    private init(ordinal: Int) { self.ordinal = ordinal }

    var next: PilotMonth { PilotMonth(ordinal: ordinal + 1) }

    var firstDay: Day {
        Day(year: ordinal / 12, month: ordinal % 12 + 1, day: 1) ?? Day(ordinal: 0)
    }

    var lastDay: Day { next.firstDay.adding(days: -1) }

    static func < (left: PilotMonth, right: PilotMonth) -> Bool { left.ordinal < right.ordinal }
}
