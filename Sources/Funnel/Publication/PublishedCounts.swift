/// One arm's counts by district and month, cut into parts.
struct PublishedCounts {
    struct Group: Hashable {
        let district: String
        let month: PilotMonth
    }

    /// In the order of districts and months.
    let groups: [Group]
    private let index: [Group: Int]
    /// Of each group, by `CountPart`.
    private let parts: [[Int]]

    let arm: PilotArm
    let districts: [String]
    let months: [PilotMonth]

    /// nil where cells contradict each other: more applications than intents, say.
    init?(_ cells: [PilotCell], arm: PilotArm) {
        var stages: [Group: [PilotStage: (x: Int, n: Int)]] = [:]
        for cell in cells where cell.arm == arm {
            guard let x = cell.numerator, let n = cell.denominator else { return nil }
            let group = Group(
                district: String(cell.unitCode.prefix(6)), month: PilotMonth(containing: cell.periodFrom))
            let sum = stages[group]?[cell.stage] ?? (0, 0)
            stages[group, default: [:]][cell.stage] = (sum.x + x, sum.n + n)
        }
        groups = stages.keys.sorted { ($0.district, $0.month) < ($1.district, $1.month) }
        index = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        var parts: [[Int]] = []
        for group in groups {
            let counts = stages[group] ?? [:]
            func x(_ stage: PilotStage) -> Int { counts[stage]?.x ?? 0 }
            func n(_ stage: PilotStage) -> Int { counts[stage]?.n ?? 0 }
            let mature = n(.intent)
            let cut = [
                n(.unorganised) - x(.unorganised), x(.unorganised) - mature,
                mature - x(.intent) - x(.covered), x(.covered), x(.intent) - x(.application),
                x(.application) - x(.established), x(.established), n(.onSiteApplications),
                x(.onSiteApplications),
            ]
            let bases = [n(.application), n(.established), n(.covered)]
            guard cut.allSatisfy({ $0 >= 0 }), bases.allSatisfy({ $0 == mature }) else { return nil }
            parts.append(cut)
        }
        self.parts = parts
        self.arm = arm
        districts = Set(groups.map(\.district)).sorted()
        months = Set(groups.map(\.month)).sorted()
    }

    /// The districts with units in a month, and the arm; empty where it has none.
    func scopes(in month: PilotMonth) -> [PublishedScope] {
        let present = districts.filter { index[Group(district: $0, month: month)] != nil }
        return present.isEmpty ? [] : present.map { PublishedScope(district: $0) } + [.arm]
    }

    /// By index, those of a scope in some months.
    func members(_ scope: PublishedScope, _ months: ClosedRange<PilotMonth>) -> [Int] {
        groups.indices.filter {
            months.contains(groups[$0].month)
                && (scope.district == nil || scope.district == groups[$0].district)
        }
    }

    func sum(_ scope: PublishedScope, _ stage: PilotStage, _ months: ClosedRange<PilotMonth>) -> PublishedSum
    {
        let members = members(scope, months)
        func count(_ parts: [CountPart]) -> Int {
            members.reduce(0) { total, group in
                parts.reduce(total) { $0 + self.parts[group][$1.rawValue] }
            }
        }
        return PublishedSum(
            scope: scope, stage: stage, months: months, numerator: count(stage.numeratorParts),
            denominator: count(stage.denominatorParts))
    }
}
