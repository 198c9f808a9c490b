public import Outreach

extension FunnelDefinition {
    private static let weekdays = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// 1 = Monday … 7 = Sunday. A calendar of another name is read as ISO weeks.
    public var firstWeekday: Int { (Self.weekdays.firstIndex(of: calendar) ?? 0) + 1 }

    /// The calendar whose weeks begin on a weekday, 1 = Monday … 7 = Sunday; ISO weeks for another number.
    public static func calendar(startingOn weekday: Int) -> String {
        weekdays.indices.contains(weekday - 1) ? weekdays[weekday - 1] : weekdays[0]
    }

    /// First day of the reporting week that contains `day`.
    public func week(of day: Day) -> Day { day.adding(days: -((day.weekday - firstWeekday + 7) % 7)) }

    /// Whether every window of the cohort week that starts on `week` has ended by `day`.
    /// Without a window none ever does.
    public func isMature(week: Day, asOf day: Day) -> Bool {
        switch window {
        case .days(let days): day >= week.adding(days: 6 + days)
        case .unlimited: false
        }
    }
}
