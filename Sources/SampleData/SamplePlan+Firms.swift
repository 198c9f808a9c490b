import Outreach

extension SamplePlan {
    /// Founds the firms, each at the meeting where it is met first, and says which have a union.
    mutating func foundFirms(
        codes: inout SyntheticCodes, using random: inout SeededRandom
    ) throws(SampleError) {
        try shareFirmsOut(using: &random)
        var registry = FirmRegistry(using: &random)
        firmsOfArea = Array(repeating: [], count: areas.count)
        for position in meetings.indices {
            let area = meetings[position].area
            for _ in 0..<meetings[position].newFirms {
                let elsewhere = random.chance(0.12) ? neighbour(of: area, using: &random) : nil
                let profile = try registry.profile(
                    metIn: areas[area], elsewhere: elsewhere, codes: &codes, using: &random)
                firmsOfArea[area].append(firms.count)
                meetings[position].firms.append(firms.count)
                firms.append(
                    FirmPlan(
                        profile: profile, area: area, firstStatus: .unorganised, contacts: [position]))
            }
        }
        try assignStatuses(using: &random)
        chooseMagnets(using: &random)
    }

    /// A few firms are met first at a worker meeting, one at each one-to-one, the rest in groups.
    private mutating func shareFirmsOut(using random: inout SeededRandom) throws(SampleError) {
        let atWorkerMeetings = 190
        let workerWeights = meetings.map { meeting in
            meeting.kind == .worker && random.chance(0.17) ? random.skewed(0.4) : 0
        }
        let single = meetings.map { $0.format == .oneToOne && !$0.isFollowUp ? 1 : 0 }
        let groupWeights = meetings.map { meeting in
            meeting.kind == .enterprise && meeting.format == .group ? random.skewed(0.5) : 0
        }
        let inGroups = SampleFigures.published.firmsMet - atWorkerMeetings - single.reduce(0, +)
        guard
            let worker = Apportionment.shares(of: atWorkerMeetings, weights: workerWeights, minimum: 1),
            let group = Apportionment.shares(of: inGroups, weights: groupWeights, minimum: 2)
        else { throw .areasTooFew }
        for position in meetings.indices {
            meetings[position].newFirms = single[position] + worker[position] + group[position]
        }
    }

    /// Another area of the same district, or now and then of the city.
    private func neighbour(of area: Int, using random: inout SeededRandom) -> AreaCode? {
        let district = areas[area].districtCode
        let anywhere = random.chance(0.25)
        let others = areas.filter { other in
            other.code != areas[area].code && (anywhere || other.districtCode == district)
        }
        return random.pick(others)?.code
    }

    /// One-to-one meetings go to firms without a union; those with one come to groups to tell of it.
    private mutating func assignStatuses(using random: inout SeededRandom) throws(SampleError) {
        let unorganised = SampleFigures.published.unorganisedFirmsMet
        let chosen = random.choose(
            unorganised,
            weights: firms.map { firm in
                let meeting = meetings[firm.contacts[0]]
                if meeting.kind == .worker { return 1.2 }
                return meeting.format == .oneToOne ? 1.5 : 1
            })
        guard chosen.count == unorganised else { throw .areasTooFew }
        for position in firms.indices {
            let status = random.pick(weighted: [
                (UnionStatus.organised, 62), (.joint, 14), (.coveredByParent, 11), (.unknown, 13),
            ])
            firms[position].firstStatus = status ?? .organised
        }
        for position in chosen {
            firms[position].firstStatus = random.chance(0.03) ? .preparing : .unorganised
        }
    }

    /// In some areas one firm's employees join in numbers before the firm has said a word.
    private mutating func chooseMagnets(using random: inout SeededRandom) {
        magnetOfArea = areas.indices.map { area in
            let large = firmsOfArea[area].filter {
                firms[$0].firstStatus == .unorganised && firms[$0].profile.headcount >= 60
                    && firms[$0].canHaveMilestones
            }
            return random.chance(0.6) ? random.pick(large) : nil
        }
    }
}
