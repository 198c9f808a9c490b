import Funnel
import Outreach

/// What the cells add up to: each arm by month, and its districts from the start.
extension PilotContents {
    private var stageColumns: [ReportTable.Column] {
        PilotStage.allCases.map { .init(words["pilot_stage.\($0.rawValue)"], .text) }
    }

    /// `12/40`, or that it is withheld.
    private func pair(_ total: PilotTotal?, until last: Day? = nil) -> ReportTable.Cell {
        guard let total else { return .text(words["pilot.suppressed"]) }
        guard let x = total.numerator, let n = total.denominator else {
            return .text(words["pilot.suppressed"])
        }
        let fraction = "\(words.count(x))/\(words.count(n))"
        guard let last, total.periodTo < last else { return .text(fraction) }
        return .text(
            words(
                "pilot.until", ["fraction": fraction, "day": words.monthAndDay(total.periodTo)]))
    }

    private func isMonth(_ total: PilotTotal) -> Bool {
        total.periodFrom.parts.month == total.periodTo.parts.month
            && total.periodFrom.year == total.periodTo.year
    }

    var monthsTable: ReportTable {
        let months = comparison.totals.filter { $0.districtCode == nil && isMonth($0) }
        var rows: [ReportTable.Row] = []
        for arm in PilotArm.allCases {
            let ours = months.filter { $0.arm == arm }
            for month in Set(ours.map { String($0.periodFrom.iso.prefix(7)) }).sorted() {
                let cells = PilotStage.allCases.map { stage in
                    pair(ours.first { $0.stage == stage && $0.periodFrom.iso.hasPrefix(month) })
                }
                rows.append(
                    .init(cells: [.text(words["pilot_arm.\(arm.rawValue)"]), .text(month)] + cells))
            }
            let whole = PilotStage.allCases.map { stage in
                pair(
                    latest(
                        comparison.totals.filter {
                            $0.arm == arm && $0.districtCode == nil && $0.stage == stage
                        }),
                    until: lastDay(arm))
            }
            rows.append(
                .init(
                    cells: [.text(words["pilot_arm.\(arm.rawValue)"]), .text(words["pilot.whole"])] + whole,
                    isTotal: true))
        }
        return ReportTable(
            key: "pilot-months", title: words["pilot_table.months"],
            columns: [.init(words["pilot.arm"], .text), .init(words["pilot.month"], .text)] + stageColumns,
            rows: rows, notes: [words["pilot.pair_note"]], grouping: 0)
    }

    var districtsTable: ReportTable {
        var rows: [ReportTable.Row] = []
        for arm in PilotArm.allCases {
            let cells = comparison.cells.filter { $0.arm == arm }
            for code in Set(cells.map { String($0.unitCode.prefix(6)) }).sorted() {
                let ours = comparison.totals.filter { $0.arm == arm && $0.districtCode == code }
                let pairs = PilotStage.allCases.map { stage in
                    pair(latest(ours.filter { $0.stage == stage }), until: lastDay(arm))
                }
                let name =
                    comparison.units.first { $0.code.hasPrefix(code) }?.district ?? code
                rows.append(
                    .init(
                        cells: [.text(words["pilot_arm.\(arm.rawValue)"]), .text(code), .text(name)]
                            + pairs))
            }
        }
        return ReportTable(
            key: "pilot-districts", title: words["pilot_table.districts"],
            columns: [
                .init(words["pilot.arm"], .text), .init(words["column.code"], .code),
                .init(words["column.district"], .text),
            ] + stageColumns,
            rows: rows)
    }

    /// The total from the start that reaches furthest; a single month is one only where it is all there is.
    private func latest(_ totals: [PilotTotal]) -> PilotTotal? {
        guard let start = totals.map(\.periodFrom).min() else { return nil }
        return totals.filter { $0.periodFrom == start && !$0.suppressed }.max { $0.periodTo < $1.periodTo }
    }

    private func lastDay(_ arm: PilotArm) -> Day? {
        comparison.cells.filter { $0.arm == arm }.map(\.periodTo).max()
    }
}
