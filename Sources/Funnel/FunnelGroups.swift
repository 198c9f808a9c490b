public import Outreach

/// Groups within groups, outermost first: `district,venue` is each district, and its venues.
public struct FunnelGroups: Hashable, Sendable {
    /// Empty for all units together.
    public let levels: [FunnelGrouping]

    public init(_ levels: [FunnelGrouping]) { self.levels = levels.filter { $0 != .none } }

    public init(_ grouping: FunnelGrouping) { self.init([grouping]) }

    /// - Parameter words: each a grouping or several with commas between them.
    public init(
        words: some Sequence<String>, of track: FunnelDefinition.Track
    ) throws(FunnelGroupsError) {
        var levels: [FunnelGrouping] = []
        for word in words.flatMap({ $0.split(separator: ",", omittingEmptySubsequences: false) }) {
            guard let grouping = FunnelGrouping(rawValue: String(word)) else { throw .unknown }
            guard grouping.applies(to: track) else { throw .ofTheOtherTrack(grouping) }
            if levels.contains(grouping) { throw .twice(grouping) }
            levels.append(grouping)
        }
        if levels.count > 1, levels.contains(.none) { throw .noneAmongOthers }
        if let area = levels.firstIndex(of: .area), let district = levels.firstIndex(of: .district),
            area < district
        {
            throw .districtWithinArea
        }
        self.init(levels)
    }

    /// As it is written after `--by`.
    public var text: String {
        levels.isEmpty ? FunnelGrouping.none.rawValue : levels.map(\.rawValue).joined(separator: ",")
    }

    /// Whether a unit may stand in several of the innermost groups.
    public var overlaps: Bool { levels.contains(where: \.overlaps) }

    /// How many of the outer levels satisfy a condition before the first that does not.
    public func depth(_ condition: (FunnelGrouping) -> Bool) -> Int {
        levels.firstIndex { !condition($0) } ?? levels.count
    }

    /// What people may choose, for help and refusals.
    public static let choices =
        FunnelGrouping.allCases.map(\.rawValue).joined(separator: " ")
}

/// Why groups cannot be had.
public enum FunnelGroupsError: Error, Hashable, Sendable {
    case unknown
    case ofTheOtherTrack(FunnelGrouping)
    case twice(FunnelGrouping)
    case noneAmongOthers
    case districtWithinArea

    /// Stable.
    public var code: String {
        switch self {
        case .unknown: "choice.unknown"
        case .ofTheOtherTrack: "by.track"
        case .twice: "by.twice"
        case .noneAmongOthers: "by.none"
        case .districtWithinArea: "by.order"
        }
    }

    public var rule: Bilingual {
        switch self {
        case .unknown: Bilingual(zh: "没有这个选项", en: "no such choice")
        case .ofTheOtherTrack(.category):
            Bilingual(
                zh: "人员类别是申请职工的分组", en: "the category is an applicant's, and no firm's")
        case .ofTheOtherTrack(.industry):
            Bilingual(zh: "行业是企业的分组", en: "the industry is a firm's, and no worker's")
        case .ofTheOtherTrack(.ownership):
            Bilingual(zh: "登记注册类型是企业的分组", en: "the ownership is a firm's, and no worker's")
        case .ofTheOtherTrack: Bilingual(zh: "职工人数是企业的分组", en: "the headcount is a firm's")
        case .twice(let grouping):
            Bilingual(
                zh: "\(grouping.rawValue) 出现了两次", en: "\(grouping.rawValue) stands there twice")
        case .noneAmongOthers:
            Bilingual(zh: "none 表示不分组，不能与其他分组同用", en: "none means no groups, and stands alone")
        case .districtWithinArea:
            Bilingual(
                zh: "一个街道（乡镇）只属于一个区，区不能分在街道（乡镇）之下",
                en: "an area lies in one district: there are no districts within it")
        }
    }

    public var mend: Bilingual {
        switch self {
        case .unknown:
            Bilingual(
                zh: "可选：\(FunnelGroups.choices)", en: "one of: \(FunnelGroups.choices)")
        case .ofTheOtherTrack(.category):
            Bilingual(zh: "用 --track worker（track=worker）", en: "use --track worker (track=worker)")
        case .ofTheOtherTrack:
            Bilingual(
                zh: "用 area、district、week、venue、format、category 或 cadre 分组",
                en: "group by area, district, week, venue, format, category or cadre")
        case .twice: Bilingual(zh: "只留一个", en: "leave one")
        case .noneAmongOthers: Bilingual(zh: "去掉 none", en: "leave none out")
        case .districtWithinArea: Bilingual(zh: "写成 district,area", en: "write district,area")
        }
    }
}
