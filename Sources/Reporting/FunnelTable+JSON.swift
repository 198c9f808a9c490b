import Funnel
import Outreach

extension FunnelTable {
    public func json() -> String {
        JSONValue.object([
            .init("schema", .string("goutong.funnel/1")), .init("from", .string(from.iso)),
            .init("to", .string(to.iso)), .init("by", .string(groups.text)),
            .init("as_known_at", .string(asKnownAt)), .init("synthetic", .bool(synthetic)),
            .init("definition", .string(definition.canonicalText)),
            .init("hash", .string(definition.hash)),
            // Of the shares of firms or applicants; what meetings brought says its own.
            .init("ci95_method", .string("wilson, ignores clustering")),
            .init(
                "groups",
                .array(
                    breakdown.groups.map { row in
                        .object(
                            [
                                .init("unit", .string(row.unit)),
                                .init("name", names[row.unit].map(JSONValue.string) ?? .null),
                            ] + members(row.counts) + [
                                .init("groups", .array(row.path.map(JSONValue.string))),
                                .init("level", .integer(row.level)),
                                .init("overlap", overlap(of: row).map(JSONValue.integer) ?? .null),
                            ] + members(row.measures))
                    })),
            .init(
                "total",
                breakdown.total.map { .object(members($0) + members(breakdown.measures)) } ?? .null),
            .init(
                "conservation",
                .array(
                    conservation.map { column, line in
                        .object([
                            .init("figure", .string(column.key)), .init("parts", .integer(line.parts)),
                            .init("unassigned", .integer(line.unassigned)),
                            .init("overlap", .integer(line.overlap)), .init("total", .integer(line.total)),
                        ])
                    })),
        ]).text()
    }

    private func members(_ counts: FunnelCounts) -> [JSONValue.Member] {
        columns.map { JSONValue.Member($0.key, .integer($0.value(counts))) }
            + zip(rates, ["ci95", "\(rates[1].step)_ci95"]).flatMap { rate, key -> [JSONValue.Member] in
                let proportion = rate.proportion(counts)
                return [
                    .init("\(rate.step)_rate", proportion?.rate.map(JSONValue.number) ?? .null),
                    .init(key, Self.pair(proportion?.wilson())),
                ]
            } + [.init(medianKey, counts.medianDays.map(JSONValue.number) ?? .null)]
    }

    private func members(_ measures: FunnelMeasures?) -> [JSONValue.Member] {
        guard let measures else { return [] }
        let employees = zip(sizedColumns, measures.employees).map { column, size in
            JSONValue.Member(
                column.key,
                .object([
                    .init("employees", .integer(size.employees)),
                    .init("unstated_firms", .integer(size.unstatedFirms)),
                ]))
        }
        let meetings = measures.meetings.map { held in
            JSONValue.object([
                .init("enterprise", .integer(held.enterprise)), .init("worker", .integer(held.worker)),
                .init("applications", .integer(held.applications)),
                .init("cadre_hours", .number(Double(held.cadreMinutes) / 60)),
                .init("without_hours", .integer(held.withoutHours)),
            ])
        }
        let rates = measures.rates.map { rate in
            let ratio = RatioEstimate(rate)
            return JSONValue.Member(
                rate.kind.rawValue,
                .object([
                    .init("x", .integer(ratio.x)), .init("n", .number(ratio.n)),
                    .init("rate", ratio.value.map(JSONValue.number) ?? .null),
                    .init("ci95", Self.pair(ratio.interval)),
                    .init("ci95_method", rate.method.map { .string($0.rawValue) } ?? .null),
                    .init("townships", .integer(rate.townships)),
                ]))
        }
        return [
            .init("employees", definition.track == .worker ? .null : .object(employees)),
            .init("meetings", meetings ?? .null), .init("rates", .object(rates)),
            .init("coverage", measures.coverage.map(Self.value) ?? .null),
        ]
    }

    private static func value(_ coverage: FunnelCoverage) -> JSONValue {
        let (firms, employees) = (coverage.firms, coverage.employees)
        return .object([
            .init(
                "firms",
                .object([
                    .init("x", .integer(firms.x)), .init("n", .integer(firms.n)),
                    .init("rate", firms.rate.map(JSONValue.number) ?? .null),
                    .init("ci95", pair(firms.n > 0 ? firms.wilson() : nil)),
                    .init("unknown", .integer(coverage.unknown)),
                ])),
            .init(
                "employees",
                employees.map { employees in
                    .object([
                        .init("x", .integer(employees.x)), .init("n", .integer(employees.n)),
                        .init("rate", employees.rate.map(JSONValue.number) ?? .null),
                        .init(
                            "unstated_firms", coverage.unstatedFirms.map(JSONValue.integer) ?? .null),
                    ])
                } ?? .null),
        ])
    }

    private static func pair(_ interval: ConfidenceInterval?) -> JSONValue {
        interval.map { .array([.number($0.lower), .number($0.upper)]) } ?? .null
    }
}
