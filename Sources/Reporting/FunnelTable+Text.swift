import Funnel
import Outreach

extension FunnelTable {
    /// In terminal cells: the counts, then what stands beside them.
    public func text(_ language: Language) -> String {
        let words = Catalogue(language)
        let labelled = groups.levels.count < 2 ? 1 : groups.levels.count
        let header =
            (groups.levels.count < 2 ? [language == .zh ? "分组" : "group"] : groupHeadings(words))
            + columns.map { language.of($0.name) } + rates.map { language.of($0.name) }
        var lines = (groups.levels.isEmpty ? [] : breakdown.groups).map {
            line(labels($0.path, words), $0.counts)
        }
        if let all = breakdown.total {
            let total = [language == .zh ? "合计" : "total"] + Array(repeating: "", count: labelled - 1)
            lines.append(line(total, all))
        }
        let widths = header.indices.map { column in
            ([header] + lines).map { TerminalText.width(of: $0[column]) }.max() ?? 0
        }
        let body = ([header] + lines).map { line in
            line.indices.map { column in
                TerminalText.padded(
                    line[column], to: widths[column], alignment: column < labelled ? .leading : .trailing)
            }.joined(separator: "  ")
        }
        let mark = synthetic ? (language == .zh ? "【演示数据（模拟）】" : "[synthetic] ") : ""
        let foot =
            language == .zh
            ? "起点 \(from.iso) 至 \(to.iso)　数据截止 \(asKnownAt)　口径 \(definition.canonicalText)"
                + "　编号 \(definition.hash)"
            : "entries \(from.iso) to \(to.iso) · as known at \(asKnownAt) · \(definition.canonicalText)"
                + " · \(definition.hash)"
        let more = measureTables(in: words).flatMap { table in
            ["", table.title] + TextTable(plain(table).displayed(in: words)).lines + table.notes
        }
        let repeated = overlapNote(words).map { [$0] } ?? []
        return
            ([mark + language.of(federation)] + body + [words["note.funnel_interval"]] + repeated + more
            + (more.isEmpty ? [] : [""]) + [foot])
            .joined(separator: "\n")
    }

    /// With a rule above the whole alone.
    private func plain(_ table: ReportTable) -> ReportTable {
        var table = table
        for index in table.rows.indices.dropLast(table.rows.count > 1 ? 1 : 0) {
            table.rows[index].isTotal = false
        }
        return table
    }

    private func line(_ labels: [String], _ counts: FunnelCounts) -> [String] {
        labels + columns.map { String($0.value(counts)) } + rates.map { text(of: $0.proportion(counts)) }
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
}
