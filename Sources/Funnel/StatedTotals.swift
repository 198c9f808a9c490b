public import Outreach

/// A total that an office reported without records, beside what the ledger has of the same unit and period. It is
/// part of no figure.
public struct DeclaredTotal: Hashable, Sendable {
    /// Of the area, the unit of the union tree, or the federation.
    public var code: String
    public var name: String
    /// Whether it is of the federation as a whole.
    public var isWhole: Bool
    public var figure: HeadlineMeasure
    public var from: Day
    /// Included.
    public var to: Day
    public var declared: Int
    /// Recomputed from the ledger, as known at the report's moment.
    public var recorded: Int
    /// Where it stands: title or reference.
    public var source: String
    /// The office.
    public var declaredBy: String
    public var receivedOn: Day?

    /// What was declared beyond what is recorded.
    public var difference: Int { declared - recorded }

    public init(
        code: String, name: String, isWhole: Bool, figure: HeadlineMeasure, from: Day, to: Day, declared: Int,
        recorded: Int, source: String, declaredBy: String, receivedOn: Day?
    ) {
        self.code = code
        self.name = name
        self.isWhole = isWhole
        self.figure = figure
        self.from = from
        self.to = to
        self.declared = declared
        self.recorded = recorded
        self.source = source
        self.declaredBy = declaredBy
        self.receivedOn = receivedOn
    }
}

/// What a unit is to reach in a period, and how much of it the ledger has by the report's last day.
public struct TargetProgress: Hashable, Sendable {
    public var code: String
    public var name: String
    public var isWhole: Bool
    public var figure: HeadlineMeasure
    public var from: Day
    /// Included.
    public var to: Day
    public var target: Int
    /// From the period's first day to its last or the report's, whichever is earlier.
    public var reached: Int
    public var source: String
    public var setBy: String
    public var setOn: Day?

    public init(
        code: String, name: String, isWhole: Bool, figure: HeadlineMeasure, from: Day, to: Day, target: Int,
        reached: Int, source: String, setBy: String, setOn: Day?
    ) {
        self.code = code
        self.name = name
        self.isWhole = isWhole
        self.figure = figure
        self.from = from
        self.to = to
        self.target = target
        self.reached = reached
        self.source = source
        self.setBy = setBy
        self.setOn = setOn
    }

    /// Share of the target reached; nil of a target of 0.
    public var share: Double? { target == 0 ? nil : Double(reached) / Double(target) }
}
