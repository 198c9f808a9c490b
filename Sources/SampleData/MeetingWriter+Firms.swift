import Outreach

extension MeetingWriter {
    /// A firm as one meeting reports it: the same firm every time, in the state it was in that day.
    mutating func firmMet(_ position: Int, at meeting: Int) -> FirmMet {
        let firm = plan.firms[position]
        let profile = firm.profile
        let day = plan.meetings[meeting].heldOn
        let isFirstContact = firm.contacts.first == meeting

        let status = isFirstContact ? firm.firstStatus : firm.status(on: day)
        var met = FirmMet(uscc: profile.uscc, name: profile.name, unionStatus: status)
        met.area = profile.registeredArea
        met.parent = profile.parent
        switch profile.headcountStated {
        case .number:
            met.headcount = profile.headcount
            met.headcountBand = HeadcountBand(headcount: profile.headcount)
        case .band: met.headcountBand = HeadcountBand(headcount: profile.headcount)
        case .nothing: break
        }
        met.industry = profile.industry
        met.contact = profile.contact
        met.intent = intent(of: firm, at: meeting, status: status)
        met.attitude = attitude(of: met)
        if random.chance(0.6) {
            met.questions = Array(random.shuffled(MeetingWords.questions).prefix(random.whole(1...3)))
        }
        met.nextStep = nextStep(for: met, at: plan.meetings[meeting])
        return met
    }

    /// The intent planned for this meeting, or a letter that confirms an earlier word.
    private mutating func intent(of firm: FirmPlan, at meeting: Int, status: UnionStatus) -> Intent? {
        guard let intent = firm.intent else { return nil }
        let day = plan.meetings[meeting].heldOn
        if intent.meeting == meeting { return Intent(form: intent.form, on: day) }
        guard intent.on < day, intent.form == .verbal, status.isUnorganised, random.chance(0.35) else {
            return nil
        }
        return Intent(form: .letter, on: day)
    }

    private mutating func attitude(of met: FirmMet) -> Attitude? {
        if met.intent != nil { return .supportive }
        guard met.unionStatus.isUnorganised else { return met.unionStatus.isOrganised ? .supportive : nil }
        return random.pick(weighted: [
            (Attitude.toReport, 45), (.neutral, 28), (.reluctant, 15), (.opposed, 3), (.supportive, 9),
        ])
    }

    /// Dues run from a few days to a month, so the last ones fall in January 2019.
    private mutating func nextStep(for met: FirmMet, at meeting: MeetingPlan) -> NextStep? {
        guard met.unionStatus.isUnorganised, random.chance(met.intent == nil ? 0.55 : 0.9) else { return nil }
        let due = meeting.heldOn.adding(days: random.whole(5...35))
        return NextStep(
            what: random.word(MeetingWords.nextSteps), due: random.chance(0.92) ? due : nil,
            owner: "\(plan.areas[meeting.area].name)工会干部")
    }
}
