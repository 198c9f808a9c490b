internal import CLinearProgram

/// Why an audit by linear programming could not be done: nothing that needs it may be published then.
public enum LinearProgramError: Error, Hashable, Sendable {
    /// The solver's library (Debian's coinor-libclp1) is not on this machine.
    case noSolver
    /// No numbers meet what is known.
    case infeasible
    case failed
}

/// Unknown numbers x ≥ 0 of which some sums are known.
struct LinearProgram {
    /// The unknowns in each sum, each with coefficient 1.
    private(set) var sums: [[Int]] = []
    private(set) var totals: [Double] = []
    let unknowns: Int

    init(unknowns: Int) { self.unknowns = unknowns }

    mutating func require(_ members: [Int], addUpTo total: Double) {
        sums.append(members)
        totals.append(total)
    }

    /// Between what and what each of the `targets` can lie. The sums have a solution.
    func ranges(of targets: [Int]) throws(LinearProgramError) -> [ConfidenceInterval] {
        try ranges(of: targets.map { [$0] })
    }

    /// Between what and what the sum of each of the `targets` can lie, or values within that are `enough` apart.
    func ranges(
        of targets: [[Int]], enough: Double = .infinity
    ) throws(LinearProgramError) -> [ConfidenceInterval] {
        guard !targets.isEmpty else { return [] }
        var sumsOf = Array(repeating: [Int32](), count: unknowns)
        for (sum, members) in sums.enumerated() {
            for member in members { sumsOf[member].append(Int32(sum)) }
        }
        var starts: [Int32] = [0]
        for sums in sumsOf { starts.append(starts[starts.count - 1] + Int32(sums.count)) }
        let rows = sumsOf.flatMap(\.self)
        var targetStarts: [Int32] = [0]
        for target in targets {
            targetStarts.append(targetStarts[targetStarts.count - 1] + Int32(target.count))
        }
        let ones = Array(repeating: 1.0, count: rows.count)
        var low = Array(repeating: 0.0, count: targets.count)
        var high = low
        let outcome = linear_program_ranges(
            enough, Int32(sums.count), Int32(unknowns), starts, rows, ones, totals, Int32(targets.count),
            targetStarts, targets.joined().map { Int32($0) }, &low, &high)
        switch outcome {
        case Int32(LINEAR_PROGRAM_SOLVED.rawValue):
            return zip(low, high).map { ConfidenceInterval(lower: $0, upper: $1) }
        case Int32(LINEAR_PROGRAM_NO_SOLVER.rawValue): throw .noSolver
        case Int32(LINEAR_PROGRAM_INFEASIBLE.rawValue): throw .infeasible
        default: throw .failed
        }
    }
}
