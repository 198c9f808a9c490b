public import Outreach

/// What exists without meetings, so that it can be known from before the programme.
public enum DeclaredOutcome: String, CaseIterable, Sendable {
    /// Unions founded, of firms without one.
    case unionsFounded = "unions_founded"
    /// Members, of employees.
    case members

    public var name: Bilingual {
        switch self {
        case .unionsFounded: Bilingual(zh: "新建工会（申报数）", en: "unions founded (declared)")
        case .members: Bilingual(zh: "会员占职工（申报数）", en: "members of employees (declared)")
        }
    }
}

/// A figure that a unit declared for a period, before the programme or in it. Never mixed with recorded facts.
public struct DeclaredFigure: Hashable, Sendable {
    public var unitCode: String
    public var outcome: DeclaredOutcome
    public var periodFrom: Day
    /// Included.
    public var periodTo: Day
    /// `x` of `n`.
    public var counts: Proportion

    public init(
        unitCode: String, outcome: DeclaredOutcome, periodFrom: Day, periodTo: Day, counts: Proportion
    ) {
        self.unitCode = unitCode
        self.outcome = outcome
        self.periodFrom = periodFrom
        self.periodTo = periodTo
        self.counts = counts
    }
}
