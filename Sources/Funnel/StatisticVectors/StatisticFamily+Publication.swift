internal import Outreach

extension StatisticFamily {
    /// Some ten seconds of linear programs.
    private static let cellLimit = 2000

    static let publication = [
        StatisticFamily(name: "suppression") { input throws(DocumentIssue) in
            let rows = try input.rows("table", in: 0...1_000_000_000)
            guard rows.reduce(0, { $0 + $1.count }) <= cellLimit else {
                throw input.tooLarge(
                    "table.too_large", "table", zh: "最多 \(cellLimit) 格",
                    en: "must have at most \(cellLimit) cells")
            }
            let rule = SuppressionRule(
                threshold: input.has("k") ? try input.integer("k", in: 1...1_000_000_000) : 5)
            let table = LinearTable(rows: rows)
            let width = max(1, rows.first?.count ?? 1)
            func place(_ cell: Int) -> JSONValue { .counts([cell / width, cell % width]) }
            let primary = table.cells.indices.filter { rule.isDisclosive(table.cells[$0]) }
            let named: JSONValue = .members(["primary": .array(primary.map(place))])
            do throws(LinearProgramError) {
                guard let suppression = try Suppression(table, rule: rule) else {
                    return named.replacing("feasible", by: .bool(false))
                }
                let hidden = suppression.secondary
                var out =
                    named.replacing("secondary_count", by: .integer(hidden.count))
                    .replacing(
                        "secondary_value", by: .integer(hidden.reduce(0) { $0 + table.cells[$1] }))
                if !primary.isEmpty {
                    out = out.replacing("example_secondary", by: .array(hidden.map(place)))
                }
                return out.replacing("feasible", by: .bool(true))
                    .replacing(
                        "intervals",
                        by: .array(
                            zip(primary, suppression.intervals).map { cell, interval in
                                .members([
                                    "cell": place(cell), "lo": .figure(interval.lower),
                                    "hi": .figure(interval.upper),
                                ])
                            }))
            } catch {
                throw input.issue(
                    error == .noSolver ? "solver.missing" : "solver.failed", "table",
                    Bilingual(
                        zh: "线性规划求解器不可用，无法审核", en: "the linear programming solver cannot audit it"),
                    mend: Bilingual(zh: "安装 coinor-libclp1", en: "install coinor-libclp1"))
            }
        }
    ]
}
