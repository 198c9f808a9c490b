public import Funnel
public import Outreach

/// Which number of the weekly report somebody asks about.
public enum FigureKey: Hashable, Sendable {
    public enum Period: String, Hashable, Sendable, CaseIterable {
        case week, previous, late, year, cumulative
    }

    /// Steps of the firm funnel, over mature cohorts; then the parts of every firm at risk.
    public enum FunnelPart: String, Hashable, Sendable, CaseIterable {
        case met
        case atRisk = "at_risk"
        case intent, application, established
        case converted, covered, exited, open, expired
    }

    /// Of the firms of one week of entry.
    public enum WeekPart: String, Hashable, Sendable, CaseIterable {
        case atRisk = "at_risk"
        case intent, open
    }

    public enum IntentPlace: String, Hashable, Sendable, CaseIterable {
        case withinWindow = "within_window"
        case afterWindow = "after_window"
        case beforeFirstContact = "before_first_contact"
        case other, total
    }

    public enum IntentFate: String, Hashable, Sendable, CaseIterable {
        case established
        case joinedJointUnion = "joined_joint_union"
        case coveredByParent = "covered_by_parent"
        case inProgress = "in_progress"
        case noProgress = "no_progress"
        case lapsedOrDeclined = "lapsed_or_declined"
        case closedOrMoved = "closed_or_moved"
        case total
    }

    public enum WorkerStep: String, Hashable, Sendable, CaseIterable {
        case consulted, applied, verified, admitted
    }

    /// A measure over a period; `unit` is a district (six digits) or an area (nine), nil for the city.
    case measure(HeadlineMeasure, Period, unit: String?)
    case funnel(FunnelPart)
    /// Firms at risk of mature weeks of entry, and those of them with an intent, that entered in a unit.
    case matured(FunnelPart, unit: String)
    /// Firms at risk of other weeks of entry, that entered in a unit.
    case immature(unit: String)
    /// Firms at risk that entered in the week that begins on a day.
    case entryWeek(Day, WeekPart)
    case reconciliation(IntentPlace)
    case outcome(IntentFate)
    case worker(WorkerStep)
    /// Meetings held in the week by a unit.
    case held(unit: String)

    /// From a key path (`headline.founding_intents.week`) or a JSON pointer (`/headline/founding_intents/week`)
    /// of the weekly JSON. Entries of its lists go by their code or key.
    /// - Parameter area: a district or area: then the headline's measures are meant there.
    public init?(path: String, area: String? = nil) {
        let separator: Character = path.hasPrefix("/") ? "/" : "."
        var keys = path.split(separator: separator).map(String.init)
        // A step's number stands under `count`, a funnel's under its name.
        if keys.last == "count" { keys.removeLast() }
        if keys.count == 2, HeadlineMeasure(rawValue: keys[0]) != nil { keys.insert("headline", at: 0) }
        if let area, keys.first == "headline" { keys = ["areas", area] + keys.dropFirst() }
        guard let key = Self(keys) else { return nil }
        if area != nil, !key.isOfAUnit { return nil }
        self = key
    }

    private var isOfAUnit: Bool {
        switch self {
        case .measure(_, _, let unit): unit != nil
        case .held, .matured, .immature: true
        default: false
        }
    }

    private init?(_ keys: [String]) {
        switch (keys.first, keys.count) {
        case ("headline", 3):
            guard let measure = HeadlineMeasure(rawValue: keys[1]), let period = Period(rawValue: keys[2])
            else { return nil }
            self = .measure(measure, period, unit: nil)
        case ("areas", 4), ("districts", 4):
            self.init(unit: keys[1], keys[2], keys[3])
        case ("areas", 3), ("districts", 3):
            guard keys[2] == "open" else { return nil }
            self = .immature(unit: keys[1])
        case ("entry_weeks", 3):
            guard let start = Day(iso: keys[1]), let part = WeekPart(rawValue: keys[2]) else { return nil }
            self = .entryWeek(start, part)
        case ("firm_funnel", 2), ("firm_funnel", 3):
            // `steps` is where the first five stand in the JSON.
            guard keys.count == 2 || keys[1] == "steps", let part = FunnelPart(rawValue: keys[keys.count - 1])
            else { return nil }
            self = .funnel(part)
        case ("rates", 3):
            switch (keys[1], keys[2]) {
            case ("cumulative_intent_rate", "x"): self = .measure(.foundingIntents, .cumulative, unit: nil)
            case ("cumulative_intent_rate", "n"):
                self = .measure(.unorganisedFirmsMet, .cumulative, unit: nil)
            case ("matured_intent_rate", "x"): self = .funnel(.intent)
            case ("matured_intent_rate", "n"): self = .funnel(.atRisk)
            default: return nil
            }
        case ("intent_reconciliation", 2):
            guard let place = IntentPlace(rawValue: keys[1]) else { return nil }
            self = .reconciliation(place)
        case ("intent_outcomes", 2):
            guard let fate = IntentFate(rawValue: keys[1]) else { return nil }
            self = .outcome(fate)
        case ("worker_funnel", 2), ("worker_funnel", 3):
            guard keys.count == 2 || keys[1] == "steps", let step = WorkerStep(rawValue: keys[keys.count - 1])
            else { return nil }
            self = .worker(step)
        case ("conservation", 3):
            guard keys[2] == "city", let measure = HeadlineMeasure(rawValue: keys[1]) else { return nil }
            self = .measure(measure, .cumulative, unit: nil)
        case ("completeness", 3):
            guard keys[2] == "held" else { return nil }
            self = .held(unit: keys[1])
        default: return nil
        }
    }

    private init?(unit: String, _ measure: String, _ period: String) {
        switch (measure, period) {
        case ("matured_intent_rate", "x"): self = .matured(.intent, unit: unit)
        case ("matured_intent_rate", "n"): self = .matured(.atRisk, unit: unit)
        case ("intent_rate", "x"): self = .measure(.foundingIntents, .cumulative, unit: unit)
        case ("intent_rate", "n"): self = .measure(.unorganisedFirmsMet, .cumulative, unit: unit)
        default:
            guard let measure = HeadlineMeasure(rawValue: measure), let period = Period(rawValue: period),
                period == .week || period == .cumulative
            else { return nil }
            self = .measure(measure, period, unit: unit)
        }
    }
}
