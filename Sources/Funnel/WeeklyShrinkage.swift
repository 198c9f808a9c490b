/// Units' true rates by full Bayes, weighed against all of their kind (SPEC §1.8). Evaluated once for each distinct
/// pair of counts, so that it grows with the units' variety more than with their number.
public struct WeeklyShrinkage: Hashable, Sendable {
    public struct Unit: Hashable, Sendable {
        public let rate: ShrunkenRate
        /// That the true rate lies above that of all together; nil where that is unknown.
        public let probabilityAbove: Double?
    }

    public enum Rate: Hashable, Sendable {
        /// Of mature weeks of entry: what is printed.
        case matured
        /// Open cases included.
        case cumulative
    }

    /// In the order of the figures' units; nil where nobody is counted.
    public let areas: [Unit?]
    public let districts: [Unit?]

    public init(_ figures: WeeklyFigures, of rate: Rate) {
        func rates(_ units: [UnitRates]) -> [Proportion] {
            units.map { rate == .matured ? $0.matured : $0.cumulative }
        }
        areas = Self.shrink(rates(figures.areas.map(\.rates)), among: rates(figures.peersOfAreas))
        districts = Self.shrink(
            rates(figures.districts.map(\.rates)), among: rates(figures.peersOfDistricts))
    }

    private static func shrink(_ units: [Proportion], among peers: [Proportion]) -> [Unit?] {
        guard let shrinkage = FullBayesShrinkage(peers) else { return units.map { _ in nil } }
        let rates = Dictionary(zip(peers, shrinkage.townships)) { first, _ in first }
        let target = Proportion(sumOf: peers).rate
        var known: [Proportion: Unit] = [:]
        return units.map { counts in
            guard counts.n > 0, let rate = rates[counts] else { return nil }
            if let unit = known[counts] { return unit }
            let unit = Unit(
                rate: rate, probabilityAbove: target.map { shrinkage.probability(of: counts, above: $0) })
            known[counts] = unit
            return unit
        }
    }
}
