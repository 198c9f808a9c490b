/// What came of a meeting, of an hour of a cadre, or of 1,000 employees.
///
/// `x` is counted where `n` is: intents of firms that entered at an enterprise meeting, per enterprise meeting; at
/// one that says its hours, per hour; of firms that said their size, per 1,000 employees. Intents are of mature
/// weeks of entry and so are their meetings; without a window, all are.
public struct FunnelRate: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case intentsPerMeeting = "intents_per_enterprise_meeting"
        case intentsPerHour = "intents_per_cadre_hour"
        case intentsPerThousandEmployees = "intents_per_1000_employees"
        case applicationsPerMeeting = "applications_per_worker_meeting"
        case applicationsPerHour = "applications_per_cadre_hour"

        /// Of the rate to `x / n`: `n` is in minutes for hours, in persons for thousands.
        public var scale: Double {
            switch self {
            case .intentsPerMeeting, .applicationsPerMeeting: 1
            case .intentsPerHour, .applicationsPerHour: 60
            case .intentsPerThousandEmployees: 1000
            }
        }
    }

    /// What an interval takes as independent.
    public enum Method: String, Sendable {
        /// Townships: CR2 of `ClusterMean`.
        case clustered = "cr2, clustered by township"
        /// Each intent or application by itself (`CountRate`), where one township stands alone or nothing varies
        /// between them. Meetings differ by more than that, so that it is too narrow.
        case poisson = "poisson, ignores clustering"
    }

    public let kind: Kind
    public let x: Int
    /// Meetings, minutes or persons.
    public let n: Int
    /// 95 %; nil where `n` is 0.
    public let interval: ConfidenceInterval?
    /// nil without an interval.
    public let method: Method?
    /// Townships with a denominator.
    public let townships: Int

    /// nil where there is nothing to divide by.
    public var value: Double? { n == 0 ? nil : Double(x) * kind.scale / Double(n) }

    /// - Parameter townships: counts of each, in the order of their codes.
    public init(_ kind: Kind, townships: [(x: Int, n: Int)]) {
        self.kind = kind
        x = townships.reduce(0) { $0 + $1.x }
        n = townships.reduce(0) { $0 + $1.n }
        self.townships = townships.count { $0.n > 0 }
        guard n > 0 else {
            (interval, method) = (nil, nil)
            return
        }
        let clustered = ClusterMean(townships)?.inference.interval().map {
            ConfidenceInterval(lower: max(0, $0.lower), upper: $0.upper)
        }
        method = clustered == nil ? .poisson : .clustered
        let interval = clustered ?? CountRate(x, over: n).interval
        self.interval = ConfidenceInterval(
            lower: interval.lower * kind.scale, upper: interval.upper * kind.scale)
    }
}
