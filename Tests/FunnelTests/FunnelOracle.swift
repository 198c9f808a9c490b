import Funnel
import Outreach

/// The vectors of `funnel_semantics`, whose day 0 is a Monday.
enum FunnelOracle {
    struct Input: Decodable, Sendable {
        let events: [Event]
        let query: Query
    }

    struct Output: Decodable, Sendable {
        let units: [Unit]
        let cohorts: [Cohort]
    }

    struct Event: Decodable, Sendable {
        let id: Int
        let kind, unit: String
        let day: Int?
        let rec: Int
        let sup: Int?
        let place, to: String?
        let until: Int?
    }

    struct Query: Decodable, Sendable {
        let funnel, order, anchor, place: String
        let asOfValid, asOfSystem, window, from, to: Int
    }

    struct Unit: Decodable, Equatable, Sendable {
        let unit, place: String
        let week, entryDay: Int
        let organisedAtEntry, priorIntent: Bool
        let stepDays: [Int?]
        let netLive, lost, windowClosed: Bool
    }

    struct Cohort: Decodable, Equatable, Sendable {
        let place: String
        let week, reached, unorganised, priorIntent, atRisk, step2, step3, step4: Int
        let netLive, lost, windowOpenUnits: Int
        let mature: Bool
    }

    /// 1970-01-05, a Monday.
    static let dayZero = 4

    static func day(_ number: Int) -> Day { Day(ordinal: number + dayZero) }
    static func number(_ day: Day) -> Int { day.ordinal - dayZero }

    /// Whole weeks from day 0 to the week that starts on `day`.
    static func week(_ day: Day) -> Int {
        let weeks = number(day).quotientAndRemainder(dividingBy: 7)
        return weeks.remainder < 0 ? weeks.quotient - 1 : weeks.quotient
    }
}

extension FunnelOracle.Event {
    /// nil for a kind that is not known.
    var fact: FunnelFact? {
        let event: FunnelFact.Event? =
            switch kind {
            case "contact": place.map { .contact(place: $0) }
            case "intent": .intent
            case "application": .application
            case "founded": .established
            case "attended": place.map { .attended(place: $0) }
            case "joined": .joined
            case "verified": .verified
            case "admitted": .admitted
            case "withdrawn": .withdrawn
            case "closed": .closed
            case "organised": .organised(until: until.map(FunnelOracle.day))
            case "registered": to.map { .registered(place: $0) }
            case "alias": to.map { .alias(to: $0) }
            default: nil
            }
        return event.map {
            FunnelFact(
                id: FactID(id), unit: unit, day: day.map(FunnelOracle.day), recorded: rec,
                superseded: sup, event: $0)
        }
    }
}

extension FunnelOracle.Query {
    var query: FunnelQuery? {
        guard let track = FunnelDefinition.Track(rawValue: funnel),
            let order = FunnelDefinition.Order(rawValue: order),
            let anchor = FunnelDefinition.Anchor(rawValue: anchor),
            let place = FunnelDefinition.Place(rawValue: place)
        else { return nil }
        return FunnelQuery(
            definition: FunnelDefinition(
                track: track, window: .days(window), order: order, anchor: anchor, place: place),
            asOf: FunnelOracle.day(asOfValid), asKnownAt: asOfSystem,
            entries: FunnelOracle.day(from)..<FunnelOracle.day(to))
    }
}

extension FunnelOracle.Unit {
    init(_ unit: FunnelUnit) {
        self.init(
            unit: unit.unit, place: unit.place, week: FunnelOracle.week(unit.week),
            entryDay: FunnelOracle.number(unit.entry),
            organisedAtEntry: unit.standing == .organised, priorIntent: unit.priorIntent,
            stepDays: ([unit.entry] + unit.steps).map { $0.map(FunnelOracle.number) },
            netLive: unit.netLive, lost: unit.isLost, windowClosed: unit.windowClosed)
    }
}

extension FunnelOracle.Cohort {
    init(_ cohort: FunnelCohort) {
        self.init(
            place: cohort.place, week: FunnelOracle.week(cohort.week), reached: cohort.reached,
            unorganised: cohort.unorganised, priorIntent: cohort.priorIntent, atRisk: cohort.atRisk,
            step2: cohort.steps[0], step3: cohort.steps[1], step4: cohort.steps[2],
            netLive: cohort.netLive, lost: cohort.lost, windowOpenUnits: cohort.windowOpen,
            mature: cohort.isMature)
    }
}
