/// What the weekly report says of units' rates beyond the counts: shrunken rates, signals and provisional shares.
///
/// One pass a table, whatever its length: full Bayes is evaluated once for each distinct pair of counts.
public struct WeeklyAssessment: Hashable, Sendable {
    public struct Unit: Hashable, Sendable {
        /// Of mature weeks of entry, with its limits and its signal.
        public let point: ControlChart.Point
        /// Full Bayes; nil where nobody is counted.
        public let shrunk: ShrunkenRate?
        /// That the true rate lies above the target; nil where nobody is counted.
        public let probabilityAbove: Double?
        /// Full Bayes on the cumulative rate, open cases included; nil where nobody is counted.
        public let shrunkCumulative: ShrunkenRate?
        public let provisional: ProvisionalShare?
    }

    public let areaChart: ControlChart
    public let districtChart: ControlChart
    /// Mature weeks of entry, in order.
    public let weekChart: ControlChart
    /// In the order of the figures' areas.
    public let areas: [Unit]
    public let districts: [Unit]
    public let provisional: ProvisionalShare?
    public let change: ClusteredChange?

    public init(_ figures: WeeklyFigures) {
        let window = figures.definition.windowLength
        (areaChart, areas) = Self.assess(figures.areas, among: figures.peers?.areas, window: window)
        (districtChart, districts) = Self.assess(
            figures.districts, among: figures.peers?.districts, window: window)
        weekChart = ControlChart(figures.entryWeeks.compactMap(\.matured))
        provisional = window.flatMap { figures.cohorts.provisional(window: $0) }
        change = figures.maturedWeeks?.change
    }

    /// Units are weighed against all of their kind, also where a report shows some of them alone.
    private static func assess(
        _ units: [UnitFigures], among peers: [UnitRates]?, window: Int?
    ) -> (ControlChart, [Unit]) {
        let family = peers ?? units.map(\.rates)
        let matured = family.map(\.matured)
        let chart = ControlChart(matured)
        let points = Dictionary(zip(matured, chart.points)) { first, _ in first }
        let shrinkage = FullBayesShrinkage(matured)
        let believed = shrinkage.map { Dictionary(zip(matured, $0.townships)) { first, _ in first } }
        let all = family.map(\.cumulative)
        let cumulative = FullBayesShrinkage(all).map {
            Dictionary(zip(all, $0.townships)) { first, _ in first }
        }
        var above: [Proportion: Double] = [:]
        let assessed = units.map { unit -> Unit in
            let counts = unit.cohorts.matured
            var probability: Double?
            if let shrinkage, let target = chart.target, counts.n > 0 {
                probability = above[counts] ?? shrinkage.probability(of: counts, above: target)
                above[counts] = probability
            }
            return Unit(
                point: points[counts]
                    ?? .init(counts: counts, band: nil, pValue: nil, adjusted: nil, signal: .insufficient),
                shrunk: counts.n > 0 ? believed?[counts] : nil, probabilityAbove: probability,
                shrunkCumulative: unit.intentRate.n > 0 ? cumulative?[unit.intentRate] : nil,
                provisional: window.flatMap { unit.cohorts.provisional(window: $0) })
        }
        return (chart, assessed)
    }
}

/// The two rates of a unit that are weighed against the others'.
public struct UnitRates: Hashable, Sendable {
    public var matured: Proportion
    public var cumulative: Proportion
}

extension UnitFigures {
    var rates: UnitRates { UnitRates(matured: cohorts.matured, cumulative: intentRate) }
}
