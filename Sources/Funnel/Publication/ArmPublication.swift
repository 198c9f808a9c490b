/// One arm as it is published: what is shown and what is hidden, up to a month.
struct ArmPublication {
    let counts: PublishedCounts
    let chain: PublicationChain
    /// The months published, in order.
    let months: [PilotMonth]
    /// How many rows keep the value of the earlier publication though more is known now.
    let carried: Int

    /// - Parameters:
    ///   - months: those whose windows have closed.
    ///   - earlier: what readers already have; its rows keep their place.
    init(
        _ counts: PublishedCounts, months: [PilotMonth], after earlier: EarlierPublication?,
        rule: SuppressionRule
    ) throws(PilotPublicationError) {
        self.counts = counts
        self.months = months
        do {
            guard let last = months.last, let earlier, let known = earlier.lastMonth else {
                var chain = PublicationChain(counts, rule: rule)
                for month in months { try chain.release(month) }
                self.chain = chain
                carried = 0
                return
            }
            let start = try Self.standing(counts, months, earlier.sums(counts.arm, until: last), known, rule)
            var chain = PublicationChain(counts, rule: rule, shown: start.shown, hidden: start.hidden)
            for month in months where month > known { try chain.release(month) }
            self.chain = chain
            carried = start.carried
        } catch {
            throw PilotPublicationError(error)
        }
    }

    private typealias Standing = (shown: [PublishedSum], hidden: [PublishedSum], carried: Int)

    /// The months that readers have, revised: a row is hidden where it was, and has its new value only where
    /// none of its numbers changed by less than the threshold (SPEC §1.14), and all of that together exposes
    /// nothing; else it keeps the old one.
    private static func standing(
        _ counts: PublishedCounts, _ months: [PilotMonth],
        _ earlier: (shown: [PublishedSum], hidden: Set<PublishedSum.Key>), _ known: PilotMonth,
        _ rule: SuppressionRule
    ) throws(LinearProgramError) -> Standing {
        let revised = earlier.shown.map { old in
            let new = counts.sum(old.scope, old.stage, old.months)
            return new.mayReplace(old, rule) ? new : old
        }
        let places = Set(earlier.shown.map(\.key))
        var hidden: [PublishedSum] = []
        for month in months where month <= known {
            for scope in counts.scopes(in: month) {
                for stage in PilotStage.allCases {
                    let cell = counts.sum(scope, stage, month...month)
                    if !places.contains(cell.key) { hidden.append(cell) }
                }
            }
        }
        let audit = PublicationAudit(counts: counts, width: Double(rule.threshold))
        func isSafe(_ shown: [PublishedSum]) throws(LinearProgramError) -> Bool {
            do {
                return try audit.exposed(hidden, showing: shown).isEmpty
            } catch .infeasible {
                return false
            }
        }
        let shown = try isSafe(revised) ? revised : earlier.shown
        let carried = shown.count { $0 != counts.sum($0.scope, $0.stage, $0.months) }
        return (shown, hidden, carried)
    }
}

extension PublishedSum {
    /// Whether the difference to what readers have says nothing of single firms.
    fileprivate func mayReplace(_ old: PublishedSum, _ rule: SuppressionRule) -> Bool {
        let changes = [
            numerator - old.numerator, denominator - old.denominator,
            (denominator - numerator) - (old.denominator - old.numerator),
        ]
        return !isDisclosive(rule) && changes.allSatisfy { !rule.isDisclosive(abs($0)) }
    }
}
