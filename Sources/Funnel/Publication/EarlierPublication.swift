/// A public comparison that readers already have: what is in its folder, no more.
public struct EarlierPublication: Hashable, Sendable {
    /// Its code.
    public let programme: String
    public let windowDays: Int
    public var cells: [PilotCell]
    public var totals: [PilotTotal]
    public var estimates: [PilotEstimate]

    public init(
        programme: String, windowDays: Int, cells: [PilotCell] = [], totals: [PilotTotal] = [],
        estimates: [PilotEstimate] = []
    ) {
        self.programme = programme
        self.windowDays = windowDays
        self.cells = cells
        self.totals = totals
        self.estimates = estimates
    }

    /// The last month in it; nil where it has none.
    var lastMonth: PilotMonth? { cells.map { PilotMonth(containing: $0.periodFrom) }.max() }

    /// One arm's sums up to a month, and the keys of single months that it hid.
    func sums(
        _ arm: PilotArm, until month: PilotMonth
    ) -> (shown: [PublishedSum], hidden: Set<PublishedSum.Key>) {
        var shown: [PublishedSum] = []
        var hidden: Set<PublishedSum.Key> = []
        func add(
            _ scope: PublishedScope, _ stage: PilotStage, _ months: ClosedRange<PilotMonth>,
            _ pair: (Int?, Int?)
        ) {
            guard months.upperBound <= month else { return }
            if let numerator = pair.0, let denominator = pair.1 {
                shown.append(
                    PublishedSum(
                        scope: scope, stage: stage, months: months, numerator: numerator,
                        denominator: denominator))
            } else if months.lowerBound == months.upperBound {
                hidden.insert(PublishedSum.Key(scope: scope, stage: stage, months: months))
            }
        }
        for cell in cells where cell.arm == arm {
            let month = PilotMonth(containing: cell.periodFrom)
            add(
                PublishedScope(district: cell.unitCode), cell.stage, month...month,
                (cell.numerator, cell.denominator))
        }
        for total in totals where total.arm == arm {
            let months = (PilotMonth(containing: total.periodFrom), PilotMonth(containing: total.periodTo))
            guard months.0 <= months.1 else { continue }
            add(
                PublishedScope(district: total.districtCode), total.stage, months.0...months.1,
                (total.numerator, total.denominator))
        }
        return (shown, hidden)
    }
}
