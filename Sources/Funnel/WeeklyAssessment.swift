/// What the weekly report says of units' rates beyond the counts: limits, signals and provisional shares.
///
/// One pass a table, whatever its length. Shrunken rates, which take longer, are `WeeklyShrinkage`.
public struct WeeklyAssessment: Hashable, Sendable {
    public struct Unit: Hashable, Sendable {
        /// Of mature weeks of entry, with its limits and its signal.
        public let point: ControlChart.Point
        public let provisional: ProvisionalShare?
        /// Of a district's rate, its streets and townships as the units of inference (SPEC §1.10): firms of one
        /// resemble each other. nil of a single one, and where the report does not show them all.
        public internal(set) var clustered: ConfidenceInterval?
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
    /// As a district's, of the mature rate of all together.
    public let clustered: ConfidenceInterval?
    /// The same of the cumulative rate.
    public let clusteredCumulative: ConfidenceInterval?

    public init(_ figures: WeeklyFigures) {
        let window = figures.definition.windowLength
        (areaChart, areas) = Self.assess(figures.areas, among: figures.peersOfAreas, window: window)
        var units: [Unit]
        (districtChart, units) = Self.assess(
            figures.districts, among: figures.peersOfDistricts, window: window)
        let parts = Dictionary(grouping: figures.areas) { $0.district }.mapValues {
            $0.map(\.cohorts.matured)
        }
        for (index, district) in figures.districts.enumerated() {
            units[index].clustered = Self.clustered(parts[district.name] ?? [], of: district.cohorts.matured)
        }
        districts = units
        clustered = Self.clustered(figures.areas.map(\.cohorts.matured), of: figures.cohorts.matured)
        clusteredCumulative = Self.clustered(figures.areas.map(\.intentRate), of: figures.cumulativeIntent)
        weekChart = ControlChart(figures.entryWeeks.compactMap(\.matured))
        provisional = window.flatMap { figures.cohorts.provisional(window: $0) }
        change = figures.maturedWeeks?.change
    }

    /// Nothing is said of townships that are not all there.
    private static func clustered(_ townships: [Proportion], of whole: Proportion) -> ConfidenceInterval? {
        Proportion(sumOf: townships) == whole ? ClusterRate(townships)?.interval() : nil
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
