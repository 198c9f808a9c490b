/// The rank intervals of a weekly report's units by their rates of mature weeks, among all of their kind.
public struct WeeklyRanks: Hashable, Sendable {
    /// In the order of the figures' units; nil where nobody is counted.
    public let areas: [ClosedRange<Int>?]
    public let districts: [ClosedRange<Int>?]

    public init(_ figures: WeeklyFigures) {
        areas = Self.ranks(figures.areas, among: figures.peersOfAreas)
        districts = Self.ranks(figures.districts, among: figures.peersOfDistricts)
    }

    private static func ranks(_ units: [UnitFigures], among peers: [UnitRates]) -> [ClosedRange<Int>?] {
        let counts = peers.map(\.matured)
        let known = Dictionary(zip(counts, RankIntervals(counts).intervals)) { first, _ in first }
        return units.map { known[$0.cohorts.matured] ?? nil }
    }
}
