import Funnel
import Outreach
import Reports

extension FunnelTable {
    /// The table as one self-contained page for A4, style sheet inside, no script.
    public func html(_ language: Language) -> String {
        let words = Catalogue(language)
        let section = ReportSection(
            key: "funnel", title: groupTitle(words), tables: [table(in: words)] + measureTables(in: words),
            isWide: true)
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
            ], rowsOf: [section], in: words)
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
                    isList: true, frozenColumns: groupColumns))
            for table in measureTables(in: words) {
                try layout.add(
                    SheetPlan(
                        name: table.title, title: table.title, tables: [table], isList: true,
                        frozenColumns: groupColumns))
            }
            try workbook.close()
        }
    }

    private func title(_ words: Catalogue) -> String { words["title.funnel.\(definition.track.rawValue)"] }

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
            .init(words["readme.notes"], .text(words["note.funnel_interval"])),
        ]
    }

    private func table(in words: Catalogue) -> ReportTable {
        let language = words.language
        let headings =
            groupColumns(words) + columns.map { ReportTable.Column(language.of($0.name), .count) }
            + rates.map { ReportTable.Column(language.of($0.name), .rate) }
            + [ReportTable.Column(words["column.median_days"], .decimal)]
            + (groups.overlaps ? [ReportTable.Column(words["column.repeated"], .count)] : [])
        let rows = rows(words) { row in
            columns.map { .count($0.value(row.counts)) }
                + rates.map { .rate($0.proportion(row.counts).map(RateEstimate.init)) }
                + [.decimal(row.counts.medianDays)]
                + (groups.overlaps ? [.count(overlap(of: row))] : [])
        }
        return ReportTable(
            key: "funnel", title: groupTitle(words), columns: headings, rows: rows,
            notes: [words["note.funnel_interval"]] + (overlapNote(words).map { [$0] } ?? []))
    }
}
