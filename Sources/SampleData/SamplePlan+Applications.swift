import Outreach

extension SamplePlan {
    /// Shares the on-site applications out, and says how many of each meeting's are listed by name.
    mutating func shareApplications(using random: inout SeededRandom) throws(SampleError) {
        var left = SampleFigures.published.onSiteApplications
        for position in meetings.indices where meetings[position].kind == .enterprise {
            guard meetings[position].format == .group, random.chance(0.25) else { continue }
            meetings[position].applications = random.whole(1...6)
            left -= meetings[position].applications
        }
        let weights = meetings.map { meeting in
            meeting.kind == .worker && random.chance(0.93) ? random.skewed(0.8) : 0
        }
        guard let shares = Apportionment.shares(of: left, weights: weights) else { throw .areasTooFew }
        for (position, share) in shares.enumerated() where meetings[position].kind == .worker {
            meetings[position].applications = share
        }
        for position in meetings.indices {
            let all = meetings[position].applications
            switch random.unit() {
            case ..<0.54: meetings[position].listed = all
            case ..<0.78: meetings[position].listed = all * random.whole(40...80) / 100
            default: meetings[position].listed = 0
            }
        }
    }
}
