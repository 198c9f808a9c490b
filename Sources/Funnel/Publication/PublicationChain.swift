/// What of one arm may be published, release by release.
///
/// A month is released once, when every firm met in it has had its window. What is shown of it is decided from
/// that month and what was released before, never from later ones: so the folders of any two days, each made
/// alone, hide the same cells, and side by side tell no more than the later one (SPEC §1.14). Each release shows
/// the month's cells and the arm's totals where they are large enough, and totals from the start wherever
/// neither they nor what they add since the last total shown is small. A linear program then tries to work out
/// every hidden cell from everything shown so far; what exposes one is hidden with it.
struct PublicationChain {
    let counts: PublishedCounts
    let rule: SuppressionRule
    /// Everything shown so far, in any release.
    private(set) var shown: [PublishedSum] = []
    /// Single months that are not shown. Each of their numbers is protected.
    private(set) var hidden: [PublishedSum] = []
    private let audit: PublicationAudit

    init(_ counts: PublishedCounts, rule: SuppressionRule) {
        self.counts = counts
        self.rule = rule
        audit = PublicationAudit(counts: counts, width: Double(rule.threshold))
    }

    /// Goes on from an earlier publication.
    init(
        _ counts: PublishedCounts, rule: SuppressionRule, shown: [PublishedSum], hidden: [PublishedSum]
    ) {
        self.init(counts, rule: rule)
        self.shown = shown
        self.hidden = hidden
    }

    /// Months in order, each once.
    mutating func release(_ month: PilotMonth) throws(LinearProgramError) {
        // Firms and meetings share no counts.
        for stages in [PilotStage.allCases.filter(\.isProportion), [.onSiteApplications]] {
            try release(month, stages)
        }
    }

    private mutating func release(
        _ month: PilotMonth, _ stages: [PilotStage]
    ) throws(LinearProgramError) {
        let scopes = counts.scopes(in: month)
        let cells = scopes.flatMap { scope in
            stages.map { counts.sum(scope, $0, month...month) }
        }
        var pattern = MonthPattern(
            shown: cells.filter { !$0.isDisclosive(rule) }, hidden: cells.filter { $0.isDisclosive(rule) })
        try pattern.protect(audit)
        shown += pattern.shown
        hidden += pattern.hidden
        try releaseTotals(until: month, scopes, stages)
    }

    // MARK: - Totals from the start

    private mutating func releaseTotals(
        until month: PilotMonth, _ scopes: [PublishedScope], _ stages: [PilotStage]
    ) throws(LinearProgramError) {
        var totals = scopes.flatMap { scope in stages.compactMap { total(scope, $0, until: month) } }
        let ours = { (sum: PublishedSum) in stages.contains(sum.stage) }
        let (shown, hidden) = (self.shown.filter(ours), self.hidden.filter(ours))
        while !totals.isEmpty {
            let exposed = try audit.exposed(hidden, showing: shown + totals)
            if exposed.isEmpty { break }
            var dropped: Set<PublishedSum.Key> = []
            for (cell, _) in exposed {
                dropped.formUnion(Self.totals(totals, besides: cell).map(\.key))
            }
            totals.removeAll { dropped.contains($0.key) }
        }
        self.shown += totals
    }

    /// nil where it may not be shown, or is a single month.
    private func total(
        _ scope: PublishedScope, _ stage: PilotStage, until month: PilotMonth
    ) -> PublishedSum? {
        guard
            let start = counts.groups.filter({ scope.district == nil || scope.district == $0.district })
                .map(\.month).min(), start < month
        else { return nil }
        // The first month is its own total from the start.
        let last = shown.filter {
            $0.scope == scope && $0.stage == stage && $0.months.lowerBound == start
        }.max { $0.months.upperBound < $1.months.upperBound }
        // Adds to what was shown, also where that is no longer what is known: a late entry is not to be told
        // from the difference.
        var total = counts.sum(scope, stage, start...month)
        if let last {
            let since = counts.sum(scope, stage, last.months.upperBound.next...month)
            total.numerator = last.numerator + since.numerator
            total.denominator = last.denominator + since.denominator
        }
        guard !total.isDisclosive(rule) else { return nil }
        // What it tells beyond the last one shown: the hidden months since.
        let news = hidden.filter { cell in
            cell.scope == scope && cell.stage == stage
                && (last.map { cell.months.lowerBound > $0.months.upperBound } ?? true)
        }
        guard !news.isEmpty else { return total }
        let addition = PublishedSum(
            scope: scope, stage: stage, months: total.months,
            numerator: news.reduce(0) { $0 + $1.numerator },
            denominator: news.reduce(0) { $0 + $1.denominator })
        return addition.isDisclosive(rule) ? nil : total
    }

    /// Those to give up so that a cell is protected: its own district's, else other districts', the arm's last.
    private static func totals(
        _ totals: [PublishedSum], besides cell: PublishedSum
    ) -> [PublishedSum] {
        let choices: [(PublishedSum) -> Bool] = [
            { $0.scope != .arm && $0.scope == cell.scope && $0.stage == cell.stage },
            { $0.scope != .arm && $0.scope == cell.scope },
            { $0.scope != .arm && $0.stage == cell.stage },
            { $0.scope != .arm },
            { $0.stage == cell.stage },
        ]
        for choice in choices {
            let found = totals.filter(choice)
            if !found.isEmpty { return found }
        }
        return totals
    }
}
