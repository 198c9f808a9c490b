import Outreach

/// Turns what is published of each arm into the rows of the folder.
struct FolderPublisher {
    let units: [ProgrammeUnit]
    let names: [String: String]
    let arms: [PilotArm: ArmPublication]
    let months: [PilotMonth]
    let earlier: EarlierPublication?
    let rule: SuppressionRule

    /// The first day of an arm's units in a district.
    private func start(_ arm: PilotArm, _ district: String?) -> Day? {
        units.filter { $0.arm == arm && (district == nil || $0.code.hasPrefix(district ?? "")) }
            .map(\.startOn).min()
    }

    private func days(
        _ months: ClosedRange<PilotMonth>, _ arm: PilotArm, _ district: String?
    ) -> (from: Day, to: Day) {
        let first = months.lowerBound.firstDay
        return (start(arm, district).map { max(first, $0) } ?? first, months.upperBound.lastDay)
    }

    // MARK: - Counts

    /// Every arm, district, month and stage, hidden ones without their numbers.
    var cells: [PilotCell] {
        var cells: [PilotCell] = []
        for arm in PilotArm.allCases {
            guard let publication = arms[arm] else { continue }
            let shown = Dictionary(publication.chain.shown.map { ($0.key, $0) }) { first, _ in first }
            for district in publication.counts.districts {
                let scope = PublishedScope(district: district)
                for month in months where publication.counts.scopes(in: month).contains(scope) {
                    let days = days(month...month, arm, district)
                    for stage in PilotStage.allCases {
                        let key = PublishedSum.Key(scope: scope, stage: stage, months: month...month)
                        let sum = shown[key]
                        cells.append(
                            PilotCell(
                                unitCode: district, unitName: names[district] ?? district, arm: arm,
                                startOn: start(arm, district) ?? days.from, periodFrom: days.from,
                                periodTo: days.to, stage: stage, numerator: sum?.numerator,
                                denominator: sum?.denominator,
                                // A month is released when all its windows have closed.
                                open: sum != nil && stage.hasWindow ? 0 : nil, suppressed: sum == nil))
                    }
                }
            }
        }
        return cells
    }

    /// Each arm by month, and every total from the start that is or was shown.
    var totals: [PilotTotal] {
        var totals: [PilotTotal] = []
        for arm in PilotArm.allCases {
            guard let chain = arms[arm]?.chain else { continue }
            for sum in chain.shown where sum.scope == .arm || !sum.isMonth {
                totals.append(total(arm, sum, isShown: true))
            }
            for sum in chain.hidden where sum.scope == .arm {
                totals.append(total(arm, sum, isShown: false))
            }
        }
        return totals.sorted { $0.place < $1.place }
    }

    private func total(_ arm: PilotArm, _ sum: PublishedSum, isShown: Bool) -> PilotTotal {
        let days = days(sum.months, arm, sum.scope.district)
        return PilotTotal(
            arm: arm, districtCode: sum.scope.district, district: sum.scope.district.flatMap { names[$0] },
            periodFrom: days.from, periodTo: days.to, stage: sum.stage,
            numerator: isShown ? sum.numerator : nil, denominator: isShown ? sum.denominator : nil,
            suppressed: !isShown)
    }

    // MARK: - Estimates

    /// Of each outcome the estimates until the last month for which the totals of both arms are shown, as they
    /// are known; where a total keeps an earlier value, the estimates stay the earlier ones.
    func estimates(of comparison: PilotComparison, until asOf: Day) -> [PilotEstimate] {
        let estimates = PilotStage.allCases.flatMap { stage -> [PilotEstimate] in
            guard let last = lastTotal(stage) else { return withheld(stage, comparison) }
            guard last.isCurrent else {
                let earlier = earlier?.estimates.filter { $0.outcome == stage } ?? []
                return earlier.isEmpty ? withheld(stage, comparison) : earlier
            }
            let cells = comparison.cells.filter {
                $0.stage == stage && PilotMonth(containing: $0.periodFrom) <= last.month
            }
            let followUp = comparison.followUp.filter { PilotMonth(containing: $0.enteredOn) <= last.month }
                .compactMap { $0.known(on: asOf) }
            return PublishedEstimates(of: stage, cells, followUp: stage == .intent ? followUp : [], rule).all
        }
        return PilotEstimates.adjusted(estimates).map { estimate in
            var estimate = estimate
            // Of coarse ones, to as many digits.
            estimate.pBH = estimate.pBH.map { Coarse.up($0, parts: 100) }
            return estimate
        }
    }

    private func withheld(_ stage: PilotStage, _ comparison: PilotComparison) -> [PilotEstimate] {
        let cells = comparison.cells.filter { $0.stage == stage }.map { cell in
            var cell = cell
            (cell.numerator, cell.denominator, cell.suppressed) = (nil, nil, true)
            return cell
        }
        return PilotEstimates.estimates(from: cells)
    }

    /// nil where no month has shown totals of both arms. Current where they are what is known now.
    private func lastTotal(_ stage: PilotStage) -> (month: PilotMonth, isCurrent: Bool)? {
        var ends: [[PilotMonth: Bool]] = []
        for arm in PilotArm.allCases {
            guard let publication = arms[arm] else { return nil }
            let start = publication.counts.months.first
            let sums = publication.chain.shown.filter {
                $0.scope == .arm && $0.stage == stage && $0.months.lowerBound == start
            }
            ends.append(
                Dictionary(
                    sums.map {
                        (
                            $0.months.upperBound,
                            $0 == publication.counts.sum($0.scope, $0.stage, $0.months)
                        )
                    }
                ) { first, _ in first })
        }
        guard ends.count == 2, let month = Set(ends[0].keys).intersection(ends[1].keys).max() else {
            return nil
        }
        return (month, ends.allSatisfy { $0[month] == true })
    }
}

extension PilotStage {
    /// Whether it is judged within a window from entry.
    var hasWindow: Bool { self != .unorganised && self != .onSiteApplications }
}
