public import Outreach

/// What an office may state: raw values are tables.
public enum StatedKind: String, Hashable, Sendable, CaseIterable {
    /// What it reported without records.
    case declared = "declared_total"
    /// What a unit is to reach.
    case target

    var importing: AuditEvent.Action { self == .declared ? .declaredImport : .targetImport }
    var voiding: AuditEvent.Action { self == .declared ? .declaredVoid : .targetVoid }
}

public enum StatementSubject: Sendable {}
public typealias StatementID = Identifier<StatementSubject>
