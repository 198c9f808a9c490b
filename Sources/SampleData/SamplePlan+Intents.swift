import Outreach

extension SamplePlan {
    /// Chooses which firms without a union voice an intent to found one, and when.
    mutating func voiceIntents(using random: inout SeededRandom) throws(SampleError) {
        let total = SampleFigures.published.foundingIntents
        let persuasion = areas.map { ($0.arm == .pilot ? 1.2 : 1) * random.skewed(0.4) }
        let magnets = Set(magnetOfArea.compactMap { $0 })
        let chosen = random.choose(
            total,
            weights: firms.indices.map { position in
                let firm = firms[position]
                guard firm.firstStatus.isUnorganised else { return 0 }
                var weight = persuasion[firm.area]
                if meetings[firm.contacts[0]].format == .oneToOne { weight *= 1.3 }
                if firm.contacts.count > 1 { weight *= 1.6 }
                if firm.firstStatus == .preparing { weight *= 1.8 }
                if firm.profile.headcount < 10 { weight *= 0.7 }
                if magnets.contains(position) { weight *= 1.8 }
                return weight
            })
        guard chosen.count == total else { throw .areasTooFew }
        for position in chosen {
            firms[position].intent = intent(of: firms[position], using: &random)
        }
    }

    /// Most firms say so at once, some when they are met again, some in between, a few after months.
    private func intent(of firm: FirmPlan, using random: inout SeededRandom) -> IntentPlan {
        let first = meetings[firm.contacts[0]].heldOn
        let form: IntentForm = random.chance(0.62) ? .verbal : .letter
        let left = SampleCalendar.lastDay.days(since: first)
        if firm.canHaveMilestones, left > 90, random.chance(0.08) {
            return IntentPlan(on: first.adding(days: random.whole(91...left)), form: form, meeting: nil)
        }
        if let later = random.pick(firm.contacts.dropFirst()), random.chance(0.55) {
            return IntentPlan(on: meetings[later].heldOn, form: form, meeting: later)
        }
        if firm.canHaveMilestones, random.chance(0.28) {
            let day = first.adding(days: 2 + random.wait(mean: 26))
            if day <= SampleCalendar.lastDay { return IntentPlan(on: day, form: form, meeting: nil) }
        }
        return IntentPlan(on: first, form: form, meeting: firm.contacts[0])
    }
}
