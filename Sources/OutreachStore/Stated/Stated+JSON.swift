internal import Funnel
public import Outreach

// What offices state as programs read it: the same from the terminal and over HTTP.

extension StatedKind {
    /// What it is called in JSON.
    public var name: String { self == .declared ? "declared" : "target" }

    /// Keys of a statement's value, of the office that states it, and of the day on which it did.
    public var keys: (value: String, office: String, day: String) {
        self == .declared ? ("declared", "declared_by", "received_on") : ("target", "set_by", "set_on")
    }
}

extension StatedRevision {
    /// - Parameter label: code and name of the unit.
    public func json(_ kind: StatedKind, label: (code: String, name: String)) -> JSONValue {
        .object([
            .init("id", .string("\(id)")), .init("revision", .integer(revision)),
            .init("code", .string(label.code)), .init("name", .string(label.name)),
            .init("figure", .string(statement.figure.rawValue)), .init("from", .string(statement.from.iso)),
            .init("to", .string(statement.to.iso)),
            .init(kind.keys.value, voidedBecause == nil ? .integer(statement.value) : .null),
            .init("source", .string(statement.source)), .init(kind.keys.office, .string(statement.office)),
            .init(kind.keys.day, statement.statedOn.map { .string($0.iso) } ?? .null),
            .init("voided_because", voidedBecause.map(JSONValue.string) ?? .null),
            .init("recorded_at", .string(OfficeTime.text(of: recordedAt))),
        ])
    }
}

extension StatedPlan {
    /// - Parameters:
    ///   - rows: of the file.
    ///   - lines: of each statement.
    ///   - isPreview: whether nothing was to be written.
    public func json(_ kind: StatedKind, rows: Int, lines: [Int], isPreview: Bool) -> JSONValue {
        .object([
            .init("kind", .string(kind.name)),
            .init("outcome", .string(isPreview ? "previewed" : "imported")),
            .init("rows", .integer(rows)), .init("added", .integer(added.count)),
            .init("changed", .integer(revised.count)), .init("present", .integer(present)),
            .init(
                "revisions",
                .array(
                    revised.map { conflict in
                        .object([
                            .init("line", .integer(lines[conflict.index])),
                            .init("figure", .string(conflict.sent.figure.rawValue)),
                            .init("before", conflict.standing.statement.told),
                            .init("after", conflict.sent.told),
                        ])
                    })), .init("errors", .array([])),
        ])
    }

    /// Each conflict at its line.
    public func conflicts(lines: [Int]) -> [DocumentIssue] {
        revised.map { conflict in
            DocumentIssue(
                code: conflict.issue.code, pointer: "\(lines[conflict.index])", rule: conflict.issue.rule,
                mend: conflict.issue.mend)
        }
    }
}

extension Statement {
    fileprivate var told: JSONValue {
        .object([.init("value", .integer(value)), .init("source", .string(source))])
    }
}

extension Programme {
    public var json: JSONValue {
        let pilots = units.count { $0.arm == "pilot" }
        return .object([
            .init("programme", .string(code)), .init("name", .string(name.zh)),
            .init("name_en", .string(name.en)),
            .init("window_days", .integer(windowDays)), .init("pilot", .integer(pilots)),
            .init("comparison", .integer(units.count - pilots)),
            .init("start_on", units.map(\.startOn).min().map { .string($0.iso) } ?? .null),
        ])
    }
}

extension Programme.Unit {
    public var json: JSONValue {
        .object([
            .init("unit", .string(areaCode)), .init("name", .string(areaName)),
            .init("district", .string(districtName)), .init("arm", .string(arm)),
            .init("start_on", starts ? .string(startOn.iso) : .null),
        ])
    }
}
