public import Outreach

/// What the meeting that a unit entered at says of itself and of the unit: what groups are made of beside areas and
/// weeks. Empty where it is not said.
public struct EntryTraits: Hashable, Sendable {
    public var venue = ""
    public var format = ""
    public var band = ""
    /// A section letter of GB/T 4754-2017.
    public var industry = ""
    /// The heading of its type of registration, three digits: what the register tells of the firm, not the meeting.
    public var ownership = ""
    public var cadres: [String] = []
    public var categories: [String] = []
    public var headcount: Int?
    public var isEnterprise = false
    /// Whether it says the hours of each cadre on duty.
    public var hasHours = false

    public init() {}
}

/// Units in their groups, whatever counted them.
public struct GroupedUnits: Sendable {
    let groups: FunnelGroups
    let units: [FunnelUnit]
    let traits: [FunnelUnit.Contact: EntryTraits]

    /// - Parameters:
    ///   - units: their places are codes of areas, empty where none is known.
    ///   - traits: of the contacts that the units entered at.
    public init(
        _ units: [FunnelUnit], by groups: FunnelGroups, traits: [FunnelUnit.Contact: EntryTraits]
    ) {
        self.groups = groups
        self.units = units
        self.traits = traits
    }

    /// Each group of each level with its units; all of them under the empty path.
    public var byPath: [[String]: [FunnelUnit]] {
        var found: [[String]: [FunnelUnit]] = [[]: units]
        for unit in units {
            var paths: [[String]] = [[]]
            for level in groups.levels {
                let values = Set(values(of: unit, level))
                paths = paths.flatMap { path in values.map { path + [$0] } }
                for path in paths { found[path, default: []].append(unit) }
            }
        }
        return found
    }

    private func values(of unit: FunnelUnit, _ grouping: FunnelGrouping) -> [String] {
        let traits = traits[unit.contact] ?? EntryTraits()
        func several(_ values: [String]) -> [String] { values.isEmpty ? [""] : values }
        return switch grouping {
        case .none: [""]
        case .area: [unit.place]
        case .district: [String(unit.place.prefix(6))]
        case .week: [Week(containing: unit.entry).name]
        case .venue: [traits.venue]
        case .format: [traits.format]
        case .headcount: [traits.band]
        case .industry: [traits.industry]
        case .ownership: [traits.ownership]
        case .category: several(traits.categories)
        case .cadre: several(traits.cadres)
        }
    }

    /// What the firms among some units add up to, by township.
    func tallies(
        of units: [FunnelUnit], definition: FunnelDefinition, asOf day: Day
    ) -> [String: FirmTally] {
        guard definition.track == .firm else { return [:] }
        let later = definition.firstStep - 2
        let steps = 3 - later
        var tallies: [String: FirmTally] = [:]
        for unit in units
        where unit.isAtRisk
            && (definition.window == .unlimited || definition.isMature(week: unit.week, asOf: day))
        {
            let traits = traits[unit.contact] ?? EntryTraits()
            var tally = FirmTally(steps: steps)
            for column in 0...steps where column == 0 || unit.steps[later + column - 1] != nil {
                if let headcount = traits.headcount {
                    tally.employees[column] = headcount
                } else {
                    tally.unstated[column] = 1
                }
            }
            if unit.steps[later] != nil {
                tally.atMeetings = traits.isEnterprise ? 1 : 0
                tally.atTimedMeetings = traits.isEnterprise && traits.hasHours ? 1 : 0
                tally.stated = traits.headcount == nil ? 0 : 1
            }
            tallies[unit.place, default: FirmTally(steps: steps)] += tally
        }
        return tallies
    }

    /// - Parameters:
    ///   - day: V, the last day that counts.
    ///   - beside: of meetings and coverage; what firms add up to is counted here. nil: counts alone.
    public func breakdown(
        definition: FunnelDefinition, asOf day: Day, beside: FunnelTallies? = nil
    ) -> FunnelBreakdown {
        let byPath = byPath
        var beside = beside
        beside?.firms = byPath.mapValues { tallies(of: $0, definition: definition, asOf: day) }
        return FunnelBreakdown(
            counts: byPath.mapValues { FunnelCounts(units: $0, definition: definition, asOf: day) },
            beside: beside, groups: groups, definition: definition, asOf: day)
    }
}
