public import Funnel
public import Outreach

/// The funnel by group, as text, CSV, JSON, a page or a workbook: counts, mature rates with their intervals, the split
/// by what became of each; firms and their employees, meetings and what came of them, coverage. Every row, never
/// cut off.
public struct FunnelTable: Sendable {
    let breakdown: FunnelBreakdown
    let definition: FunnelDefinition
    let groups: FunnelGroups
    /// Entries lie in these days, both included.
    let from: Day
    let to: Day
    let federation: Bilingual
    let synthetic: Bool
    let asKnownAt: String
    /// Of areas, districts and sections of industry, by code.
    let names: [String: String]

    /// - Parameters:
    ///   - federation: its name.
    ///   - asKnownAt: RFC 3339 with the office's offset.
    ///   - names: of areas, districts and sections of industry, by code.
    public init(
        breakdown: FunnelBreakdown, definition: FunnelDefinition, groups: FunnelGroups, from: Day,
        to: Day, federation: Bilingual, synthetic: Bool, asKnownAt: String, names: [String: String]
    ) {
        self.breakdown = breakdown
        self.definition = definition
        self.groups = groups
        self.from = from
        self.to = to
        self.federation = federation
        self.synthetic = synthetic
        self.asKnownAt = asKnownAt
        self.names = names
    }

    // MARK: Columns

    struct Column {
        let key: String
        let name: Bilingual
        let value: (FunnelCounts) -> Int
    }

    /// The share of the at-risk units of mature weeks that reached a step.
    struct Rate {
        let step: String
        let name: Bilingual
        let position: Int

        /// nil where nothing was counted.
        func proportion(_ counts: FunnelCounts) -> Proportion? {
            counts.atRisk > 0 ? Proportion(x: counts.steps[position], n: counts.atRisk) : nil
        }
    }

    private static let firmSteps = [
        ("intent", Bilingual(zh: "达成意向", en: "intent")),
        ("application", Bilingual(zh: "提出申请", en: "applied")),
        ("established", Bilingual(zh: "批复成立", en: "established")),
    ]
    private static let workerSteps = [
        ("joined", Bilingual(zh: "申请入会", en: "joined")),
        ("verified", Bilingual(zh: "审核通过", en: "verified")),
        ("admitted", Bilingual(zh: "批准入会", en: "admitted")),
    ]

    var entry: (key: String, name: Bilingual, atRisk: Bilingual) {
        let unorganised = Bilingual(zh: "满期未建会", en: "at risk")
        return switch (definition.track, definition.start) {
        case (.firm, .firstContact): ("met", Bilingual(zh: "涉及企业", en: "met"), unorganised)
        case (.firm, .intent): ("entered", Bilingual(zh: "有意向企业", en: "with intent"), unorganised)
        case (.worker, _):
            (
                "applied", Bilingual(zh: "申请职工", en: "applied"),
                Bilingual(zh: "满期申请职工", en: "at risk")
            )
        }
    }

    /// Keys and names of the steps after the entry.
    var steps: [(key: String, name: Bilingual)] {
        switch definition.track {
        case .firm: Array(Self.firmSteps.dropFirst(definition.firstStep - 2))
        case .worker: Array(Self.workerSteps.dropFirst(definition.firstStep - 2))
        }
    }

    var columns: [Column] {
        var columns = [
            Column(key: entry.key, name: entry.name) { $0.entered },
            Column(key: "at_risk", name: entry.atRisk) { $0.atRisk },
        ]
        columns += steps.enumerated().map { position, step in
            Column(key: step.key, name: step.name) { $0.steps[position] }
        }
        columns.append(Column(key: "converted", name: Bilingual(zh: "已达成", en: "converted")) { $0.converted })
        if definition.track == .firm {
            columns.append(Column(key: "covered", name: Bilingual(zh: "被涵盖", en: "covered")) { $0.covered })
        }
        return columns + [
            Column(
                key: "exited",
                name: definition.track == .firm
                    ? Bilingual(zh: "终止跟进", en: "exited") : Bilingual(zh: "未通过", en: "exited")
            ) { $0.exited },
            Column(key: "open", name: Bilingual(zh: "跟踪期未满", en: "open")) { $0.open },
            Column(key: "expired", name: Bilingual(zh: "期满未达成", en: "expired")) { $0.expired },
        ]
    }

    /// Of the first step and of the last.
    var rates: [Rate] {
        [0, steps.count - 1].map { position in
            let step = steps[position]
            return Rate(
                step: step.key,
                name: Bilingual(zh: step.name.zh + "率", en: step.name.en + " rate"), position: position)
        }
    }

    var medianKey: String { "median_days_to_\(steps[0].key)" }

    // MARK: Groups

    /// Each group's name, and after a group that has parts what it is.
    func labels(_ path: [String], _ words: Catalogue) -> [String] {
        let names = path.enumerated().map { label($1, of: groups.levels[$0], words) }
        let rest = groups.levels.count - path.count
        guard rest > 0 else { return names }
        return names + [words["row.subtotal"]] + Array(repeating: "", count: rest - 1)
    }

    private func label(_ unit: String, of grouping: FunnelGrouping, _ words: Catalogue) -> String {
        guard !unit.isEmpty else {
            return words.known("group.unknown.\(grouping.rawValue)") ?? words["group.unknown"]
        }
        let key: String? =
            switch grouping {
            case .venue: "venue"
            case .format: "meeting_format"
            case .ownership: "ownership"
            case .category: "category"
            default: nil
            }
        if let key { return words.known("\(key).\(unit)") ?? unit }
        guard let name = names[unit] else { return unit }
        return grouping == .industry ? "\(unit) \(name)" : name
    }

    /// Above the names of groups.
    func groupHeadings(_ words: Catalogue) -> [String] {
        groups.levels.count < 2
            ? [words["column.group"]] : groups.levels.map { words["group.\($0.rawValue)"] }
    }

    func groupTitle(_ words: Catalogue) -> String {
        guard groups.levels.count > 1 else { return words["funnel_by.\(groups.text)"] }
        let list = groups.levels.map { words["group.\($0.rawValue)"] }
        return words(
            "funnel_by.nested", ["groups": list.joined(separator: words["format.list_separator"])])
    }

    /// What the parts of a group count too much of those who entered; nil for innermost groups.
    func overlap(of row: FunnelBreakdown.Row) -> Int? {
        guard row.level < groups.levels.count else { return nil }
        return FunnelConservation(parts: breakdown.parts(of: row.path), total: row.counts, \.entered)
            .overlap
    }

    /// Each figure of the whole beside its parts; none without groups or without the whole.
    var conservation: [(column: Column, line: FunnelConservation)] {
        guard let total = breakdown.total, !groups.levels.isEmpty else { return [] }
        let parts = breakdown.parts(of: [])
        return columns.map { ($0, FunnelConservation(parts: parts, total: total, $0.value)) }
    }
}
