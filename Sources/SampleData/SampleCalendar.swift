import Outreach

/// The sample's span of time and its days off. The office's time zone, UTC+8, knew no summer time.
enum SampleCalendar {
    /// Monday, 2018-04-02.
    static let firstDay = Day(ordinal: 17_623)
    /// Sunday, 2018-12-30: nothing in the sample happens later.
    static let lastDay = Day(ordinal: 17_895)
    /// Sunday, 2019-01-06: nothing in the sample is recorded later.
    static let lastRecordingDay = Day(ordinal: 17_902)

    /// Public holidays of 2018: Qingming, Labour Day, Dragon Boat, Mid-Autumn, National Day.
    private static let holidays: [ClosedRange<Day>] = [
        ("2018-04-05", "2018-04-07"), ("2018-04-29", "2018-05-01"), ("2018-06-16", "2018-06-18"),
        ("2018-09-22", "2018-09-24"), ("2018-10-01", "2018-10-07"),
    ].compactMap { first, last in
        guard let from = Day(iso: first), let to = Day(iso: last) else { return nil }
        return from...to
    }

    static func isHoliday(_ day: Day) -> Bool { holidays.contains { $0.contains(day) } }

    /// Microseconds since the Unix epoch of a second of a day in the office's time zone.
    static func instant(_ day: Day, second: Int) -> Int64 {
        Int64(day.ordinal * 86_400 + second - 8 * 3600) * 1_000_000
    }

    /// The office's day of an instant.
    static func day(of instant: Int64) -> Day {
        Day(ordinal: Int((instant / 1_000_000 + 8 * 3600) / 86_400))
    }
}
