public import Funnel
public import Outreach

/// The funnel by group, as text, CSV, JSON, a page or a workbook: counts, mature rates with their intervals, the split by what
/// became of each.
public struct FunnelTable: Sendable {
    let breakdown: FunnelBreakdown
    let definition: FunnelDefinition
    let grouping: FunnelGrouping
    /// Entries lie in these days, both included.
    let from: Day
    let to: Day
    let federation: Bilingual
    let synthetic: Bool
    let asKnownAt: String
    /// Of areas and districts, by code.
    let names: [String: String]

    /// - Parameters:
    ///   - federation: its name.
    ///   - asKnownAt: RFC 3339 with the office's offset.
    ///   - names: of areas and districts, by code.
    public init(
        breakdown: FunnelBreakdown, definition: FunnelDefinition, grouping: FunnelGrouping, from: Day,
        to: Day, federation: Bilingual, synthetic: Bool, asKnownAt: String, names: [String: String]
    ) {
        self.breakdown = breakdown
        self.definition = definition
        self.grouping = grouping
        self.from = from
        self.to = to
        self.federation = federation
        self.synthetic = synthetic
        self.asKnownAt = asKnownAt
        self.names = names
    }

    // MARK: Columns

    struct Column {
        let key: String
        let name: Bilingual
        let value: (FunnelCounts) -> Int
    }

    /// The share of the at-risk units of mature weeks that reached a step.
    struct Rate {
        let step: String
        let name: Bilingual
        let position: Int

        /// nil where nothing was counted.
        func proportion(_ counts: FunnelCounts) -> Proportion? {
            counts.atRisk > 0 ? Proportion(x: counts.steps[position], n: counts.atRisk) : nil
        }
    }

    private static let firmSteps = [
        ("intent", Bilingual(zh: "达成意向", en: "intent")),
        ("application", Bilingual(zh: "提出申请", en: "applied")),
        ("established", Bilingual(zh: "批复成立", en: "established")),
    ]
    private static let workerSteps = [
        ("joined", Bilingual(zh: "申请入会", en: "joined")),
        ("verified", Bilingual(zh: "审核通过", en: "verified")),
        ("admitted", Bilingual(zh: "批准入会", en: "admitted")),
    ]

    private var entry: (key: String, name: Bilingual, atRisk: Bilingual) {
        let unorganised = Bilingual(zh: "满期未建会", en: "at risk")
        return switch (definition.track, definition.start) {
        case (.firm, .firstContact): ("met", Bilingual(zh: "涉及企业", en: "met"), unorganised)
        case (.firm, .intent): ("entered", Bilingual(zh: "有意向企业", en: "with intent"), unorganised)
        case (.worker, _):
            (
                "applied", Bilingual(zh: "申请职工", en: "applied"),
                Bilingual(zh: "满期申请职工", en: "at risk")
            )
        }
    }

    /// Keys and names of the steps after the entry.
    private var steps: [(key: String, name: Bilingual)] {
        switch definition.track {
        case .firm: Array(Self.firmSteps.dropFirst(definition.firstStep - 2))
        case .worker: Array(Self.workerSteps.dropFirst(definition.firstStep - 2))
        }
    }

    var columns: [Column] {
        var columns = [
            Column(key: entry.key, name: entry.name) { $0.entered },
            Column(key: "at_risk", name: entry.atRisk) { $0.atRisk },
        ]
        columns += steps.enumerated().map { position, step in
            Column(key: step.key, name: step.name) { $0.steps[position] }
        }
        columns.append(Column(key: "converted", name: Bilingual(zh: "已达成", en: "converted")) { $0.converted })
        if definition.track == .firm {
            columns.append(Column(key: "covered", name: Bilingual(zh: "被涵盖", en: "covered")) { $0.covered })
        }
        return columns + [
            Column(
                key: "exited",
                name: definition.track == .firm
                    ? Bilingual(zh: "终止跟进", en: "exited") : Bilingual(zh: "未通过", en: "exited")
            ) { $0.exited },
            Column(key: "open", name: Bilingual(zh: "跟踪期未满", en: "open")) { $0.open },
            Column(key: "expired", name: Bilingual(zh: "期满未达成", en: "expired")) { $0.expired },
        ]
    }

    /// Of the first step and of the last.
    var rates: [Rate] {
        [0, steps.count - 1].map { position in
            let step = steps[position]
            return Rate(
                step: step.key,
                name: Bilingual(zh: step.name.zh + "率", en: step.name.en + " rate"), position: position)
        }
    }

    private var medianKey: String { "median_days_to_\(steps[0].key)" }

    // MARK: Text

    public func text(_ language: Language) -> String {
        let header =
            [language == .zh ? "分组" : "group"] + columns.map { language.of($0.name) }
            + rates.map { language.of($0.name) }
        let total = language == .zh ? "合计" : "total"
        var lines =
            grouping == .none ? [] : breakdown.groups.map { line(label($0.unit, language), $0.counts) }
        if let all = breakdown.total { lines.append(line(total, all)) }
        let widths = header.indices.map { column in
            ([header] + lines).map { TerminalText.width(of: $0[column]) }.max() ?? 0
        }
        let body = ([header] + lines).map { line in
            line.indices.map { column in
                TerminalText.padded(
                    line[column], to: widths[column], alignment: column == 0 ? .leading : .trailing)
            }.joined(separator: "  ")
        }
        let mark = synthetic ? (language == .zh ? "【演示数据（模拟）】" : "[synthetic] ") : ""
        let foot =
            language == .zh
            ? "起点 \(from.iso) 至 \(to.iso)　数据截止 \(asKnownAt)　口径 \(definition.canonicalText)"
                + "　编号 \(definition.hash)"
            : "entries \(from.iso) to \(to.iso) · as known at \(asKnownAt) · \(definition.canonicalText)"
                + " · \(definition.hash)"
        return ([mark + language.of(federation)] + body + [foot]).joined(separator: "\n")
    }

    private func line(_ label: String, _ counts: FunnelCounts) -> [String] {
        [label] + columns.map { String($0.value(counts)) } + rates.map { text(of: $0.proportion(counts)) }
    }

    func label(_ unit: String, _ language: Language) -> String {
        guard unit.isEmpty else {
            return grouping == .venue ? Catalogue(language)["venue.\(unit)"] : names[unit] ?? unit
        }
        return language.of(
            grouping == .headcount
                ? Bilingual(zh: "未填人数", en: "not stated") : Bilingual(zh: "未归属", en: "unassigned"))
    }

    private func text(of proportion: Proportion?) -> String {
        guard let proportion, let rate = proportion.rate else { return "—" }
        func percent(_ value: Double) -> String {
            let tenths = Int((value * 1000).rounded())
            return "\(tenths / 10).\(tenths % 10)%"
        }
        let interval = proportion.wilson()
        return
            "\(percent(rate)) (\(proportion.x)/\(proportion.n)) [\(percent(interval.lower)), \(percent(interval.upper))]"
    }

    // MARK: CSV

    /// One row a group, without the total: a row that is the sum of others does not belong among data.
    public func csv() -> String {
        var writer = CSVWriter(profile: .data)
        let (first, last) = (rates[0].step, rates[1].step)
        writer.write(
            header: ["unit", "unit_name"] + columns.map(\.key)
                + [
                    "\(first)_rate", "ci_low", "ci_high", "\(last)_rate", "\(last)_ci_low",
                    "\(last)_ci_high", medianKey, "as_known_at", "definition", "synthetic",
                ])
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
                        .text(synthetic ? "true" : "false"),
                    ])
        }
        return writer.text
    }

    // MARK: JSON

    public func json() -> String {
        JSONValue.object([
            .init("schema", .string("goutong.funnel/1")), .init("from", .string(from.iso)),
            .init("to", .string(to.iso)), .init("by", .string(grouping.rawValue)),
            .init("as_known_at", .string(asKnownAt)), .init("synthetic", .bool(synthetic)),
            .init("definition", .string(definition.canonicalText)),
            .init("hash", .string(definition.hash)),
            .init(
                "groups",
                .array(
                    breakdown.groups.map { row in
                        .object(
                            [
                                .init("unit", .string(row.unit)),
                                .init("name", names[row.unit].map(JSONValue.string) ?? .null),
                            ] + members(row.counts))
                    })), .init("total", breakdown.total.map { .object(members($0)) } ?? .null),
        ]).text()
    }

    private func members(_ counts: FunnelCounts) -> [JSONValue.Member] {
        columns.map { JSONValue.Member($0.key, .integer($0.value(counts))) }
            + zip(rates, ["ci95", "\(rates[1].step)_ci95"]).flatMap { rate, key -> [JSONValue.Member] in
                let proportion = rate.proportion(counts)
                let interval = proportion?.wilson()
                return [
                    .init("\(rate.step)_rate", proportion?.rate.map(JSONValue.number) ?? .null),
                    .init(key, interval.map { .array([.number($0.lower), .number($0.upper)]) } ?? .null),
                ]
            } + [.init(medianKey, counts.medianDays.map(JSONValue.number) ?? .null)]
    }
}
