import Outreach

/// When things were recorded: mostly the same evening, some days later, some weeks later.
struct RecordingTimes {
    var random: SeededRandom

    /// A meeting is written up after it ended; one in fourteen is one to four weeks late.
    mutating func meeting(_ meeting: MeetingPlan) -> Int64 {
        let lastDay = SampleCalendar.lastRecordingDay.adding(days: -2)
        switch random.unit() {
        case ..<0.62:
            let minute = min(1430, max(meeting.endMinute + 15, random.whole(1020...1300)))
            return SampleCalendar.instant(meeting.lastDay, second: minute * 60 + random.below(60))
        case ..<0.93:
            return officeHours(min(lastDay, meeting.lastDay.adding(days: 1 + random.wait(mean: 1))))
        default:
            return officeHours(min(lastDay, meeting.lastDay.adding(days: random.whole(7...28))))
        }
    }

    /// A dated fact, entered that evening or up to some days later, and after what it builds on.
    mutating func fact(on day: Day, after prerequisite: Int64, lateness: Double) -> Int64 {
        let delay = random.chance(lateness) ? random.whole(8...30) : random.wait(mean: 1)
        let entered = min(SampleCalendar.lastRecordingDay, day.adding(days: delay))
        let evening = SampleCalendar.instant(entered, second: random.whole(61_200...79_200))
        return max(evening, next(after: prerequisite))
    }

    /// A second look at something recorded, days later.
    mutating func secondLook(at recorded: Int64, days: ClosedRange<Int>) -> Int64 {
        let day = SampleCalendar.day(of: recorded).adding(days: random.whole(days))
        return max(officeHours(min(SampleCalendar.lastRecordingDay, day)), next(after: recorded))
    }

    /// The Monday after a week, or a few days into it.
    mutating func declaration(of week: Week) -> Int64 {
        let delay = random.chance(0.85) ? 1 : random.whole(1...6)
        return officeHours(week.end.adding(days: delay))
    }

    /// Half a minute to ten minutes on.
    private mutating func next(after recorded: Int64) -> Int64 {
        recorded + Int64(random.whole(30...600)) * 1_000_000
    }

    private mutating func officeHours(_ day: Day) -> Int64 {
        SampleCalendar.instant(day, second: random.whole(32_400...63_000))
    }
}
