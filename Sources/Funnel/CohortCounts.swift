/// Firms at risk of one place, by what is known of them since their first meeting.
public struct CohortCounts: Hashable, Sendable {
    /// Firms that are known equally long, and ended alike.
    public struct Ending: Hashable, Sendable {
        /// From entry, at most the window: to the intent, to the loss, or to the last day known.
        public let days: Int
        public let end: TimeToEvent.End
        public let firms: Int

        public init(days: Int, end: TimeToEvent.End, firms: Int) {
            (self.days, self.end, self.firms) = (days, end, firms)
        }
    }

    /// Of mature weeks of entry: those with an intent in the window, of those at risk.
    public var matured: Proportion
    /// At risk, of weeks of entry some of whose windows have not ended.
    public var immature: Int
    /// Every firm at risk, of mature weeks and others, in no order.
    public var endings: [Ending]

    public init(matured: Proportion, immature: Int, endings: [Ending]) {
        (self.matured, self.immature, self.endings) = (matured, immature, endings)
    }

    public static let none = CohortCounts(matured: Proportion(x: 0, n: 0), immature: 0, endings: [])

    /// Of several places together.
    public init(sumOf parts: [CohortCounts]) {
        var firms: [Kind: Int] = [:]
        for ending in parts.flatMap(\.endings) {
            firms[Kind(days: ending.days, end: ending.end), default: 0] += ending.firms
        }
        self.init(
            matured: Proportion(sumOf: parts.map(\.matured)),
            immature: parts.reduce(0) { $0 + $1.immature },
            endings: firms.map { Ending(days: $0.key.days, end: $0.key.end, firms: $0.value) }
                .sorted { ($0.days, $0.end.rank) < ($1.days, $1.end.rank) })
    }

    private struct Kind: Hashable {
        let days: Int
        let end: TimeToEvent.End
    }

    /// The share with an intent by the last day of the window, firms whose window is open taken as far as they are
    /// known (Aalen & Johansen; SPEC §1.9, §2.4): provisional, since later days add to it.
    ///
    /// nil where nobody is open, which leaves nothing provisional, and where nobody was followed to that day.
    public func provisional(window: Int) -> ProvisionalShare? {
        let followed = endings.reduce(0) { $0 + ($1.days >= window ? $1.firms : 0) }
        guard immature > 0, followed > 0 else { return nil }
        let units = endings.flatMap {
            Array(repeating: TimeToEvent(days: $0.days, end: $0.end), count: $0.firms)
        }
        guard let estimate = CumulativeIncidence(units).step(on: window)?.event else { return nil }
        // Of nobody so far the delta method would be certain.
        return ProvisionalShare(
            share: estimate.share, interval: estimate.share > 0 ? estimate.interval : nil,
            firms: units.count, followed: followed)
    }
}

/// An intent by the window's last day, estimated while some windows are still open.
public struct ProvisionalShare: Hashable, Sendable {
    public let share: Double
    /// Firms taken as independent; nil where nobody or everyone has an intent.
    public let interval: ConfidenceInterval?
    /// Everyone at risk.
    public let firms: Int
    /// Those who were followed to the window's last day.
    public let followed: Int
}

extension TimeToEvent.End {
    /// A fixed order, so that equal figures are equal values.
    fileprivate var rank: Int {
        switch self {
        case .event: 0
        case .competing: 1
        case .censored: 2
        }
    }
}
