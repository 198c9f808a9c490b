import Outreach

@testable import Funnel

/// Someone who tries every way in which a hidden arm's townships may share what the totals leave them, works out what
/// would have been published of each, and keeps those of which it is what was.
struct SplitAttack {
    /// What the totals and the cells shown say of townships that are hidden.
    let hidden: [(x: Int, n: Int)]
    /// Those that are known: a district of one township whose cell is shown.
    let known: [(x: Int, n: Int)]
    let comparison: [(x: Int, n: Int)]
    let rule: SuppressionRule

    /// Ways to share, and those that are left by the estimates.
    struct Left {
        var before = 0
        var after: [[(x: Int, n: Int)]] = []

        /// The least of what is left open of any hidden number: successes, failures, all.
        var narrowest: Int {
            let townships = after.first?.indices ?? 0..<0
            return townships.flatMap { township in
                [
                    after.map { $0[township].x }, after.map { $0[township].n - $0[township].x },
                    after.map { $0[township].n },
                ]
                .map { ($0.max() ?? 0) - ($0.min() ?? 0) }
            }.min() ?? 0
        }
    }

    static func cells(_ arm: PilotArm, _ townships: [(x: Int, n: Int)]) -> [PilotCell] {
        let from = Day(ordinal: 17_622)
        return townships.enumerated().map { index, counts in
            PilotCell(
                unitCode: "11010\(index)\(arm == .pilot ? "001" : "002")", unitName: "单位", arm: arm,
                startOn: from,
                periodFrom: from, periodTo: from.adding(days: 29), stage: .intent, numerator: counts.x,
                denominator: counts.n, open: 0)
        }
    }

    private func published(_ pilot: [(x: Int, n: Int)]) -> [PilotEstimate] {
        PublishedEstimates(
            of: .intent, Self.cells(.pilot, pilot) + Self.cells(.comparison, comparison), followUp: [], rule
        ).all
    }

    /// Of two hidden townships; of three, every way to share by twos.
    func left() -> Left {
        let answer = published(hidden + known)
        let sums = hidden.reduce((x: 0, n: 0)) { ($0.x + $1.x, $0.n + $1.n) }
        var left = Left()
        func consider(_ townships: [(x: Int, n: Int)]) {
            guard townships.allSatisfy({ 0 <= $0.x && $0.x <= $0.n && $0.n > 0 }) else { return }
            left.before += 1
            if published(townships + known) == answer { left.after.append(townships) }
        }
        for n in 1..<sums.n {
            for x in 0...min(n, sums.x) { consider([(x, n), (sums.x - x, sums.n - n)]) }
        }
        return left
    }
}
