public import Outreach

/// One row of `totals.csv`: a pair of counts of a whole arm, or of its units in one district, over some months.
public struct PilotTotal: Hashable, Sendable {
    public var arm: PilotArm
    /// The first six digits of the units' codes; nil for the whole arm.
    public var districtCode: String?
    public var district: String?
    public var periodFrom: Day
    /// Included.
    public var periodTo: Day
    public var stage: PilotStage
    /// nil where suppressed.
    public var numerator: Int?
    /// nil where suppressed.
    public var denominator: Int?
    public var suppressed: Bool

    public init(
        arm: PilotArm, districtCode: String?, district: String?, periodFrom: Day, periodTo: Day,
        stage: PilotStage, numerator: Int?, denominator: Int?, suppressed: Bool = false
    ) {
        self.arm = arm
        self.districtCode = districtCode
        self.district = district
        self.periodFrom = periodFrom
        self.periodTo = periodTo
        self.stage = stage
        self.numerator = numerator
        self.denominator = denominator
        self.suppressed = suppressed
    }

    /// All that cells add up to: each arm by month and from its start, and each of its districts from the start.
    /// Periods before a unit's start do not count. A sum with a suppressed cell is suppressed.
    static func totals(of cells: [PilotCell], names: [String: String]) -> [PilotTotal] {
        struct Key: Hashable {
            let arm: PilotArm
            let district: String?
            let month: PilotMonth?
            let stage: PilotStage
        }
        var sums: [Key: PilotTotal] = [:]
        for cell in cells where cell.periodTo >= cell.startOn {
            let district = String(cell.unitCode.prefix(6))
            let month = PilotMonth(containing: cell.periodFrom)
            for (district, month) in [(nil, month), (nil, nil), (district, nil)] as [(String?, PilotMonth?)] {
                let key = Key(arm: cell.arm, district: district, month: month, stage: cell.stage)
                var total =
                    sums[key]
                    ?? PilotTotal(
                        arm: cell.arm, districtCode: district, district: district.flatMap { names[$0] },
                        periodFrom: cell.periodFrom, periodTo: cell.periodTo, stage: cell.stage,
                        numerator: 0, denominator: 0)
                total.periodFrom = min(total.periodFrom, cell.periodFrom)
                total.periodTo = max(total.periodTo, cell.periodTo)
                total.numerator = total.numerator.flatMap { sum in cell.numerator.map { sum + $0 } }
                total.denominator = total.denominator.flatMap { sum in cell.denominator.map { sum + $0 } }
                total.suppressed = total.numerator == nil || total.denominator == nil
                sums[key] = total
            }
        }
        // A single month is its own total.
        let unique = Dictionary(sums.values.map { ($0.place, $0) }) { first, _ in first }
        return unique.values.sorted { $0.place < $1.place }
    }

    /// What a row is of; in this order they are written.
    public struct Place: Hashable, Comparable, Sendable {
        let arm: PilotArm
        let district: String
        let from: Day
        let to: Day
        let stage: PilotStage

        private var order: (Int, String, Day, Day, Int) {
            (
                PilotArm.allCases.firstIndex(of: arm) ?? 0, district, from, to,
                PilotStage.allCases.firstIndex(of: stage) ?? 0
            )
        }

        public static func < (left: Place, right: Place) -> Bool { left.order < right.order }
    }

    /// What the row is of.
    public var place: Place {
        Place(arm: arm, district: districtCode ?? "", from: periodFrom, to: periodTo, stage: stage)
    }
}
