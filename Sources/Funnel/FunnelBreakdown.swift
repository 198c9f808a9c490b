public import Outreach

/// A funnel by group. Each outer group before its parts, in the order of the field, what has no group last; and all
/// units counted anew.
///
/// A unit stands in one group, so that every count but the median adds up to the group around it, except where
/// several cadres or categories hold it: `overlap` is then what the parts have too much.
public struct FunnelBreakdown: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
        /// From the outermost group on, each a code, a week's name, a kind, a band or a name; empty where it
        /// is not known.
        public let path: [String]
        public let counts: FunnelCounts
        /// nil where they were not asked for.
        public var measures: FunnelMeasures?

        public init(path: [String], counts: FunnelCounts, measures: FunnelMeasures? = nil) {
            self.path = path
            self.counts = counts
            self.measures = measures
        }

        /// Of a funnel that has one kind of groups.
        public init(unit: String, counts: FunnelCounts) { self.init(path: [unit], counts: counts) }

        /// The innermost group.
        public var unit: String { path.last ?? "" }
        /// 1 for an outermost group.
        public var level: Int { path.count }
    }

    public var groups: [Row]
    /// nil where not every group is told, so that the whole is not either.
    public var total: FunnelCounts?
    /// Of the whole.
    public var measures: FunnelMeasures?

    public init(groups: [Row], total: FunnelCounts?, measures: FunnelMeasures? = nil) {
        self.groups = groups
        self.total = total
        self.measures = measures
    }

    /// From what was counted by path, the whole under the empty one. A group that has meetings, or firms that were
    /// never met, and no units is a group. Without groups the whole is the one group.
    ///
    /// - Parameter beside: nil: counts alone.
    public init(
        counts: [[String]: FunnelCounts], beside: FunnelTallies? = nil, groups: FunnelGroups,
        definition: FunnelDefinition, asOf day: Day
    ) {
        let none = FunnelCounts(units: [], definition: definition, asOf: day)
        let ofMeetings = groups.depth(\.isOfMeetings)
        // From the intent on a firm enters on a day that need not have a meeting.
        let hasMeetings = definition.track == .worker || definition.start == .firstContact
        let beside = hasMeetings ? beside : beside?.ofFirms
        let meetings = beside?.meetings ?? [:]
        let coverage = (beside?.coverage ?? [:]).filter { $0.value.firms.n > 0 || $0.value.unknown > 0 }
        let paths = Set(counts.keys).union(meetings.keys).union(coverage.keys).union([[]])
        let rows = paths.sorted(by: FunnelGroupOrder(groups).precedes).map { path in
            Row(
                path: path, counts: counts[path] ?? none,
                measures: beside.map { beside in
                    var measures = FunnelMeasures(
                        firms: beside.firms[path] ?? [:],
                        meetings: hasMeetings && path.count <= ofMeetings ? meetings[path] ?? [:] : nil,
                        definition: definition)
                    measures.coverage = coverage[path]
                    return measures
                })
        }
        self.init(
            groups: groups.levels.isEmpty ? rows : Array(rows.dropFirst()), total: rows.first?.counts,
            measures: rows.first?.measures)
    }

    /// Some outermost groups alone with their parts, without a total.
    public func limited(to units: Set<String>) -> FunnelBreakdown {
        FunnelBreakdown(
            groups: groups.filter { $0.path.first.map(units.contains) ?? false }, total: nil)
    }

    /// The parts of a group, or of the whole for an empty path.
    public func parts(of path: [String]) -> [Row] {
        groups.filter { $0.level == path.count + 1 && $0.path.starts(with: path) }
    }
}

/// A figure of the whole beside its parts: `parts + unassigned − overlap = total`.
public struct FunnelConservation: Hashable, Sendable {
    public let parts: Int
    /// Of the group that is not known.
    public let unassigned: Int
    public let overlap: Int
    public let total: Int

    public init(parts: [FunnelBreakdown.Row], total: FunnelCounts, _ figure: (FunnelCounts) -> Int) {
        func sum(_ rows: [FunnelBreakdown.Row]) -> Int { rows.reduce(0) { $0 + figure($1.counts) } }
        let known = sum(parts.filter { !$0.unit.isEmpty })
        let unassigned = sum(parts.filter(\.unit.isEmpty))
        self.parts = known
        self.unassigned = unassigned
        self.total = figure(total)
        overlap = known + unassigned - self.total
    }
}
