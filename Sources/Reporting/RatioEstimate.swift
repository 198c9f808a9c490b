import Funnel

/// So many of one thing for so many of another as it is printed: never without both and its interval.
struct RatioEstimate: Hashable, Sendable {
    let x: Int
    /// Meetings, hours or persons.
    let n: Double
    /// Of the rate to `x / n`.
    private let scale: Double
    let interval: ConfidenceInterval?

    init(_ rate: FunnelRate) {
        x = rate.x
        interval = rate.interval
        switch rate.kind {
        case .intentsPerHour, .applicationsPerHour: (n, scale) = (Double(rate.n) / 60, 1)
        case .intentsPerMeeting, .applicationsPerMeeting: (n, scale) = (Double(rate.n), 1)
        case .intentsPerThousandEmployees: (n, scale) = (Double(rate.n), rate.kind.scale)
        }
    }

    /// nil where there is nothing to divide by.
    var value: Double? { n == 0 ? nil : Double(x) * scale / n }

    var isWhole: Bool { n == n.rounded() }
}
