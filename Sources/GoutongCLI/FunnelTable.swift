internal import Funnel
internal import Outreach
internal import OutreachStore
internal import Reporting

/// The funnel by group, as text, CSV or JSON: counts, mature rate with its interval, the five-way split.
struct FunnelTable {
    let rows: [FunnelReader.Row]
    let definition: FunnelDefinition
    let federation: Federation
    let asKnownAt: String
    let names: [String: String]

    private static let columns: [(key: String, name: Bilingual)] = [
        ("met", Bilingual(zh: "涉及企业", en: "met")),
        ("at_risk", Bilingual(zh: "满期未建会", en: "at risk")),
        ("intent", Bilingual(zh: "达成意向", en: "intent")),
        ("application", Bilingual(zh: "提出申请", en: "applied")),
        ("established", Bilingual(zh: "批复成立", en: "established")),
        ("converted", Bilingual(zh: "已达成", en: "converted")),
        ("covered", Bilingual(zh: "被涵盖", en: "covered")),
        ("exited", Bilingual(zh: "终止跟进", en: "exited")),
        ("open", Bilingual(zh: "跟踪期未满", en: "open")),
        ("expired", Bilingual(zh: "期满未达成", en: "expired")),
    ]

    private func values(_ counts: FirmFunnelCounts) -> [Int] {
        [
            counts.met, counts.atRisk, counts.intent, counts.application, counts.established,
            counts.converted, counts.covered, counts.exited, counts.open, counts.expired,
        ]
    }

    private func rate(_ counts: FirmFunnelCounts) -> Proportion? {
        counts.intent <= counts.atRisk ? Proportion(x: counts.intent, n: counts.atRisk) : nil
    }

    func text(_ language: Language) -> String {
        let header =
            [language == .zh ? "分组" : "group"] + Self.columns.map { language.of($0.name) }
            + [language == .zh ? "意向达成率" : "intent rate"]
        let lines = rows.map { row in
            [names[row.unit] ?? (row.unit.isEmpty ? "—" : row.unit)] + values(row.counts).map(String.init)
                + [rateText(row.counts)]
        }
        let widths = header.indices.map { column in
            ([header] + lines).map { TerminalText.width(of: $0[column]) }.max() ?? 0
        }
        let body = ([header] + lines).map { line in
            line.indices.map { column in
                TerminalText.padded(
                    line[column], to: widths[column], alignment: column == 0 ? .leading : .trailing)
            }.joined(separator: "  ")
        }
        let synthetic = federation.synthetic ? (language == .zh ? "【演示数据（模拟）】" : "[synthetic] ") : ""
        let foot =
            language == .zh
            ? "数据截止 \(asKnownAt)　口径 \(definition.canonicalText)　编号 \(definition.hash)"
            : "as known at \(asKnownAt) · \(definition.canonicalText) · \(definition.hash)"
        return ([synthetic + language.of(federation.name)] + body + [foot]).joined(separator: "\n")
    }

    private func rateText(_ counts: FirmFunnelCounts) -> String {
        guard let proportion = rate(counts), let rate = proportion.rate else { return "—" }
        func percent(_ value: Double) -> String {
            let tenths = Int((value * 1000).rounded())
            return "\(tenths / 10).\(tenths % 10)%"
        }
        let interval = proportion.wilson()
        return
            "\(percent(rate)) (\(proportion.x)/\(proportion.n)) [\(percent(interval.lower)), \(percent(interval.upper))]"
    }

    func csv() -> String {
        var writer = CSVWriter(profile: .data)
        writer.write(
            header: ["unit", "unit_name"] + Self.columns.map(\.key)
                + [
                    "intent_rate", "ci_low", "ci_high", "median_days_to_intent", "as_known_at", "definition",
                    "synthetic",
                ])
        for row in rows {
            let proportion = rate(row.counts)
            let interval = proportion.flatMap { $0.n > 0 ? $0.wilson() : nil }
            writer.write(
                row: [.text(row.unit), .init(names[row.unit])]
                    + values(row.counts).map(CSVWriter.Field.integer) + [
                        .init(proportion?.rate), .init(interval?.lower), .init(interval?.upper),
                        .init(row.counts.medianDaysToIntent), .text(asKnownAt), .text(definition.hash),
                        .text(federation.synthetic ? "true" : "false"),
                    ])
        }
        return writer.text
    }

    func json() -> String {
        let groups = rows.map { row -> JSONValue in
            let proportion = rate(row.counts)
            let interval = proportion.flatMap { $0.n > 0 ? $0.wilson() : nil }
            return .object(
                [
                    .init("unit", .string(row.unit)),
                    .init("name", names[row.unit].map(JSONValue.string) ?? .null),
                ]
                    + zip(Self.columns, values(row.counts)).map { .init($0.key, .integer($1)) } + [
                        .init("intent_rate", proportion?.rate.map(JSONValue.number) ?? .null),
                        .init(
                            "ci95",
                            interval.map { .array([.number($0.lower), .number($0.upper)]) } ?? .null),
                        .init(
                            "median_days_to_intent",
                            row.counts.medianDaysToIntent.map(JSONValue.number) ?? .null),
                    ])
        }
        return JSONValue.object([
            .init("schema", .string("goutong.funnel/1")), .init("as_known_at", .string(asKnownAt)),
            .init("synthetic", .bool(federation.synthetic)),
            .init("definition", .string(definition.canonicalText)),
            .init("hash", .string(definition.hash)), .init("groups", .array(groups)),
        ]).text()
    }
}
