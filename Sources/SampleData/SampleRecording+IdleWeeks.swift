import Outreach

extension SampleRecording {
    /// Most areas declare a week without meetings; some are silent, as areas are.
    mutating func declareIdleWeeks() {
        let lastWeek = Week(containing: SampleCalendar.lastDay)
        for (position, area) in plan.areas.enumerated() {
            let meetings = plan.meetingsOfArea[position].map { plan.meetings[$0] }
            let busy = Set(meetings.flatMap { [Week(containing: $0.heldOn), Week(containing: $0.lastDay)] })
            let diligence = random.chance(0.1) ? 0.15 : 0.6 + 0.38 * random.unit()
            var week = Week(containing: max(area.startOn, SampleCalendar.firstDay))
            while week <= lastWeek {
                if !busy.contains(week), random.chance(diligence) {
                    add(.noMeetings(area: area.code, week: week), at: times.declaration(of: week))
                }
                week = Week(containing: week.end.adding(days: 1))
            }
        }
    }
}
