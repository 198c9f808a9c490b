import Funnel

extension FunnelTable {
    /// One row a group of each level, which `level` tells apart, without the total: a row that is the sum of all
    /// others does not belong among data.
    public func csv() -> String {
        var writer = CSVWriter(profile: .data)
        let (first, last) = (rates[0].step, rates[1].step)
        writer.write(
            header: ["unit", "unit_name"] + columns.map(\.key)
                + [
                    "\(first)_rate", "ci_low", "ci_high", "\(last)_rate", "\(last)_ci_low",
                    "\(last)_ci_high", medianKey, "as_known_at", "definition", "synthetic",
                ] + ["level"] + groups.levels.map { "by_\($0.rawValue)" } + ["overlap"] + measureHeader)
        for row in breakdown.groups {
            writer.write(
                row: [.text(row.unit), .init(names[row.unit])]
                    + columns.map { .integer($0.value(row.counts)) }
                    + rates.flatMap { rate -> [CSVWriter.Field] in
                        let proportion = rate.proportion(row.counts)
                        let interval = proportion?.wilson()
                        return [
                            .init(proportion?.rate), .init(interval?.lower), .init(interval?.upper),
                        ]
                    } + [
                        .init(row.counts.medianDays), .text(asKnownAt), .text(definition.hash),
                        .text(synthetic ? "true" : "false"), .integer(row.level),
                    ]
                    + groups.levels.indices.map { level in
                        row.path.indices.contains(level) ? .text(row.path[level]) : .empty
                    } + [.init(overlap(of: row))] + fields(row.measures))
        }
        return writer.text
    }

    /// At risk and the steps, as `FunnelMeasures.employees` has them.
    var sizedColumns: [Column] { definition.track == .worker ? [] : Array(columns[1...(steps.count + 1)]) }

    private var measureHeader: [String] {
        sizedColumns.flatMap { ["\($0.key)_employees", "\($0.key)_unstated"] }
            + ["enterprise_meetings", "worker_meetings", "applications", "cadre_hours", "without_hours"]
            + FunnelRate.Kind.allCases.flatMap { kind in
                ["", "_x", "_n", "_ci_low", "_ci_high"].map { kind.rawValue + $0 }
            }
            + [
                "coverage_x", "coverage_n", "coverage_ci_low", "coverage_ci_high", "coverage_unknown",
                "coverage_employees_x", "coverage_employees_n", "coverage_unstated",
            ]
    }

    private func fields(_ measures: FunnelMeasures?) -> [CSVWriter.Field] {
        let sizes = sizedColumns.indices.flatMap { column -> [CSVWriter.Field] in
            let sizes = measures?.employees ?? []
            guard sizes.indices.contains(column) else { return [.empty, .empty] }
            return [.integer(sizes[column].employees), .integer(sizes[column].unstatedFirms)]
        }
        let meetings = measures?.meetings
        let held: [CSVWriter.Field] = [
            .init(meetings?.enterprise), .init(meetings?.worker), .init(meetings?.applications),
            .init(meetings.map { Double($0.cadreMinutes) / 60 }), .init(meetings?.withoutHours),
        ]
        let ratios = FunnelRate.Kind.allCases.flatMap { kind -> [CSVWriter.Field] in
            let rate = measures?.rates.first { $0.kind == kind }
            let ratio = rate.map(RatioEstimate.init)
            return [
                .init(ratio?.value), .init(ratio?.x), number(ratio), .init(rate?.interval?.lower),
                .init(rate?.interval?.upper),
            ]
        }
        let coverage = measures?.coverage
        let interval = coverage.flatMap { $0.firms.n > 0 ? $0.firms.wilson() : nil }
        return sizes + held + ratios + [
            .init(coverage?.firms.x), .init(coverage?.firms.n), .init(interval?.lower),
            .init(interval?.upper), .init(coverage?.unknown), .init(coverage?.employees?.x),
            .init(coverage?.employees?.n), .init(coverage?.unstatedFirms),
        ]
    }

    /// Hours may have a fraction; meetings and persons have none.
    private func number(_ ratio: RatioEstimate?) -> CSVWriter.Field {
        guard let ratio else { return .empty }
        return ratio.isWhole ? .integer(Int(ratio.n)) : .number(ratio.n)
    }
}
