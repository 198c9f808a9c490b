import Foundation
import Funnel
import Outreach

// The comparison's files as bytes.
extension PilotFolder {
    public var page: String { textFiles.first { $0.name == "comparison.html" }?.text ?? "" }

    /// The whole folder, in the order of the contract.
    public func files() throws(WorkbookError) -> [(name: String, bytes: [UInt8])] {
        textFiles.map { ($0.name, Array($0.text.utf8)) } + [("comparison.xlsx", try workbookBytes())]
    }

    public func workbookBytes() throws(WorkbookError) -> [UInt8] {
        try Workbook.bytes { path throws(WorkbookError) in try writeWorkbook(to: path) }
    }

    /// `goutong.comparison/1`: cells, estimates and effects with the columns of the CSV files.
    public func json() -> String {
        JSONValue.object(pairs: [
            ("schema", .string("goutong.comparison/1")),
            ("programme", .string(comparison.programme)),
            ("audience", .string(comparison.audience.rawValue)),
            ("window_days", .integer(comparison.windowDays)), ("to", .string(comparison.asOf.iso)),
            ("as_known_at", .string(comparison.asKnownAt)), ("synthetic", .bool(comparison.synthetic)),
            ("definition", .string(comparison.definition.canonicalText)),
            ("hash", .string(comparison.definition.hash)),
            ("scope", .string(language.of(comparison.scope))),
            (
                "estimates",
                .array(
                    comparison.estimates.map { line in
                        .object(pairs: [
                            ("outcome", .string(line.outcome.rawValue)),
                            ("estimand", .string(line.estimand.rawValue)),
                            ("method", .string(line.method.rawValue)),
                            ("estimate", JSONValue(line.estimate)), ("conf_low", JSONValue(line.confLow)),
                            ("conf_high", JSONValue(line.confHigh)), ("n", JSONValue(line.n)),
                            ("clusters", JSONValue(line.clusters)), ("p_raw", JSONValue(line.pRaw)),
                            ("p_bh", JSONValue(line.pBH)), ("suppressed", .bool(line.suppressed)),
                        ])
                    })
            ),
            (
                "effects",
                .array(
                    comparison.effects.map { line in
                        .object(pairs: [
                            ("outcome", .string(line.outcome.rawValue)),
                            ("estimand", .string(line.estimand.code)),
                            ("method", .string(line.method.rawValue)),
                            ("estimate", JSONValue(line.estimate)), ("conf_low", JSONValue(line.confLow)),
                            ("conf_high", JSONValue(line.confHigh)), ("n", JSONValue(line.n)),
                            ("clusters", JSONValue(line.clusters)), ("p_raw", JSONValue(line.pRaw)),
                            ("p_bh", JSONValue(line.pBH)),
                        ])
                    })
            ),
            (
                "cells",
                .array(
                    comparison.cells.map { cell in
                        .object(pairs: [
                            ("unit_code", .string(cell.unitCode)), ("unit_name", .string(cell.unitName)),
                            ("arm", .string(cell.arm.rawValue)), ("start_on", .string(cell.startOn.iso)),
                            ("period_from", .string(cell.periodFrom.iso)),
                            ("period_to", .string(cell.periodTo.iso)),
                            ("stage", .string(cell.stage.rawValue)),
                            ("numerator", JSONValue(cell.numerator)),
                            ("denominator", JSONValue(cell.denominator)), ("open", JSONValue(cell.open)),
                            ("suppressed", .bool(cell.suppressed)),
                        ])
                    })
            ),
        ]).rendered()
    }
}
