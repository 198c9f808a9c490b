public import Outreach

extension FirmFunnelCounts {
    /// The counts of the firms that entered from `from` to `to`, both included, as of `asOf`.
    ///
    /// The five-way split and the median are of every at-risk firm; `atRisk`, `intent`, `application`
    /// and `established` of those in mature weeks only. Without a window there is no maturity, and
    /// the steps are of every at-risk firm so far. Programmer error where a journey cannot answer
    /// `definition` (`JourneyEvaluation.supports`).
    public init(
        journeys: some Sequence<Journey>, definition: FunnelDefinition, asOf: Day, from: Day, to: Day
    ) {
        var counts = FirmFunnelCounts(
            met: 0, atRisk: 0, intent: 0, application: 0, established: 0, converted: 0, covered: 0,
            exited: 0, open: 0, expired: 0, medianDaysToIntent: nil)
        var daysToIntent: [Int] = []
        for journey in journeys where from <= journey.entry && journey.entry <= to {
            guard let evaluation = JourneyEvaluation(journey, definition: definition, asOf: asOf) else {
                continue
            }
            counts.met += 1
            guard let outcome = evaluation.outcome else { continue }
            counts.add(outcome)
            if evaluation.isMature || definition.window == .unlimited { counts.add(evaluation.steps) }
            if let days = evaluation.daysToIntent { daysToIntent.append(days) }
        }
        counts.medianDaysToIntent = Self.median(of: daysToIntent)
        self = counts
    }

    private mutating func add(_ outcome: FunnelOutcome) {
        switch outcome {
        case .converted: converted += 1
        case .covered: covered += 1
        case .exited: exited += 1
        case .open: open += 1
        case .expired: expired += 1
        }
    }

    private mutating func add(_ steps: [Day?]) {
        atRisk += 1
        intent += steps[0] == nil ? 0 : 1
        application += steps[1] == nil ? 0 : 1
        established += steps[2] == nil ? 0 : 1
    }

    /// The mean of the two middle values where their number is even.
    static func median(of values: [Int]) -> Double? {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}
