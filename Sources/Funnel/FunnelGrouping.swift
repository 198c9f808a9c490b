/// What a funnel is broken down by. Raw values are the words of `goutong funnel --by`.
public enum FunnelGrouping: String, CaseIterable, Sendable {
    case none, area, district, week, venue, format, headcount, industry, ownership, category, cadre

    /// Whether a unit may stand in several of its groups: several cadres were at the meeting, an applicant is
    /// in several categories.
    public var overlaps: Bool { self == .category || self == .cadre }

    /// Whether it is a group of meetings too, so that there is something per meeting and per hour.
    public var isOfMeetings: Bool {
        switch self {
        case .none, .area, .district, .week, .venue, .format, .cadre: true
        case .headcount, .industry, .ownership, .category: false
        }
    }

    /// Whether firms that were never met stand in one of its groups, too.
    public var isPlace: Bool { self == .area || self == .district }

    /// Size, industry and ownership are a firm's, categories an applicant's.
    public func applies(to track: FunnelDefinition.Track) -> Bool {
        switch self {
        case .headcount, .industry, .ownership: track == .firm
        case .category: track == .worker
        case .none, .area, .district, .week, .venue, .format, .cadre: true
        }
    }
}
