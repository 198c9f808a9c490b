/// A reporting week: seven days from `start`. Named weeks are ISO 8601 weeks (Monday to Sunday).
public struct Week: Hashable, Comparable, Sendable {
    /// First day.
    public let start: Day

    /// Last day.
    public var end: Day { start.adding(days: 6) }

    /// The seven days that end on `day`: a reporting calendar of its own (Friday to Thursday, say).
    public init(ending day: Day) { start = day.adding(days: -6) }

    /// The ISO week that contains `day`.
    public init(containing day: Day) { start = day.adding(days: 1 - day.weekday) }

    /// The ISO week of a name such as `2018-W52`; nil for other text or a week that does not exist.
    public init?(name text: some StringProtocol) {
        let parts = text.split(separator: "-W", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            let year = Int(parts[0]), let number = Int(parts[1]), number >= 1,
            let fourth = Day(year: year, month: 1, day: 4)
        else { return nil }
        start = Week(containing: fourth).start.adding(days: (number - 1) * 7)
        guard isoYear == year else { return nil }
    }

    /// The year that the ISO week belongs to: the year of its Thursday.
    public var isoYear: Int { start.adding(days: 4 - start.weekday).year }

    /// `2018-W52`, by the ISO week of the Thursday of these seven days.
    public var name: String {
        let thursday = start.adding(days: (4 - start.weekday + 7) % 7)
        guard let newYear = Day(year: thursday.year, month: 1, day: 1) else { return end.iso }
        let number = thursday.days(since: newYear) / 7 + 1
        return "\(thursday.year)-W\(number < 10 ? "0" : "")\(number)"
    }

    public var previous: Week { Week(ending: start.adding(days: -1)) }

    public func contains(_ day: Day) -> Bool { start <= day && day <= end }

    public static func < (left: Week, right: Week) -> Bool { left.start < right.start }
}
