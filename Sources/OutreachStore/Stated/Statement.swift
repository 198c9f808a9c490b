public import Funnel
public import Outreach
public import PostgresClient

/// Of what something is stated.
public enum StatedUnit: Hashable, Sendable {
    /// The federation as a whole.
    case city
    /// A district, street or township, by its version on the period's last day.
    case area(id: Int, code: String)
    /// A unit of the union tree that has no area.
    case orgUnit(String)

    var areaID: Int? { if case .area(let id, _) = self { id } else { nil } }
    var orgUnit: String? { if case .orgUnit(let code) = self { code } else { nil } }

    fileprivate var key: String {
        switch self {
        case .city: "city"
        case .area(let id, _): "area/\(id)"
        case .orgUnit(let code): "unit/\(code)"
        }
    }
}

/// A number that an office states of a unit, a figure and a period.
public struct Statement: Hashable, Sendable {
    public let kind: StatedKind
    public let unit: StatedUnit
    public let figure: HeadlineMeasure
    public let from: Day
    /// Included.
    public let to: Day
    public let value: Int
    /// Where it stands: title or reference.
    public let source: String
    public let office: String
    /// When it was received, or set.
    public let statedOn: Day?

    public init(
        kind: StatedKind, unit: StatedUnit, figure: HeadlineMeasure, from: Day, to: Day, value: Int,
        source: String, office: String, statedOn: Day?
    ) {
        self.kind = kind
        self.unit = unit
        self.figure = figure
        self.from = from
        self.to = to
        self.value = value
        self.source = source
        self.office = office
        self.statedOn = statedOn
    }

    /// Follows from what it is stated of, so that the same stated anew is its next revision.
    public var id: StatementID {
        .derived(from: kind.rawValue, unit.key, figure.rawValue, from.iso, to.iso)
    }
}

/// A revision of a statement in the ledger.
public struct StatedRevision: Hashable, Sendable {
    public let id: StatementID
    public let revision: Int
    public let statement: Statement
    /// nil while it holds.
    public let voidedBecause: String?
    public let recordedAt: PostgresTimestamp
}
