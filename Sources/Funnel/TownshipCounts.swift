/// One arm's counts of one stage by unit, in code order.
struct TownshipCounts {
    struct Count {
        var numerator = 0
        var denominator = 0
    }

    let counts: [Count]

    var pairs: [(x: Int, n: Int)] { counts.map { ($0.numerator, $0.denominator) } }

    /// Those with a denominator.
    var counted: [(x: Int, n: Int)] { pairs.filter { $0.n > 0 } }

    /// Programmer error for a stage whose numerator is no part of its denominator.
    var proportions: [Proportion] { counts.map { Proportion(x: $0.numerator, n: $0.denominator) } }

    /// Periods of a unit added up; nil where a cell of the stage is suppressed, in either arm: a gap
    /// beside one arm's rate would give the other one away.
    static func grouped(_ cells: [PilotCell], arm: PilotArm) -> TownshipCounts? {
        var counts: [String: Count] = [:]
        for cell in cells {
            guard !cell.suppressed, let numerator = cell.numerator, let denominator = cell.denominator
            else { return nil }
            guard cell.arm == arm else { continue }
            counts[cell.unitCode, default: Count()].numerator += numerator
            counts[cell.unitCode, default: Count()].denominator += denominator
        }
        return TownshipCounts(counts: counts.sorted { $0.key < $1.key }.map(\.value))
    }
}
