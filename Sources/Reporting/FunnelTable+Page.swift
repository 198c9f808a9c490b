import Funnel
import Outreach
import Reports

extension FunnelTable {
    /// The table as one self-contained page for A4, style sheet inside, no script.
    public func html(_ language: Language) -> String {
        let words = Catalogue(language)
        let section = ReportSection(
            key: "funnel", title: groupTitle(words), tables: [table(in: words)], isWide: true)
        return PageTemplates.render(
            .funnel,
            [
                "lang": language.tag, "css": ReportResource.styleSheet.text, "title": title(words),
                "period": period(words), "federation": language.of(federation),
                "internal": words["title.internal"],
                "as_known_at": words("sentence.as_known_at", ["instant": words.instant(asKnownAt)]),
                "synthetic": synthetic ? [words["synthetic.banner"]] : [],
                "sections": [section.page(in: words)], "method_title": words["section.method"],
                "definition": words.sentence(for: definition),
            ])
    }

    /// The table as a workbook: a sheet that explains, then the groups.
    public func workbookBytes(_ language: Language) throws(WorkbookError) -> [UInt8] {
        let words = Catalogue(language)
        return try Workbook.bytes { path throws(WorkbookError) in
            let workbook = try Workbook(
                path: path, title: title(words), author: language.of(federation), created: to)
            let layout = SheetLayout(
                words: words, workbook: workbook, banner: synthetic ? words["synthetic.banner"] : nil)
            try layout.addReadme(name: words["sheet.readme"], title: title(words), readme(words))
            try layout.add(
                SheetPlan(
                    name: words["sheet.funnel"], title: groupTitle(words), tables: [table(in: words)],
                    isList: true, frozenColumns: hasCodes ? 2 : 1))
            try workbook.close()
        }
    }

    private func title(_ words: Catalogue) -> String { words["title.funnel.\(definition.track.rawValue)"] }

    private func groupTitle(_ words: Catalogue) -> String { words["funnel_by.\(grouping.rawValue)"] }

    private func period(_ words: Catalogue) -> String {
        words("sentence.entries", ["from": words.date(from), "to": words.date(to)])
    }

    private func readme(_ words: Catalogue) -> [ReadmeLine] {
        [
            .init(words["readme.what"], .text(groupTitle(words))),
            .init(words["readme.federation"], .text(words.language.of(federation))),
            .init(words["readme.entries_from"], .day(from)), .init(words["readme.entries_to"], .day(to)),
            .init(words["readme.as_known_at"], .text(asKnownAt)),
            .init(
                words["readme.synthetic"],
                .text(
                    synthetic ? words["readme.yes"] + " " + words["synthetic.banner"] : words["readme.no"])),
            .init(words["readme.definition"], .text(words.rules(of: definition))),
            .init(words["readme.hash"], .text(definition.hash)),
        ]
    }

    /// Whether the groups have codes of their own beside their names.
    private var hasCodes: Bool { grouping == .area || grouping == .district }

    private func table(in words: Catalogue) -> ReportTable {
        let language = words.language
        let headings =
            (hasCodes ? [ReportTable.Column(words["column.code"], .code)] : [])
            + [ReportTable.Column(words["column.group"], .text)]
            + columns.map { ReportTable.Column(language.of($0.name), .count) }
            + rates.map { ReportTable.Column(language.of($0.name), .rate) }
            + [ReportTable.Column(words["column.median_days"], .decimal)]
        func row(_ code: String, _ name: String, _ counts: FunnelCounts, isTotal: Bool) -> ReportTable.Row {
            ReportTable.Row(
                cells: (hasCodes ? [.text(code)] : []) + [.text(name)]
                    + columns.map { .count($0.value(counts)) }
                    + rates.map { .rate($0.proportion(counts).map(RateEstimate.init)) }
                    + [.decimal(counts.medianDays)], isTotal: isTotal)
        }
        var rows: [ReportTable.Row] = []
        for group in breakdown.groups where grouping != .none {
            rows.append(row(group.unit, label(group.unit, language), group.counts, isTotal: false))
        }
        if let total = breakdown.total { rows.append(row("", words["row.total"], total, isTotal: true)) }
        return ReportTable(key: "funnel", title: groupTitle(words), columns: headings, rows: rows)
    }
}
