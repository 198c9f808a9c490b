internal import Outreach

extension StatisticFamily {
    /// The funnel's rules of SPEC §2; days are numbers from a Monday, 0.
    static let funnelSemantics = StatisticFamily(name: "funnel_semantics") {
        input throws(DocumentIssue) in
        var facts: [FunnelFact] = []
        for event in try input.objects("events") { facts.append(try fact(event)) }
        let evaluator = FunnelEvaluator(facts: facts, query: try query(try input.object("query")))
        return .members([
            "units": .array(evaluator.units.map(unit)), "cohorts": .array(evaluator.cohorts.map(cohort)),
        ])
    }

    /// 1970-01-05, a Monday.
    private static let dayZero = 4
    private static let days = -1_000_000...1_000_000

    private static func day(_ number: Int) -> Day { Day(ordinal: number + dayZero) }
    private static func number(_ day: Day) -> Int { day.ordinal - dayZero }

    /// Whole weeks from day 0 to the week that starts on `day`.
    private static func week(_ day: Day) -> Int {
        let (quotient, remainder) = number(day).quotientAndRemainder(dividingBy: 7)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private static func fact(_ input: VectorInput) throws(DocumentIssue) -> FunnelFact {
        func optional(_ key: String) throws(DocumentIssue) -> Int? {
            input.has(key) ? try input.integer(key, in: days) : nil
        }
        let event = try self.event(input)
        // A merge holds whenever it is known; any other fact without a day would be left out unseen.
        let day = if case .alias = event { try optional("day") } else { try input.integer("day", in: days) }
        return FunnelFact(
            id: FactID(try input.integer("id")), unit: try input.text("unit"), day: day.map(self.day),
            recorded: try input.integer("rec", in: days), superseded: try optional("sup"), event: event)
    }

    private static func event(_ input: VectorInput) throws(DocumentIssue) -> FunnelFact.Event {
        switch try input.text("kind") {
        case "contact": return .contact(place: try input.text("place"))
        case "intent": return .intent
        case "application": return .application
        case "founded": return .established
        case "attended": return .attended(place: try input.text("place"))
        case "joined": return .joined
        case "verified": return .verified
        case "admitted": return .admitted
        case "withdrawn": return .withdrawn
        case "closed": return .closed
        case "organised":
            return .organised(
                until: input.has("until") ? day(try input.integer("until", in: days)) : nil)
        case "registered": return .registered(place: try input.text("to"))
        case "alias": return .alias(to: try input.text("to"))
        default:
            throw unknownChoice(
                input, "kind",
                [
                    "contact", "intent", "application", "founded", "attended", "joined", "verified",
                    "admitted", "withdrawn", "closed", "organised", "registered", "alias",
                ])
        }
    }

    private static func query(_ input: VectorInput) throws(DocumentIssue) -> FunnelQuery {
        func choice<Choice: RawRepresentable & CaseIterable>(
            _ key: String
        ) throws(DocumentIssue) -> Choice where Choice.RawValue == String {
            guard let choice = Choice(rawValue: try input.text(key)) else {
                throw unknownChoice(input, key, Choice.allCases.map(\.rawValue))
            }
            return choice
        }
        let (from, to) = (try input.integer("from", in: days), try input.integer("to", in: days))
        guard from <= to else { throw input.outside("to", "from", "\(days.upperBound)") }
        return FunnelQuery(
            definition: FunnelDefinition(
                track: try choice("funnel"), window: .days(try input.integer("window", in: 0...100_000)),
                order: try choice("order"), anchor: try choice("anchor"), place: try choice("place")),
            asOf: day(try input.integer("as_of_valid", in: days)),
            asKnownAt: try input.integer("as_of_system", in: days), entries: day(from)..<day(to))
    }

    private static func unknownChoice(
        _ input: VectorInput, _ key: String, _ choices: [String]
    ) -> DocumentIssue {
        let all = choices.joined(separator: " ")
        return input.issue(
            "choice.unknown", key, Bilingual(zh: "没有这个选项", en: "no such choice"),
            mend: Bilingual(zh: "可选：\(all)", en: "one of: \(all)"))
    }

    private static func unit(_ unit: FunnelUnit) -> JSONValue {
        .members([
            "unit": .string(unit.unit), "place": .string(unit.place), "week": .integer(week(unit.week)),
            "entry_day": .integer(number(unit.entry)),
            "organised_at_entry": .bool(unit.standing == .organised),
            "prior_intent": .bool(unit.priorIntent),
            "step_days": .array(([unit.entry] + unit.steps).map { .count($0.map(number)) }),
            "net_live": .bool(unit.netLive), "lost": .bool(unit.isLost),
            "window_closed": .bool(unit.windowClosed),
        ])
    }

    private static func cohort(_ cohort: FunnelCohort) -> JSONValue {
        .members([
            "place": .string(cohort.place), "week": .integer(week(cohort.week)),
            "reached": .integer(cohort.reached), "unorganised": .integer(cohort.unorganised),
            "prior_intent": .integer(cohort.priorIntent), "at_risk": .integer(cohort.atRisk),
            "step2": .integer(cohort.steps[0]), "step3": .integer(cohort.steps[1]),
            "step4": .integer(cohort.steps[2]), "net_live": .integer(cohort.netLive),
            "lost": .integer(cohort.lost), "window_open_units": .integer(cohort.windowOpen),
            "mature": .bool(cohort.isMature),
        ])
    }
}
