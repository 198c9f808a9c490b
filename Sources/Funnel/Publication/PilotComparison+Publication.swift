import Outreach

extension PilotComparison {
    /// What may be published of a complete comparison (SPEC §1.14): arms by district and month, as of the last
    /// day on which a month's windows closed, with small cells and whatever would tell them hidden.
    ///
    /// Between such days nothing changes but by late entries and corrections; `earlier` keeps those from being
    /// told by two folders side by side. Estimates are of the months until each outcome's last arm totals that
    /// are shown, and withheld where there are none. Effects are of the declared outcomes whose groups are large
    /// enough. All of them are as coarse as what is hidden asks for.
    public func published(
        after earlier: EarlierPublication? = nil, rule: SuppressionRule = SuppressionRule()
    ) throws(PilotPublicationError) -> PilotComparison {
        if let earlier {
            guard earlier.programme == programme else { throw .otherProgramme }
            guard earlier.windowDays == windowDays else { throw .otherWindow }
        }
        let months = Set(cells.map { PilotMonth(containing: $0.periodFrom) }).sorted()
            .filter { $0.lastDay.adding(days: windowDays) <= asOf }
        var folder = self
        folder.audience = .public
        folder.asOf = months.last.map { $0.lastDay.adding(days: windowDays) } ?? asOf
        var arms: [PilotArm: ArmPublication] = [:]
        for arm in PilotArm.allCases {
            guard let counts = PublishedCounts(cells, arm: arm) else { throw .contradictoryCounts }
            arms[arm] = try ArmPublication(counts, months: months, after: earlier, rule: rule)
        }
        let publisher = FolderPublisher(
            units: units, names: districtNames, arms: arms, months: months, earlier: earlier, rule: rule)
        folder.cells = publisher.cells
        folder.totals = publisher.totals
        folder.carried = arms.values.reduce(0) { $0 + $1.carried }
        folder.followUp = []
        folder.estimates = publisher.estimates(of: self, until: folder.asOf)
        if case .effect(let panels) = claim {
            let publishable = panels.filter { $0.isPublishable(rule) }
            folder.claim = publishable.isEmpty ? .gap(.tooSmallToPublish) : .effect(publishable)
            folder.effects = PilotEffect.published(publishable, rule)
        }
        return folder
    }

    /// District names by the first six digits of their units' codes.
    var districtNames: [String: String] {
        Dictionary(units.map { (String($0.code.prefix(6)), $0.district) }) { first, _ in first }
    }
}
