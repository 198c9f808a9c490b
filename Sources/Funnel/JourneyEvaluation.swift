public import Outreach

/// A journey under one definition as of one day.
public struct JourneyEvaluation: Hashable, Sendable {
    /// Days of intent, application and establishment; nil where not reached, and for firms not at risk.
    public let steps: [Day?]
    /// nil for firms not at risk.
    public let outcome: FunnelOutcome?
    public let windowClosed: Bool
    /// First day of the week of entry.
    public let week: Day
    /// Every window of the week of entry has ended.
    public let isMature: Bool
    /// Days from entry to intent; nil where there is none in the window.
    public let daysToIntent: Int?

    /// Whether a journey row holds what `definition` asks for; what it does not hold, the ledger does.
    public static func supports(_ definition: FunnelDefinition) -> Bool {
        definition.track == .firm && definition.start == .firstContact && definition.anchor == .first
            && definition.order != .strict && definition.place == .entryContact
    }

    /// nil where the firm had not entered by `day`. Programmer error where `definition` is not supported.
    public init?(_ journey: Journey, definition: FunnelDefinition, asOf day: Day) {
        precondition(Self.supports(definition), "a journey row cannot answer this definition")
        guard journey.entry <= day else { return nil }
        let window = FunnelWindow(entry: journey.entry, length: definition.window, asOf: day)
        let steps = journey.isAtRisk ? journey.steps(in: window, order: definition.order) : [nil, nil, nil]
        self.steps = steps
        outcome =
            journey.isAtRisk
            ? FunnelOutcome(
                converted: steps[0] != nil, covered: window.within(journey.covered) != nil,
                exited: window.within(journey.lost) != nil, windowClosed: window.isClosed)
            : nil
        windowClosed = window.isClosed
        week = definition.week(of: journey.entry)
        isMature = definition.isMature(week: week, asOf: day)
        daysToIntent = steps[0].map { $0.days(since: journey.entry) }
    }
}

extension Journey {
    fileprivate func steps(in window: FunnelWindow, order: FunnelDefinition.Order) -> [Day?] {
        switch order {
        case .ordered, .strict:
            [intent, applicationAfterIntent, establishedAfterApplication].map(window.within)
        case .implied, .any:
            StepDays.unordered([intent, application, established].map(window.within), order: order)
        }
    }
}
