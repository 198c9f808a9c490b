import Outreach

extension SamplePlan {
    /// Has firms met again: at every follow-up meeting one, and some of the others by chance.
    mutating func repeatContacts(using random: inout SeededRandom) throws(SampleError) {
        for position in meetings.indices where meetings[position].isFollowUp {
            guard let firm = firmToFollowUp(at: position, using: &random) else { throw .areasTooFew }
            addContact(of: firm, at: position)
        }
        for firm in firms.indices {
            let isUnorganised = firms[firm].firstStatus.isUnorganised
            guard random.chance(isUnorganised ? 0.17 : 0.11) else { continue }
            let times = random.pick(weighted: [(1, 8), (2, 1.5), (3, 0.5)]) ?? 1
            for _ in 0..<times {
                guard let meeting = laterMeeting(for: firm, using: &random) else { break }
                addContact(of: firm, at: meeting)
            }
        }
    }

    /// A firm first met here before that day, rather one without a union. There always is one: the
    /// area's first enterprise meeting is never a follow-up, and no two follow-ups share a day.
    private func firmToFollowUp(at position: Int, using random: inout SeededRandom) -> Int? {
        let meeting = meetings[position]
        let known = firmsOfArea[meeting.area].filter { firm in
            meetings[firms[firm].contacts[0]].heldOn < meeting.heldOn && isFree(firm, on: meeting.heldOn)
        }
        let unorganised = known.filter { firms[$0].firstStatus == .unorganised }
        return random.pick(unorganised.isEmpty ? known : unorganised)
    }

    /// A later gathering in the same area, now and then in another one of the district. A firm known by
    /// name only stays in its area: elsewhere its name alone would not identify it.
    private func laterMeeting(for firm: Int, using random: inout SeededRandom) -> Int? {
        let first = meetings[firms[firm].contacts[0]].heldOn
        var area = firms[firm].area
        if firms[firm].profile.uscc != nil, random.chance(0.08) {
            let district = areas[area].districtCode
            area = random.pick(areas.indices.filter { areas[$0].districtCode == district }) ?? area
        }
        return random.pick(
            meetingsOfArea[area].filter { position in
                let meeting = meetings[position]
                return meeting.heldOn > first && meeting.format != .oneToOne
                    && isFree(firm, on: meeting.heldOn)
            })
    }

    private func isFree(_ firm: Int, on day: Day) -> Bool {
        !firms[firm].contacts.contains { meetings[$0].heldOn == day }
    }

    private mutating func addContact(of firm: Int, at meeting: Int) {
        meetings[meeting].firms.append(firm)
        firms[firm].contacts.append(meeting)
        // Meetings are in order of day, so their positions are too.
        firms[firm].contacts.sort()
    }
}
