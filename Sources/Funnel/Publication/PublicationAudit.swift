/// What someone can work out of hidden counts from everything that is shown: by linear programming over the
/// parts of which all counts are sums (SPEC §1.14), together over districts, months, stages and totals.
struct PublicationAudit {
    let counts: PublishedCounts
    /// What an attacker's interval of each hidden number must reach.
    let width: Double

    /// The solver's answers are whole numbers but for rounding.
    private static let tolerance = 1e-6

    /// Those of the hidden sums of which some number could be placed more closely than `width`, with the
    /// width that is left.
    func exposed(
        _ hidden: [PublishedSum], showing shown: [PublishedSum]
    ) throws(LinearProgramError) -> [(sum: PublishedSum, width: Double)] {
        guard !hidden.isEmpty else { return [] }
        let groups = Set((hidden + shown).flatMap { counts.members($0.scope, $0.months) }).sorted()
        let place = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
        func unknowns(_ sum: PublishedSum, _ parts: [CountPart]) -> [Int] {
            counts.members(sum.scope, sum.months).flatMap { group in
                parts.map { (place[group] ?? 0) * CountPart.allCases.count + $0.rawValue }
            }
        }
        var program = LinearProgram(unknowns: groups.count * CountPart.allCases.count)
        var bases: Set<PublishedBase> = []
        for sum in shown {
            program.require(unknowns(sum, sum.stage.numeratorParts), addUpTo: Double(sum.numerator))
            // The same firms are the denominator of several stages.
            if bases.insert(PublishedBase(sum)).inserted {
                program.require(unknowns(sum, sum.stage.denominatorParts), addUpTo: Double(sum.denominator))
            }
        }
        var targets: [[Int]] = []
        var owners: [Int] = []
        for (owner, sum) in hidden.enumerated() {
            var parts = [sum.stage.numeratorParts]
            if let remainder = sum.stage.remainderParts { parts.append(remainder) }
            // A denominator that another stage shows is no secret.
            if !bases.contains(PublishedBase(sum)) { parts.append(sum.stage.denominatorParts) }
            targets += parts.map { unknowns(sum, $0) }
            owners += parts.map { _ in owner }
        }
        var narrowest = Array(repeating: Double.infinity, count: hidden.count)
        for (owner, interval) in zip(owners, try program.ranges(of: targets, enough: width)) {
            narrowest[owner] = min(narrowest[owner], interval.upper - interval.lower)
        }
        return zip(hidden, narrowest).filter { $0.1 < width - Self.tolerance }
            .map { (sum: $0.0, width: $0.1) }
    }
}

/// What a denominator counts, whatever stage shows it.
private struct PublishedBase: Hashable {
    let scope: PublishedScope
    let months: ClosedRange<PilotMonth>
    let parts: [CountPart]

    init(_ sum: PublishedSum) {
        scope = sum.scope
        months = sum.months
        parts = sum.stage.denominatorParts
    }
}
