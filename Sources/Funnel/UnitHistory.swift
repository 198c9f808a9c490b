import Outreach

/// The visible facts of one unit, in order of day and id, and how the funnel reads them.
struct UnitHistory {
    struct DatedFact {
        let day: Day
        let id: FactID
        let event: FunnelFact.Event
        /// 1…4 where the fact is a step of the track.
        let step: Int?
    }

    let unit: String
    let facts: [DatedFact]
    let track: FunnelDefinition.Track

    /// Facts without a day (merges) are left out.
    init(unit: String, facts: some Sequence<FunnelFact>, track: FunnelDefinition.Track) {
        self.unit = unit
        self.track = track
        self.facts =
            facts.compactMap { fact in
                fact.day.map {
                    DatedFact(day: $0, id: fact.id, event: fact.event, step: fact.event.step(of: track))
                }
            }
            .sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }

    /// nil where the unit did not enter in the query's period.
    func outcome(of query: FunnelQuery) -> FunnelUnit? {
        let definition = query.definition
        guard let anchor = anchor(of: query), query.entries.contains(anchor.day) else { return nil }
        let window = FunnelWindow(entry: anchor.day, length: definition.window, asOf: query.asOf)
        let standing = standing(at: anchor)
        let priorIntent = standing == .unorganised && hasLiveIntent(facts.filter { $0.day < anchor.day })
        let isAtRisk = standing == .unorganised && !priorIntent
        let steps =
            isAtRisk
            ? self.steps(after: anchor, in: window, order: definition.order) : [nil, nil, nil]
        return FunnelUnit(
            unit: unit,
            place: place(definition.place, anchor: anchor),
            week: definition.week(of: anchor.day),
            entry: anchor.day,
            standing: standing,
            priorIntent: priorIntent,
            steps: steps,
            netLive: steps[0] != nil && hasLiveIntent(facts.filter { window.contains($0.day) }),
            windowClosed: window.isClosed,
            outcome: isAtRisk
                ? FunnelOutcome(
                    converted: steps[0] != nil, covered: window.within(coveredDay(after: anchor)) != nil,
                    exited: window.within(lostDay(after: anchor)) != nil, windowClosed: window.isClosed)
                : nil)
    }

    // MARK: - Entry

    var contacts: [DatedFact] { facts.filter { $0.step == 1 } }

    func anchor(of query: FunnelQuery) -> DatedFact? {
        let contacts = contacts
        guard let first = contacts.first else { return nil }
        switch query.definition.anchor {
        case .first:
            return first
        case .last:
            let intent = facts.first { $0.step == 2 && $0.day >= first.day }
            let before = contacts.filter { contact in intent.map { contact.day <= $0.day } ?? true }
            return before.first { $0.day == before.last?.day }
        case .any:
            var (deepest, anchor) = (depth(from: first, query), first)
            for contact in contacts.dropFirst() {
                let depth = depth(from: contact, query)
                if depth > deepest { (deepest, anchor) = (depth, contact) }
            }
            return anchor
        }
    }

    private func depth(from contact: DatedFact, _ query: FunnelQuery) -> Int {
        let definition = query.definition
        let window = FunnelWindow(entry: contact.day, length: definition.window, asOf: query.asOf)
        return steps(after: contact, in: window, order: definition.order).count { $0 != nil }
    }

    func standing(at anchor: DatedFact) -> FunnelUnit.Standing {
        if case .contact(_, let standing?) = anchor.event {
            switch standing {
            case .unorganised: return .unorganised
            case .organised, .covered: return .organised
            case .unknown: return .unknown
            }
        }
        let isOrganised = facts.contains { fact in
            guard case .organised(let until) = fact.event, fact.day <= anchor.day else { return false }
            return until.map { anchor.day < $0 } ?? true
        }
        return isOrganised ? .organised : .unorganised
    }

    func place(_ place: FunnelDefinition.Place, anchor: DatedFact) -> String {
        let fallback = anchor.event.meetingPlace ?? ""
        return switch place {
        case .entryContact: fallback
        case .registeredAtEntry: registration(by: anchor.day) ?? fallback
        case .current: registration(by: nil) ?? fallback
        }
    }

    private func registration(by day: Day?) -> String? {
        for fact in facts.reversed() {
            guard case .registered(let place) = fact.event else { continue }
            if let day, fact.day > day { continue }
            return place
        }
        return nil
    }

    // MARK: - Steps and losses

    /// Whether the last word on the second step is not a withdrawal; `facts` in order of day and id.
    func hasLiveIntent(_ facts: [DatedFact]) -> Bool {
        facts.last { $0.step == 2 || $0.event == .withdrawn }?.step == 2
    }

    func steps(
        after anchor: DatedFact, in window: FunnelWindow, order: FunnelDefinition.Order
    ) -> [Day?] {
        func first(_ step: Int, from day: Day) -> Day? {
            facts.first { $0.step == step && $0.day >= day && window.contains($0.day) }?.day
        }
        switch order {
        case .ordered:
            let intent = first(2, from: window.entry)
            let application = intent.flatMap { first(3, from: $0) }
            return [intent, application, application.flatMap { first(4, from: $0) }]
        case .implied, .any:
            let firsts = (2...4).map { first($0, from: window.entry) }
            return StepDays.unordered(firsts, order: order)
        case .strict:
            return strictSteps(after: anchor, in: window)
        }
    }

    /// Facts of one day stand in the order of their steps; the first one out of turn ends the chain.
    private func strictSteps(after anchor: DatedFact, in window: FunnelWindow) -> [Day?] {
        let sequence =
            facts.compactMap { fact in fact.step.map { (day: fact.day, step: $0, id: fact.id) } }
            .filter { window.contains($0.day) && ($0.day, $0.step, $0.id) > (anchor.day, 1, anchor.id) }
            .sorted { $0 < $1 }
        var days: [Day?] = [nil, nil, nil]
        for (position, fact) in zip(0..<3, sequence) {
            guard fact.step == position + 2 else { break }
            days[position] = fact.day
        }
        return days
    }

    /// First day closed or moved out from entry on, or organised on a later day.
    func lostDay(after anchor: DatedFact) -> Day? {
        facts.first { fact in
            switch fact.event {
            case .closed, .movedOut: fact.day >= anchor.day
            case .organised, .contact(_, .organised?): fact.day > anchor.day
            default: false
            }
        }?.day
    }

    /// First day covered from entry on.
    func coveredDay(after anchor: DatedFact) -> Day? {
        facts.first { fact in
            switch fact.event {
            case .covered, .contact(_, .covered?): fact.day >= anchor.day
            default: false
            }
        }?.day
    }
}
