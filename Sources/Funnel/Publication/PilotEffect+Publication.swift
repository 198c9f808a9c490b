import Outreach

extension DeclaredPanel {
    /// The units that count as one group: those that never start, and those of each start.
    private var groups: [[Int]] {
        let units = Dictionary(grouping: starts.indices) { starts[$0] }
        return Array(units.values)
    }

    /// Whether what it bears may be told: every group has as many units as the threshold, and its sums of every period
    /// pass the rule.
    func isPublishable(_ rule: SuppressionRule) -> Bool {
        groups.allSatisfy { units in
            guard units.count >= rule.threshold else { return false }
            let members = Set(units)
            let periods = Dictionary(grouping: cells.filter { members.contains($0.township) }, by: \.week)
            return periods.values.allSatisfy { cells in
                !rule.isDisclosive(Proportion(sumOf: cells.map(\.counts)), isSensitive: true)
            }
        }
    }

    /// How far `threshold` persons or firms of one unit move the mean of its group, so many times, to the next whole
    /// point of a percentage upwards; as parts of one.
    fileprivate func parts(_ rule: SuppressionRule, times: Int) -> Double {
        let least = cells.map(\.counts.n).min() ?? 1
        let units = groups.map(\.count).min() ?? 1
        let move = Double(times * rule.threshold) / Double(max(1, least * units))
        return 1 / Coarse.up(max(0.01, move), parts: 100)
    }
}

extension PilotEffect {
    /// What panels bear, coarse enough to be told: differences to what `threshold` persons or firms of one unit move
    /// them by, how far they may be off by chance upwards to four times that (as `PublishedSpread`: two standard errors),
    /// p as `Coarse.probability`; F not at all.
    static func published(_ panels: [DeclaredPanel], _ rule: SuppressionRule) -> [PilotEffect] {
        adjusted(
            panels.flatMap { panel in
                let (parts, spreadParts) = (panel.parts(rule, times: 1), panel.parts(rule, times: 4))
                return PanelEffects(panel).all.map {
                    $0.published(parts: parts, spreadParts: spreadParts)
                }
            }
        ).map { effect in
            var effect = effect
            effect.pBH = effect.pBH.map { Coarse.up($0, parts: 100) }
            return effect
        }
    }

    private func published(parts: Double, spreadParts: Double) -> PilotEffect {
        var row = self
        row.pRaw = pRaw.map(Coarse.probability)
        switch estimand {
        case .pretrend: row.estimate = nil
        case .pretrendPeriods: break
        case .degreesOfFreedom: row.estimate = estimate.flatMap(Coarse.degreesOfFreedom)
        case .detectableEffect, .detectableTrend:
            row.estimate = estimate.map { Coarse.up($0, parts: spreadParts) }
        case .effect, .changeGap, .period, .cohortPeriod, .trendBefore:
            guard let exact = estimate else { return row }
            let value = Coarse.nearest(exact, parts: parts)
            row.estimate = value
            guard let low = confLow, let high = confHigh else { return row }
            let reach = max(exact - low, high - exact) + abs(value - exact)
            let half = max(1 / spreadParts, Coarse.up(reach, parts: spreadParts))
            row.confLow = max(-1, Coarse.down(value - half, parts: 100))
            row.confHigh = min(1, Coarse.up(value + half, parts: 100))
        }
        return row
    }
}
