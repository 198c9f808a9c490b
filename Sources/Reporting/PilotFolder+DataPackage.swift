import Funnel
import Outreach

/// The folder described for programs: Data Package with a Table Schema (Frictionless Standards, v1).
extension PilotFolder {
    var dataPackage: String {
        let definition = comparison.definition
        return JSONValue.object(pairs: [
            ("profile", .string("tabular-data-package")),
            ("name", .string("goutong-pilot-comparison")),
            ("title", .string(language.of(comparison.name))),
            ("description", .string(language.of(comparison.scope))),
            ("programme", .string(comparison.programme)),
            ("audience", .string(comparison.audience.rawValue)),
            ("synthetic", .bool(comparison.synthetic)),
            ("as_of", .string(comparison.asOf.iso)), ("as_known_at", .string(comparison.asKnownAt)),
            ("window_days", .integer(comparison.windowDays)), ("definition", .string(definition.hash)),
            ("random_seed", .string(String(PilotEstimates.seed))),
            (
                "resources",
                .array([
                    resource(
                        "cells", fields: Self.cellColumns,
                        key: ["unit_code", "arm", "period_from", "stage"]),
                    resource(
                        "estimates", fields: Self.estimateColumns,
                        key: ["outcome", "estimand", "method"]),
                    // A total of a whole arm has no district, and a key may have nothing empty.
                    resource("totals", fields: Self.totalColumns, key: []),
                ])
            ),
        ]).rendered(breakingTo: 6)
    }

    private func resource(_ name: String, fields: [String], key: [String]) -> JSONValue {
        .object(pairs: [
            ("name", .string(name)), ("path", .string("\(name).csv")),
            ("profile", .string("tabular-data-resource")), ("format", .string("csv")),
            ("mediatype", .string("text/csv")), ("encoding", .string("utf-8")),
            (
                "schema",
                .object(
                    pairs: [("fields", .array(fields.map { field($0, of: name) }))]
                        + (key.isEmpty ? [] : [("primaryKey", .array(key.map(JSONValue.string)))])
                        + [("missingValues", .array([.string("")]))])
            ),
        ])
    }

    private func field(_ name: String, of table: String) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("name", .string(name)), ("type", .string(Self.type(of: name))),
            ("title", .string(words["pilot_field.\(name)"])),
        ]
        if let values = Self.values(of: name) {
            members.append(
                ("constraints", .object(pairs: [("enum", .array(values.map(JSONValue.string)))])))
        }
        return .object(pairs: members)
    }

    private static func type(of field: String) -> String {
        switch field {
        case "start_on", "period_from", "period_to": "date"
        case "numerator", "denominator", "open", "n", "clusters": "integer"
        case "estimate", "conf_low", "conf_high", "p_raw", "p_bh": "number"
        case "suppressed": "boolean"
        // Codes are text everywhere: a leading zero is part of them.
        default: "string"
        }
    }

    private static func values(of field: String) -> [String]? {
        switch field {
        case "arm": PilotArm.allCases.map(\.rawValue)
        case "stage": PilotStage.allCases.map(\.rawValue)
        case "outcome": PilotStage.allCases.map(\.rawValue) + DeclaredOutcome.allCases.map(\.rawValue)
        case "method":
            PilotMethod.allCases.map(\.rawValue)
                + PilotEffect.Method.allCases.map(\.rawValue).filter { PilotMethod(rawValue: $0) == nil }
        default: nil
        }
    }
}
