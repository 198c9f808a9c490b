import Funnel

/// Whether the figures add up, who reported, and by which rules they were counted.
extension WeeklyContents {
    var conservation: ReportSection {
        ReportSection(
            key: "conservation", title: words["section.conservation"],
            tables: [
                ReportTable(
                    key: "conservation",
                    title: words[whole("table.conservation", inScope: "table.conservation_scope")],
                    columns: [
                        .init(words["column.measure"], .text), .init(words["column.areas_sum"], .count),
                        .init(words["column.unassigned"], .count),
                        .init(words["column.overlap"], .count),
                        .init(words[whole("column.city", inScope: "column.scope")], .count),
                        .init(words["column.agrees"], .text),
                    ],
                    rows: figures.conservation.map { line in
                        let agrees = line.areas + line.unassigned - line.overlap == line.city
                        return .init(cells: [
                            .text(words["measure.\(line.figure.rawValue)"]), .count(line.areas),
                            .count(line.unassigned), .count(line.overlap), .count(line.city),
                            .text(words[agrees ? "agrees.yes" : "agrees.no"]),
                        ])
                    },
                    notes: [words[whole("note.conservation", inScope: "note.conservation_scope")]])
            ], startsPage: true)
    }

    var completeness: ReportSection {
        ReportSection(
            key: "completeness", title: words["section.completeness"], paragraphs: [reportingSentence],
            tables: [
                ReportTable(
                    key: "completeness", title: words["table.completeness"],
                    columns: [
                        .init(words["column.code"], .code),
                        .init(words["column.area"], .text, wraps: true),
                        .init(words["column.expected"], .count), .init(words["column.held"], .count),
                        .init(words["column.status"], .text),
                    ],
                    rows: figures.completeness.map { line in
                        .init(cells: [
                            .text(line.code), .text(report.unitName(line.code)), .count(line.expected),
                            .count(line.held), .text(words["status.\(line.statusKey)"]),
                        ])
                    },
                    notes: [words["note.completeness"]])
            ], isNarrow: true)
    }

    var plausibility: ReportSection {
        ReportSection(
            key: "plausibility", title: words["section.plausibility"],
            tables: [
                ReportTable(
                    key: "plausibility", title: words["table.plausibility"],
                    columns: [
                        .init(words["column.doubt"], .text, wraps: true), .init(words["column.area"], .text),
                        .init(words["column.records"], .text, wraps: true),
                    ],
                    rows: flags.map { flag in
                        .init(cells: [
                            .text(words["plausibility.\(flag.rule.rawValue)"]),
                            .text(flag.areaCode.map(qualifiedName) ?? Catalogue.nothing),
                            .text(basis(of: flag)),
                        ])
                    },
                    notes: [words["note.plausibility"]], empty: words["sentence.no_plausibility"])
            ])
    }

    private var flags: [PlausibilityFlag] { figures.plausibility + report.quarterEndFlags }

    var plausibilitySentences: [String] {
        flags.isEmpty ? [] : [words("sentence.plausibility", ["n": words.count(flags.count)])]
    }

    private func basis(of flag: PlausibilityFlag) -> String {
        guard let counts = flag.counts else {
            return flag.records.joined(separator: words["format.list_separator"])
        }
        return words.rate(RateEstimate(counts))
    }

    /// The rules of counting and the notes that must stand under every report.
    var method: [String] {
        [
            words["note.week"], words["note.cumulative"], words["note.comparison"],
            words("note.rates", ["window": windowText]), words["note.interval"],
        ]
    }

    var definitionSentence: String { words.sentence(for: figures.definition) }
}
