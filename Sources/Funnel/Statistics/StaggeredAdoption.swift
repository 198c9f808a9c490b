/// Effects by cohort of start and week where pilots started at different times, against townships that never
/// did (Callaway & Sant'Anna 2021, Journal of Econometrics 225:200; SPEC §1.11).
///
/// ATT(g, t) is the mean change of the townships that started in week g from week g − 1 to week t, less the
/// same of those that never started. A township counts where both weeks have anyone to count.
public struct StaggeredAdoption: Hashable, Sendable {
    public struct Effect: Hashable, Sendable {
        /// The week of start.
        public let cohort: Int
        public let week: Int
        /// nil where a group has no township counted in both weeks.
        public let effect: Double?
        /// From the influence functions; nil with the effect.
        public let standardError: Double?
    }

    /// By cohort and week, without the week before the start, which is 0. Cohorts without such a week are
    /// left out.
    public let effects: [Effect]
    /// Over all weeks from each start on, weighted by the cohorts' townships; nil where there is none.
    public let overall: Double?

    /// - Parameters:
    ///   - weeks: how many, counted from 0.
    ///   - start: a township's week of start, nil for never.
    public init(_ cells: [PanelCell], weeks: Int, start: (Int) -> Int?) {
        var rates: [Int: [Int: Double]] = [:]
        for cell in cells {
            if let rate = cell.counts.rate { rates[cell.township, default: [:]][cell.week] = rate }
        }
        let townships = Set(cells.map(\.township)).sorted()
        let never = townships.filter { start($0) == nil }
        let cohorts = Dictionary(grouping: townships.filter { start($0) != nil }) { start($0) ?? 0 }
            .sorted { $0.key < $1.key }
        var effects: [Effect] = []
        var (sum, size) = (0.0, 0.0)
        for (cohort, members) in cohorts where cohort > 0 && cohort <= weeks {
            for week in 0..<weeks where week != cohort - 1 {
                func changes(_ group: [Int]) -> [Double] {
                    group.compactMap { township in
                        guard let now = rates[township]?[week], let base = rates[township]?[cohort - 1]
                        else { return nil }
                        return now - base
                    }
                }
                let effect = Self.effect(changes(members), changes(never))
                effects.append(
                    Effect(
                        cohort: cohort, week: week, effect: effect?.effect,
                        standardError: effect?.standardError))
                if week >= cohort, let effect {
                    sum += effect.effect * Double(members.count)
                    size += Double(members.count)
                }
            }
        }
        self.effects = effects
        overall = size > 0 ? sum / size : nil
    }

    private static func effect(
        _ treated: [Double], _ never: [Double]
    ) -> (effect: Double, standardError: Double)? {
        guard !treated.isEmpty, !never.isEmpty else { return nil }
        func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count * count))
        }
        let (one, other) = (moments(treated), moments(never))
        return (one.mean - other.mean, (one.variance + other.variance).squareRoot())
    }
}
