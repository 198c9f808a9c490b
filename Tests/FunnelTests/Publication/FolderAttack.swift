import Outreach

@testable import Funnel

/// Someone with public folders and a linear program: tries to place each suppressed number, knowing every number
/// shown, that counts are not negative, and how stages nest in each other.
struct FolderAttack {
    private struct Place: Hashable {
        let arm: PilotArm
        let district: String
        let month: Day
    }

    /// Of one place: firms organised, unorganised but not followed, and followed without anything, covered, with
    /// an intent only, an application at most, a union; meetings; applications.
    private static let variables = 9

    private var places: [Place: Int] = [:]
    private var known: [(members: [Int], value: Int)] = []
    private var shownBases: Set<[Int]> = []
    private var hidden: [(members: [[Int]], base: [Int], label: String)] = []

    init(_ folders: [PilotComparison]) {
        for folder in folders {
            for cell in folder.cells {
                let place = Place(
                    arm: cell.arm, district: cell.unitCode, month: Self.month(cell.periodFrom))
                if places[place] == nil { places[place] = places.count }
            }
        }
        for folder in folders {
            for cell in folder.cells {
                add(
                    at: [Place(arm: cell.arm, district: cell.unitCode, month: Self.month(cell.periodFrom))],
                    cell.stage, cell.numerator, cell.denominator,
                    "\(cell.arm) \(cell.unitCode) \(cell.periodFrom.iso) \(cell.stage)")
            }
            for total in folder.totals {
                add(
                    at: places(total.arm, total.districtCode, total.periodFrom, total.periodTo), total.stage,
                    total.numerator, total.denominator,
                    "\(total.arm) \(total.districtCode ?? "all") \(total.periodFrom.iso) \(total.stage)",
                    isTarget: Self.month(total.periodFrom) == Self.month(total.periodTo))
            }
        }
    }

    private static func month(_ day: Day) -> Day {
        Day(year: day.parts.year, month: day.parts.month, day: 1) ?? day
    }

    private func places(_ arm: PilotArm, _ district: String?, _ from: Day, _ to: Day) -> [Place] {
        places.keys.filter {
            $0.arm == arm && (district == nil || $0.district == district) && Self.month(from) <= $0.month
                && $0.month <= to
        }
    }

    private static func columns(_ stage: PilotStage) -> (numerator: [Int], denominator: [Int]) {
        switch stage {
        case .unorganised: ([1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6])
        case .intent: ([4, 5, 6], [2, 3, 4, 5, 6])
        case .application: ([5, 6], [2, 3, 4, 5, 6])
        case .established: ([6], [2, 3, 4, 5, 6])
        case .covered: ([3], [2, 3, 4, 5, 6])
        case .onSiteApplications: ([8], [7])
        }
    }

    private mutating func add(
        at places: [Place], _ stage: PilotStage, _ numerator: Int?, _ denominator: Int?, _ label: String,
        isTarget: Bool = true
    ) {
        let bases = places.compactMap { self.places[$0] }.sorted().map { $0 * Self.variables }
        let (x, n) = Self.columns(stage)
        func spread(_ columns: [Int]) -> [Int] { bases.flatMap { base in columns.map { base + $0 } } }
        let base = spread(n)
        if let numerator, let denominator {
            known.append((spread(x), numerator))
            known.append((base, denominator))
            shownBases.insert(base)
        } else if isTarget {
            let rest = n.filter { !x.contains($0) }
            hidden.append(([spread(x)] + (stage.isProportion ? [spread(rest)] : []), base, label))
        }
    }

    /// What is told of suppressed numbers to less than `k`; nil where what is shown contradicts itself.
    func recovered(_ k: Double = 5) throws -> [String]? {
        var program = LinearProgram(unknowns: places.count * Self.variables)
        for sum in known { program.require(sum.members, addUpTo: Double(sum.value)) }
        var targets: [[Int]] = []
        var labels: [String] = []
        for cell in hidden {
            // A denominator that another stage shows was never hidden.
            let members = cell.members + (shownBases.contains(cell.base) ? [] : [cell.base])
            targets += members
            labels += members.map { _ in cell.label }
        }
        do {
            return zip(labels, try program.ranges(of: targets, enough: k))
                .filter { $0.1.upper - $0.1.lower < k - 1e-6 }.map { "\($0.0): \($0.1)" }
        } catch LinearProgramError.infeasible {
            return nil
        }
    }
}
