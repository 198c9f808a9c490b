import Outreach

/// The visible facts of one unit, in order of day and id, and how the funnel reads them.
struct UnitHistory {
    struct DatedFact {
        let day: Day
        let id: FactID
        /// The unit before merges.
        let unit: String
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
                    DatedFact(
                        day: $0, id: fact.id, unit: fact.unit, event: fact.event,
                        step: fact.event.step(of: track))
                }
            }
            .sorted { ($0.day, $0.id) < ($1.day, $1.id) }
    }

    /// nil where the unit did not enter in the query's period.
    func outcome(of query: FunnelQuery) -> FunnelUnit? {
        let definition = query.definition
        guard let contact = anchor(of: query),
            let start = start(definition, anchor: contact), query.entries.contains(start.day)
        else { return nil }
        let window = FunnelWindow(entry: start.day, length: definition.window, asOf: query.asOf)
        let standing = standing(noted: contact, on: start.day)
        let priorIntent = standing == .unorganised && hasLiveIntent(facts.filter { $0.day < start.day })
        let isAtRisk = standing == .unorganised && !priorIntent
        let steps = isAtRisk ? self.steps(after: start, in: window, definition) : [nil, nil, nil]
        let isConverted = steps[definition.firstStep - 2] != nil
        return FunnelUnit(
            unit: unit,
            place: place(definition.place, anchor: contact, on: start.day),
            contact: FunnelUnit.Contact(meeting: contact.id, unit: contact.unit),
            week: definition.week(of: start.day),
            entry: start.day,
            standing: standing,
            priorIntent: priorIntent,
            steps: steps,
            netLive: steps[0] != nil && hasLiveIntent(facts.filter { window.contains($0.day) }),
            windowClosed: window.isClosed,
            outcome: isAtRisk
                ? FunnelOutcome(
                    converted: isConverted, covered: window.within(coveredDay(after: start.day)) != nil,
                    exited: window.within(lostDay(after: start.day)) != nil, windowClosed: window.isClosed)
                : nil)
    }

    // MARK: - Entry

    var contacts: [DatedFact] { facts.filter { $0.step == 1 } }

    /// The fact that starts the clock.
    func start(_ definition: FunnelDefinition, anchor: DatedFact) -> DatedFact? {
        switch definition.start {
        case .firstContact: anchor
        case .intent: firstIntent
        }
    }

    /// From the first contact on, lowest id of its day.
    private var firstIntent: DatedFact? {
        contacts.first.flatMap { first in facts.first { $0.step == 2 && $0.day >= first.day } }
    }

    func anchor(of query: FunnelQuery) -> DatedFact? {
        let contacts = contacts
        guard let first = contacts.first else { return nil }
        switch query.definition.anchor {
        case .first:
            return first
        case .last:
            let before = contacts.filter { contact in firstIntent.map { contact.day <= $0.day } ?? true }
            return before.first { $0.day == before.last?.day }
        case .any:
            guard query.definition.start == .firstContact else { return first }
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
        return steps(after: contact, in: window, definition).count { $0 != nil }
    }

    /// What a contact noted, frozen; where it noted nothing, the register's interval on a day.
    func standing(noted contact: DatedFact, on day: Day) -> FunnelUnit.Standing {
        if case .contact(_, let standing?) = contact.event {
            switch standing {
            case .unorganised: return .unorganised
            case .organised, .covered: return .organised
            case .unknown: return .unknown
            }
        }
        let isOrganised = facts.contains { fact in
            guard case .organised(let until) = fact.event, fact.day <= day else { return false }
            return until.map { day < $0 } ?? true
        }
        return isOrganised ? .organised : .unorganised
    }

    /// - Parameter day: of entry.
    func place(_ place: FunnelDefinition.Place, anchor: DatedFact, on day: Day) -> String {
        let fallback = anchor.event.meetingPlace ?? ""
        return switch place {
        case .entryContact: fallback
        case .registeredAtEntry: registration(by: day) ?? fallback
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

    /// Days of steps 2, 3 and 4 after the fact that starts the clock.
    func steps(
        after start: DatedFact, in window: FunnelWindow, _ definition: FunnelDefinition
    ) -> [Day?] {
        func first(_ step: Int, from day: Day) -> Day? {
            facts.first { $0.step == step && $0.day >= day && window.contains($0.day) }?.day
        }
        let later = definition.firstStep...4
        let before: [Day?] = definition.start == .intent ? [start.day] : []
        switch definition.order {
        case .ordered:
            var previous: Day? = window.entry
            return before
                + later.map { step in
                    previous = previous.flatMap { first(step, from: $0) }
                    return previous
                }
        case .implied, .any:
            let firsts = later.map { first($0, from: window.entry) }
            return before + StepDays.unordered(firsts, order: definition.order)
        case .strict:
            return before + strictSteps(later, after: start, in: window)
        }
    }

    /// Facts of one day stand in the order of their steps; the first one out of turn ends the chain.
    private func strictSteps(
        _ steps: ClosedRange<Int>, after start: DatedFact, in window: FunnelWindow
    ) -> [Day?] {
        let turn = (start.day, steps.lowerBound - 1, start.id)
        let sequence =
            facts.compactMap { fact in fact.step.map { (day: fact.day, step: $0, id: fact.id) } }
            .filter { window.contains($0.day) && ($0.day, $0.step, $0.id) > turn }
            .sorted { $0 < $1 }
        var days: [Day?] = steps.map { _ in nil }
        for (position, fact) in zip(days.indices, sequence) {
            guard fact.step == steps.lowerBound + position else { break }
            days[position] = fact.day
        }
        return days
    }

    /// First day closed or moved out from entry on, or organised on a later day.
    func lostDay(after entry: Day) -> Day? {
        facts.first { fact in
            switch fact.event {
            case .closed, .movedOut: fact.day >= entry
            case .organised, .contact(_, .organised?): fact.day > entry
            default: false
            }
        }?.day
    }

    /// First day covered from entry on.
    func coveredDay(after entry: Day) -> Day? {
        facts.first { fact in
            switch fact.event {
            case .covered, .contact(_, .covered?): fact.day >= entry
            default: false
            }
        }?.day
    }
}
