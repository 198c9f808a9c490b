internal import Outreach

/// The data package descriptor (Table Schema) of a ledger export: every column with its type and meaning.
public enum LedgerDescriptor {
    public static let fileName = "datapackage.json"

    public static func json(_ federation: Federation) -> [UInt8] {
        let resources = LedgerTable.all.map { table -> JSONValue in
            .object([
                .init("name", .string(table.name)), .init("path", .string(table.fileName)),
                .init("profile", .string("tabular-data-resource")),
                .init("description", .string(table.meaning)), .init("encoding", .string("utf-8")),
                .init(
                    "schema",
                    .object([
                        .init("fields", .array(table.columns.map(field))),
                        .init("missingValues", .array([.string("")])),
                    ])),
            ])
        }
        let package = JSONValue.object([
            .init("name", .string("goutong-ledger")), .init("profile", .string("tabular-data-package")),
            .init("title", .string(federation.name.zh + " · " + federation.name.en)),
            .init("synthetic", .bool(federation.synthetic)),
            .init(
                "description",
                .string("Visible at S: recorded_at <= S and (superseded_at is empty or superseded_at > S).")),
            .init("resources", .array(resources)),
        ])
        return Array((package.text() + "\n").utf8)
    }

    private static func field(_ column: LedgerTable.Column) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("name", .string(column.name)),
            // PostgreSQL writes instants as `2018-09-12 08:00:00+00`.
            .init("type", .string(column.type == "datetime" ? "string" : column.type)),
            .init("description", .string(column.meaning)),
        ]
        // PostgreSQL writes t and f.
        if column.type == "boolean" {
            members.append(.init("trueValues", .array([.string("t")])))
            members.append(.init("falseValues", .array([.string("f")])))
        }
        return .object(members)
    }
}
