/// What the weekly report says of units' rates beyond the counts: limits, signals and provisional shares.
///
/// One pass a table, whatever its length. Shrunken rates, which take longer, are `WeeklyShrinkage`.
public struct WeeklyAssessment: Hashable, Sendable {
    public struct Unit: Hashable, Sendable {
        /// Of mature weeks of entry, with its limits and its signal.
        public let point: ControlChart.Point
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
        (areaChart, areas) = Self.assess(figures.areas, among: figures.peersOfAreas, window: window)
        (districtChart, districts) = Self.assess(
            figures.districts, among: figures.peersOfDistricts, window: window)
        weekChart = ControlChart(figures.entryWeeks.compactMap(\.matured))
        provisional = window.flatMap { figures.cohorts.provisional(window: $0) }
        change = figures.maturedWeeks?.change
    }

    /// Units are weighed against all of their kind, also where a report shows some of them alone.
    private static func assess(
        _ units: [UnitFigures], among peers: [UnitRates], window: Int?
    ) -> (ControlChart, [Unit]) {
        let matured = peers.map(\.matured)
        let chart = ControlChart(matured)
        let points = Dictionary(zip(matured, chart.points)) { first, _ in first }
        let assessed = units.map { unit in
            let counts = unit.cohorts.matured
            return Unit(
                point: points[counts]
                    ?? .init(counts: counts, band: nil, pValue: nil, adjusted: nil, signal: .insufficient),
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

extension WeeklyFigures {
    var peersOfAreas: [UnitRates] { peers?.areas ?? areas.map(\.rates) }
    var peersOfDistricts: [UnitRates] { peers?.districts ?? districts.map(\.rates) }
}
