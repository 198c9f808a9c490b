/// What clustering costs: how many clustered units tell as much as one independent one (Kish 1965;
/// Eldridge, Ashby & Kerry 2006, International Journal of Epidemiology 35:1292; SPEC §1.12).
public struct DesignEffect: Hashable, Sendable {
    /// Townships with anyone to count.
    public let clusters: Int
    public let units: Int
    /// 1 + ((1 + CV²) m̄ − 1) ρ over townships of unequal size.
    public let factor: Double
    /// Units ÷ factor; nil where a negative correlation leaves no positive factor.
    public let effectiveSize: Double?

    /// `sizes` are units a township; nil where there are none. `correlation` is the intra-class ρ.
    public init?(sizes: [Int], correlation: Double) {
        let counted = sizes.filter { $0 > 0 }
        let units = counted.reduce(0, +)
        guard units > 0 else { return nil }
        // (1 + CV²) m̄ with the population's CV is the mean size that a unit sees.
        let seen = counted.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(units)
        clusters = counted.count
        self.units = units
        factor = 1 + (seen - 1) * correlation
        effectiveSize = factor > 0 ? Double(units) / factor : nil
    }
}
