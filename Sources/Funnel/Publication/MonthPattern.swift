/// Which cells of one month are shown: the small ones are hidden, and as few others as protect them.
struct MonthPattern {
    private(set) var shown: [PublishedSum]
    private(set) var hidden: [PublishedSum]
    /// Those hidden for the sake of others.
    private var secondary: [PublishedSum] = []

    init(shown: [PublishedSum], hidden: [PublishedSum]) {
        self.shown = shown
        self.hidden = hidden
    }

    /// Hides until no hidden cell can be placed; then shows again what proves needless.
    ///
    /// Hiding more never narrows what an attacker is left with, so a cell that is protected stays so.
    mutating func protect(_ audit: PublicationAudit) throws(LinearProgramError) {
        var exposed = try audit.exposed(hidden, showing: shown)
        while let target = exposed.first {
            guard let other = try best(for: target.sum, audit) else { break }
            hide(other)
            exposed = try audit.exposed(exposed.map(\.sum) + [other], showing: shown)
        }
        let dear = secondary.sorted {
            ($0.scope == .arm ? 0 : 1, -$0.numerator) < ($1.scope == .arm ? 0 : 1, -$1.numerator)
        }
        for cell in dear {
            var trial = self
            trial.show(cell)
            if try audit.exposed(trial.hidden, showing: trial.shown).isEmpty { self = trial }
        }
    }

    private mutating func hide(_ cell: PublishedSum) {
        shown.removeAll { $0.key == cell.key }
        hidden.append(cell)
        secondary.append(cell)
    }

    private mutating func show(_ cell: PublishedSum) {
        hidden.removeAll { $0.key == cell.key }
        secondary.removeAll { $0.key == cell.key }
        shown.append(cell)
    }

    /// The shown cell that protects `target` if hidden too, else the one that widens it most; nil where none is
    /// left. The arm's totals, which most readers come for, only where hiding every district would not do. Of
    /// several the smallest: of its stage in other districts, of its district, any.
    private func best(
        for target: PublishedSum, _ audit: PublicationAudit
    ) throws(LinearProgramError) -> PublishedSum? {
        let totals = shown.filter { $0.scope == .arm }
        let districts = shown.filter { $0.scope != .arm }
        let suffice = try audit.exposed([target], showing: totals).isEmpty
        func closeness(_ cell: PublishedSum) -> Int {
            if cell.numerator == 0 { return 3 }
            return cell.stage == target.stage ? 0 : cell.scope == target.scope ? 1 : 2
        }
        let choices = (suffice || totals.isEmpty ? districts : totals).sorted {
            (closeness($0), $0.denominator, $0.numerator) < (closeness($1), $1.denominator, $1.numerator)
        }
        var widest: (cell: PublishedSum, width: Double)?
        for cell in choices {
            let left = shown.filter { $0.key != cell.key }
            guard let still = try audit.exposed([target], showing: left).first else { return cell }
            if widest.map({ still.width > $0.width }) ?? true { widest = (cell, still.width) }
        }
        return widest?.cell ?? districts.first ?? totals.first
    }
}
