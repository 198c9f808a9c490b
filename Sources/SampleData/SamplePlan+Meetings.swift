import Outreach

extension SamplePlan {
    /// Places every meeting of both kinds in an area, on a day and in a format.
    mutating func placeMeetings(using random: inout SeededRandom) throws(SampleError) {
        let activity = drawActivity(using: &random)
        for (kind, total, spread) in [
            (MeetingKind.enterprise, SampleFigures.published.enterpriseMeetings, 0.25),
            (.worker, SampleFigures.published.workerMeetings, 0.35),
        ] {
            let weights = activity.map { $0 * random.skewed(spread) }
            guard let shares = Apportionment.shares(of: total, weights: weights) else {
                throw .areasTooFew
            }
            for (area, share) in shares.enumerated() where share > 0 {
                let days = workingDays(of: area, kind: kind)
                for _ in 0..<share {
                    guard let day = random.pick(weighted: days) else { throw .areasTooFew }
                    meetings.append(MeetingPlan(area: area, kind: kind, heldOn: day))
                }
            }
        }
        // By day, then area; the sort is stable, so enterprise meetings come first within an area.
        meetings.sort { ($0.heldOn, $0.area) < ($1.heldOn, $1.area) }
        meetingsOfArea = Array(repeating: [], count: areas.count)
        for (position, meeting) in meetings.enumerated() {
            meetingsOfArea[meeting.area].append(position)
        }
        chooseFormats(using: &random)
        for position in meetings.indices { setHours(of: position, using: &random) }
    }

    /// How busy each area is: the time since its start, what kind of place it is, and chance. One in
    /// eighteen is idle, but no district-level union is without a busy area.
    private func drawActivity(using random: inout SeededRandom) -> [Double] {
        var activity: [Double] = []
        var busiest: [String: Int] = [:]
        for (position, area) in areas.enumerated() {
            let days = SampleCalendar.lastDay.days(since: max(area.startOn, SampleCalendar.firstDay)) + 1
            activity.append(days > 0 ? Double(days) * area.bustle * random.skewed(0.7) : 0)
            let rival = busiest[area.districtCode]
            if activity[position] > rival.map({ activity[$0] }) ?? -1 {
                busiest[area.districtCode] = position
            }
        }
        for (position, area) in areas.enumerated() {
            let isIdle = random.chance(0.055)
            if isIdle && busiest[area.districtCode] != position { activity[position] = 0 }
        }
        return activity
    }

    /// Days with their weights: enterprises on weekdays, workers also at the weekend, more towards the
    /// year's end, nobody on a public holiday.
    private func workingDays(of area: Int, kind: MeetingKind) -> [(Day, Double)] {
        let start = max(areas[area].startOn, SampleCalendar.firstDay)
        let span = SampleCalendar.lastDay.days(since: start)
        guard span >= 0 else { return [] }
        return (0...span).compactMap { offset in
            let day = start.adding(days: offset)
            guard !SampleCalendar.isHoliday(day) else { return nil }
            let weekend = kind == .enterprise ? 0.03 : 0.7
            let ramp = 0.7 + 0.5 * Double(offset + 1) / Double(span + 1)
            return (day, ramp * (day.weekday >= 6 ? weekend : 1))
        }
    }

    /// One firm in its own rooms, several together, or a stall; some meetings only follow up, at most
    /// one a day in an area, so that the first firm met there is always free for it.
    private mutating func chooseFormats(using random: inout SeededRandom) {
        for area in areas.indices {
            var firstEnterpriseDay: Day?
            var lastFollowUpDay: Day?
            for position in meetingsOfArea[area] {
                if meetings[position].kind == .worker {
                    meetings[position].format = random.chance(0.86) ? .stall : .group
                    continue
                }
                let day = meetings[position].heldOn
                let isFollowUp = random.chance(0.14)
                if let first = firstEnterpriseDay, day > first, day != lastFollowUpDay, isFollowUp {
                    lastFollowUpDay = day
                    meetings[position].isFollowUp = true
                    meetings[position].format = .oneToOne
                } else {
                    meetings[position].format = random.chance(0.62) ? .oneToOne : .group
                }
                firstEnterpriseDay = firstEnterpriseDay ?? day
            }
        }
    }

    /// Firms are met in office hours, workers before, between and after shifts.
    private mutating func setHours(of position: Int, using random: inout SeededRandom) {
        let starts: [(Int, Double)]
        switch meetings[position].kind {
        case .enterprise: starts = [(540, 1), (570, 3), (600, 3), (840, 4), (870, 3), (900, 2)]
        case .worker: starts = [(450, 1), (570, 1), (690, 3), (720, 3), (840, 1), (1020, 2), (1080, 1)]
        }
        meetings[position].startMinute = random.pick(weighted: starts) ?? 840
        meetings[position].minutes = random.pick(weighted: [(60, 2), (90, 3), (120, 3), (150, 1)]) ?? 90
        let next = meetings[position].heldOn.adding(days: 1)
        if meetings[position].kind == .worker, next <= SampleCalendar.lastDay,
            !SampleCalendar.isHoliday(next), random.chance(0.03)
        {
            meetings[position].endedOn = next
        }
    }
}

extension SampleArea {
    /// Streets have more firms and passers-by than mountain townships.
    fileprivate var bustle: Double {
        if code.text == "110115403" { return 3 }  // the development zone, a district-level peer
        if name.hasSuffix("街道") { return 1.25 }
        if name.hasSuffix("地区") { return 1.1 }
        if name.hasSuffix("镇") { return 0.75 }
        return name.hasSuffix("乡") ? 0.4 : 0.9
    }
}
