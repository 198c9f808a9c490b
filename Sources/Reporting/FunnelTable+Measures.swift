import Funnel
import Outreach

/// What stands beside the counts, as tables of the same groups.
extension FunnelTable {
    /// Whether groups of one kind have codes of their own beside their names.
    var hasCodes: Bool { groups.levels == [.area] || groups.levels == [.district] }

    var groupColumns: Int { groups.levels.count < 2 ? (hasCodes ? 2 : 1) : groups.levels.count }

    func groupColumns(_ words: Catalogue) -> [ReportTable.Column] {
        (hasCodes ? [ReportTable.Column(words["column.code"], .code)] : [])
            + groupHeadings(words).map { ReportTable.Column($0, .text) }
    }

    /// The rows of a table, one a group that is told about, and the whole.
    func rows(
        _ words: Catalogue, _ cells: (FunnelBreakdown.Row) -> [ReportTable.Cell]?
    ) -> [ReportTable.Row] {
        // Without groups the whole is the one of them.
        let shown = groups.levels.isEmpty ? [] : breakdown.groups
        var rows = shown.compactMap { group in
            cells(group).map { cells in
                ReportTable.Row(
                    cells: (hasCodes ? [.text(group.unit)] : [])
                        + labels(group.path, words).map { .text($0) } + cells,
                    isTotal: group.level < groups.levels.count)
            }
        }
        if let total = breakdown.total,
            let cells = cells(.init(path: [], counts: total, measures: breakdown.measures))
        {
            let label = (hasCodes ? [""] : []) + [words["row.total"]]
            let rest = Array(repeating: "", count: groupColumns - label.count)
            rows.append(
                ReportTable.Row(cells: (label + rest).map { .text($0) } + cells, isTotal: true))
        }
        return rows
    }

    /// Those that there is something to say in.
    func measureTables(in words: Catalogue) -> [ReportTable] {
        [employeeTable(words), meetingTable(words), coverageTable(words)].compactMap { $0 }
            .filter { !$0.rows.isEmpty }
    }

    private func employeeTable(_ words: Catalogue) -> ReportTable? {
        guard !sizedColumns.isEmpty else { return nil }
        let headings = sizedColumns.flatMap { column in
            ["firms", "unstated", "employees"].map { key in
                ReportTable.Column(
                    words("column.step_\(key)", ["step": words.language.of(column.name)]), .count)
            }
        }
        let rows = rows(words) { row in
            row.measures.map { measures in
                zip(sizedColumns, measures.employees).flatMap { column, size -> [ReportTable.Cell] in
                    [
                        .count(column.value(row.counts)), .count(size.unstatedFirms),
                        .count(size.employees),
                    ]
                }
            }
        }
        return ReportTable(
            key: "employees", title: words["table.employees"], columns: groupColumns(words) + headings,
            rows: rows, notes: [words["note.employees"]])
    }

    private func meetingTable(_ words: Catalogue) -> ReportTable? {
        // Of groups that have no meetings nothing per meeting is told, and not of the whole either.
        let told = breakdown.groups.compactMap(\.measures)
        let kinds = FunnelRate.Kind.allCases.filter { kind in
            told.contains { $0.rates.contains { $0.kind == kind } }
        }
        let hasMeetings = told.contains { $0.meetings != nil }
        let held: [ReportTable.Column] =
            hasMeetings
            ? [
                .init(words["column.enterprise_meetings"], .count),
                .init(words["column.worker_meetings"], .count),
                .init(words["column.applications"], .count),
                .init(words["column.cadre_hours"], .decimal),
                .init(words["column.without_hours"], .count),
            ] : []
        guard hasMeetings || !kinds.isEmpty else { return nil }
        let rows = rows(words) { row in
            guard let measures = row.measures else { return nil }
            let meetings = measures.meetings
            let cells: [ReportTable.Cell] =
                hasMeetings
                ? [
                    .count(meetings?.enterprise), .count(meetings?.worker), .count(meetings?.applications),
                    .decimal(meetings.map { Double($0.cadreMinutes) / 60 }), .count(meetings?.withoutHours),
                ] : []
            return cells
                + kinds.map { kind in
                    .ratio(measures.rates.first { $0.kind == kind }.map(RatioEstimate.init))
                }
        }
        return ReportTable(
            key: "meetings", title: words["table.meetings"],
            columns: groupColumns(words) + held
                + kinds.map { ReportTable.Column(words["rate.\($0.rawValue)"], .ratio) },
            rows: rows, notes: [words["note.meetings"]])
    }

    private func coverageTable(_ words: Catalogue) -> ReportTable? {
        let rows = rows(words) { row in
            row.measures?.coverage.map { coverage in
                [
                    .rate(RateEstimate(coverage.firms)), .count(coverage.unknown),
                    .count(coverage.employees?.x), .count(coverage.employees?.n),
                    .share(coverage.employees?.rate), .count(coverage.unstatedFirms),
                ]
            }
        }
        let told =
            breakdown.groups.compactMap(\.measures?.coverage)
            + [breakdown.measures?.coverage].compactMap { $0 }
        let hidden = told.contains { $0.employees == nil } ? [words["note.coverage_employees"]] : []
        return ReportTable(
            key: "coverage", title: words["table.coverage"],
            columns: groupColumns(words) + [
                .init(words["column.covered_firms"], .rate), .init(words["column.unknown_firms"], .count),
                .init(words["column.met_employees"], .count),
                .init(words["column.known_employees"], .count),
                .init(words["column.covered_employees"], .quotient),
                .init(words["column.unstated_firms"], .count),
            ], rows: rows, notes: [words("note.coverage", ["to": words.date(to)])] + hidden)
    }

    /// Where a unit stands in several groups, how often it does; nil elsewhere.
    func overlapNote(_ words: Catalogue) -> String? {
        guard groups.levels.first?.overlaps == true, let first = conservation.first else { return nil }
        let (column, line) = first
        return words(
            "note.overlap",
            [
                "figure": words.language.of(column.name), "parts": words.count(line.parts),
                "unassigned": words.count(line.unassigned), "overlap": words.count(line.overlap),
                "total": words.count(line.total),
            ])
    }
}
