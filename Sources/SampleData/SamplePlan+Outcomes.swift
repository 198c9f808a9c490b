import Outreach

extension SamplePlan {
    /// Carries firms on after their intent, or to another end without one, up to the last day.
    mutating func followOutcomes(using random: inout SeededRandom) {
        for position in firms.indices where firms[position].firstStatus.isUnorganised {
            guard firms[position].canHaveMilestones else { continue }
            var milestones = visits(before: firms[position], using: &random)
            if let intent = firms[position].intent {
                if intent.meeting == nil {
                    milestones.append(MilestonePlan(kind: .intent, on: intent.on, form: intent.form))
                }
                milestones += outcome(of: firms[position], after: intent.on, using: &random)
            } else {
                milestones += outcomeWithoutIntent(of: firms[position], using: &random)
            }
            firms[position].milestones = milestones.filter { $0.on <= SampleCalendar.lastDay }
        }
    }

    /// Some firms were called on in the fortnight before they were met.
    private func visits(before firm: FirmPlan, using random: inout SeededRandom) -> [MilestonePlan] {
        let day = meetings[firm.contacts[0]].heldOn.adding(days: -random.whole(2...14))
        guard random.chance(0.1), day >= areas[firm.area].startOn else { return [] }
        return [MilestonePlan(kind: .visited, on: day)]
    }

    private enum Fate { case none, ownUnion, jointUnion, parentUnion, lapse, decline, close, move }

    private func outcome(
        of firm: FirmPlan, after intent: Day, using random: inout SeededRandom
    ) -> [MilestonePlan] {
        let isSmall = firm.profile.headcount < 25
        let fate = random.pick(weighted: [
            (Fate.none, 0.2), (.ownUnion, isSmall ? 0.25 : 0.55), (.jointUnion, isSmall ? 0.4 : 0.07),
            (.parentUnion, firm.profile.parent == nil ? 0 : 0.4), (.lapse, 0.06), (.decline, 0.035),
            (.close, 0.03), (.move, 0.025),
        ])
        switch fate ?? .none {
        case .none: return []
        case .ownUnion: return ownUnion(after: intent, using: &random)
        case .jointUnion: return [.after(intent, 8 + random.wait(mean: 30), .joinedJointUnion)]
        case .parentUnion: return [.after(intent, 5 + random.wait(mean: 25), .coveredByParent)]
        case .lapse: return lapse(after: intent, using: &random)
        case .decline: return [.after(intent, 7 + random.wait(mean: 20), .declined)]
        case .close: return [loss(.closed, of: firm, after: intent, using: &random)]
        case .move: return [loss(.movedOut, of: firm, after: intent, using: &random)]
        }
    }

    /// The steps to a union of one's own, in their usual order; some are not reported, some firms stall.
    private func ownUnion(after intent: Day, using random: inout SeededRandom) -> [MilestonePlan] {
        let steps: [(kind: MilestoneKind, reported: Double, days: ClosedRange<Int>)] = [
            (.preparatoryGroup, 0.85, 3...18), (.application, 0.75, 2...12),
            (.preparationApproved, 0.85, 4...16), (.candidatesApproved, 0.75, 5...18),
            (.elected, 1, 5...18), (.established, 1, 3...14), (.registered, 0.6, 15...45),
        ]
        let pace = random.skewed(0.35)
        var day = intent
        var milestones: [MilestonePlan] = []
        for step in steps {
            guard random.chance(0.96) else { break }
            day = day.adding(days: max(1, Int(pace * Double(random.whole(step.days)))))
            if random.chance(step.reported) { milestones.append(MilestonePlan(kind: step.kind, on: day)) }
        }
        return milestones
    }

    /// An intent fades; now and then it is renewed.
    private func lapse(after intent: Day, using random: inout SeededRandom) -> [MilestonePlan] {
        let lapse = MilestonePlan.after(intent, 25 + random.wait(mean: 25), .lapsed)
        guard random.chance(0.2) else { return [lapse] }
        let renewal = lapse.on.adding(days: random.whole(10...40))
        return [lapse, MilestonePlan(kind: .intent, on: renewal, form: .letter)]
    }

    /// A firm is lost only after everyone has met it for the last time.
    private func loss(
        _ kind: MilestoneKind, of firm: FirmPlan, after day: Day, using random: inout SeededRandom
    ) -> MilestonePlan {
        let last = firm.contacts.map { meetings[$0].heldOn }.max() ?? day
        return .after(max(last, day), 5 + random.wait(mean: 35), kind)
    }

    /// Covered, closed or organised by others, without ever having voiced an intent.
    private func outcomeWithoutIntent(
        of firm: FirmPlan, using random: inout SeededRandom
    ) -> [MilestonePlan] {
        let first = meetings[firm.contacts[0]].heldOn
        let fate = random.pick(weighted: [
            (Fate.none, 0.93), (.jointUnion, 0.02), (.parentUnion, firm.profile.parent == nil ? 0 : 0.12),
            (.decline, 0.015), (.close, 0.012), (.move, 0.01), (.ownUnion, 0.004),
        ])
        switch fate ?? .none {
        case .none, .lapse: return []
        case .ownUnion:
            let election = MilestonePlan.after(first, 30 + random.wait(mean: 30), .elected)
            return [election, .after(election.on, random.whole(5...14), .established)]
        case .jointUnion: return [.after(first, 10 + random.wait(mean: 40), .joinedJointUnion)]
        case .parentUnion: return [.after(first, 10 + random.wait(mean: 40), .coveredByParent)]
        case .decline: return [.after(first, 3 + random.wait(mean: 20), .declined)]
        case .close: return [loss(.closed, of: firm, after: first, using: &random)]
        case .move: return [loss(.movedOut, of: firm, after: first, using: &random)]
        }
    }
}
