internal import Outreach

/// The order of groups: each before its parts; codes and weeks by name, kinds and bands in the order of the field,
/// never by a rate; what is not known last.
public struct FunnelGroupOrder: Sendable {
    private let levels: [[String: Int]]

    public init(_ groups: FunnelGroups) {
        levels = groups.levels.map { grouping in
            let values: [String] =
                switch grouping {
                case .venue: VenueKind.allCases.map(\.rawValue)
                case .format: MeetingFormat.allCases.map(\.rawValue)
                case .headcount: HeadcountBand.allCases.map(\.rawValue)
                case .category: WorkerCategory.allCases.map(\.rawValue)
                case .none, .area, .district, .week, .industry, .ownership, .cadre: []
                }
            return Dictionary(uniqueKeysWithValues: zip(values, values.indices))
        }
    }

    /// Paths of any depth.
    public func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (level, (one, other)) in zip(left, right).enumerated() where one != other {
            return key(one, level) < key(other, level)
        }
        return left.count < right.count
    }

    private func key(_ unit: String, _ level: Int) -> (Int, Int, String) {
        let place = levels.indices.contains(level) ? levels[level][unit] : nil
        return (unit.isEmpty ? 1 : 0, place ?? Int.max, unit)
    }
}
