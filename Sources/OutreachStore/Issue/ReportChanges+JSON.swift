internal import Foundation
public import Funnel
public import Outreach

// What moved an issued report as programs read it: the same from the terminal and over HTTP.

extension ReportChanges {
    /// - Parameters:
    ///   - edition: the one that was compared with what is known now.
    ///   - definition: the one that both sides are counted by.
    public func json(of edition: IssuedEdition, by definition: FunnelDefinition, in federation: Federation)
        -> JSONValue
    {
        .object([
            .init("week", .string(edition.week.name)), .init("edition", .integer(edition.edition)),
            .init("issued_as_known_at", .string(OfficeTime.text(of: since))),
            .init("as_known_at", .string(OfficeTime.text(of: until))),
            .init("issued_definition", .string(edition.definitionHash)),
            .init("definition", .string(definition.hash)),
            .init("synthetic", .bool(federation.synthetic)),
            .init("changes_seen", .integer(changesSeen)),
            .init("steps", .array(steps.map(\.json))), .init("moved", .array(moves.map(\.json))),
            .init("unexplained", .array(unexplained.map(\.json))),
        ])
    }
}

extension ReportChanges.Step {
    fileprivate var json: JSONValue {
        .object([
            .init("at", .string(OfficeTime.text(of: moment))), .init("causes", .array(causes.map(\.json))),
            .init("moved", .array(moves.map(\.json))),
        ])
    }
}

extension LedgerChange {
    fileprivate var json: JSONValue {
        .object(present: [
            "kind": .string(kind.rawValue), "id": id.map { .string($0.uuidString.lowercased()) },
            "meeting": meeting.map { .string("\($0)") }, "firm": firm.map { .string("\($0)") },
            "area": area.map(JSONValue.string), "on": day.map { .string($0.iso) },
            "detail": detail.map(JSONValue.string), "elsewhere": isHere ? nil : .bool(true),
        ])
    }
}

extension FigureMove {
    fileprivate var json: JSONValue {
        .object([
            .init("figure", .string(path)), .init("before", before.map(Self.number) ?? .null),
            .init("after", after.map(Self.number) ?? .null),
        ])
    }

    private static func number(_ value: Double) -> JSONValue {
        Int(exactly: value).map(JSONValue.integer) ?? .number(value)
    }
}
