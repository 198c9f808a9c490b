public import Outreach

/// Declared figures of one outcome that bear a difference in differences: at least two units of each group, all with
/// every period; two periods before any pilot started, so that the trends before can be looked at; and one in which
/// the pilots had started and the others had not.
public struct DeclaredPanel: Hashable, Sendable {
    public let outcome: DeclaredOutcome
    /// First days of the periods used, in order. A period in which some unit started is left out.
    public let periods: [Day]
    let cells: [PanelCell]
    /// By township index the first period with it started, nil for the comparison.
    let starts: [Int?]
    /// The first period after the first pilot's start.
    let firstAfter: Int

    init(
        _ figures: [DeclaredFigure], of outcome: DeclaredOutcome, units: [ProgrammeUnit]
    ) throws(PilotClaim.NoEffect) {
        let pilots = units.filter { $0.arm == .pilot }
        let others = units.filter { $0.arm == .comparison }
        guard let first = pilots.map(\.startOn).min(), !others.isEmpty else { throw .tooFewUnits }
        // What others do after their own start is no comparison; some never start.
        let end = others.filter(\.starts).map(\.startOn).min()
        let usable = figures.filter { figure in end.map { figure.periodTo < $0 } ?? true }
        let byUnit = Dictionary(grouping: usable, by: \.unitCode)
        let spans = Set(usable.map(\.periodFrom)).sorted().filter { from in
            // A period in which a unit started is neither before nor after.
            let ends = usable.filter { $0.periodFrom == from }.map(\.periodTo).max() ?? from
            return !pilots.contains { from < $0.startOn && $0.startOn <= ends && byUnit[$0.code] != nil }
        }
        let before = spans.filter { from in
            usable.contains { $0.periodFrom == from && $0.periodTo < first }
        }
        guard before.count >= 2 else { throw .noPeriodBefore }
        guard before.count < spans.count else { throw .noPeriodBetween }
        var cells: [PanelCell] = []
        var starts: [Int?] = []
        var groups: [PilotArm: Int] = [:]
        for unit in (pilots + others).sorted(by: { $0.code < $1.code }) {
            let figures = Dictionary(
                (byUnit[unit.code] ?? []).map { ($0.periodFrom, $0.counts) }
            ) { first, _ in first }
            guard spans.allSatisfy({ figures[$0].map { $0.n > 0 } ?? false }) else { continue }
            if unit.arm == .pilot {
                guard let start = spans.firstIndex(where: { $0 >= unit.startOn }) else { continue }
                starts.append(start)
            } else {
                starts.append(nil)
            }
            for (week, span) in spans.enumerated() {
                guard let counts = figures[span] else { continue }
                cells.append(PanelCell(township: starts.count - 1, week: week, counts: counts))
            }
            groups[unit.arm, default: 0] += 1
        }
        guard PilotArm.allCases.allSatisfy({ groups[$0, default: 0] >= 2 }) else { throw .tooFewUnits }
        self.outcome = outcome
        periods = spans
        self.cells = cells
        self.starts = starts
        firstAfter = before.count
    }

    /// Whether pilots started in different periods: then township and period effects alone would mislead.
    var isStaggered: Bool { Set(starts.compactMap { $0 }).count > 1 }
}
