import Funnel
import Outreach

/// What needs a person this week and next.
extension WeeklyContents {
    var attention: ReportSection {
        ReportSection(
            key: "attention", title: words["section.attention"],
            paragraphs: [words["sentence.signals_none"], unreportedSentence])
    }

    /// Who must report, who did, who declared a week without meetings, who is silent.
    var reporting: (expected: Int, reported: Int, declaredNone: Int, unreported: Int) {
        let lines = figures.completeness
        let silent = lines.count { $0.unreported }
        let none = lines.count { $0.statusKey == "declared_none" }
        return (lines.count, lines.count - silent - none, none, silent)
    }

    var reportingSentence: String {
        let reporting = reporting
        return words(
            "sentence.reporting",
            [
                "expected": words.count(reporting.expected), "reported": words.count(reporting.reported),
                "none": words.count(reporting.declaredNone),
                "unreported": words.count(reporting.unreported),
            ])
    }

    /// Names as far as a reader can take them in; the rest are in the table of completeness.
    private var unreportedSentence: String {
        let shown = 30
        let units = figures.completeness.filter(\.unreported)
        guard !units.isEmpty else { return words["sentence.unreported_none"] }
        let names = units.prefix(shown).map { qualifiedName($0.code) }
            .joined(separator: words["format.list_separator"])
        return words(
            units.count > shown ? "sentence.unreported_some" : "sentence.unreported_all",
            ["names": names, "n": words.count(units.count), "rest": words.count(units.count - shown)])
    }

    /// The district goes before the name: two units may bear the same one.
    private func qualifiedName(_ code: String) -> String {
        guard let unit = figures.areas.first(where: { $0.code == code }) else { return code }
        return words("format.area_in_district", ["district": unit.district, "area": unit.name])
    }

    var nextWeek: ReportSection {
        ReportSection(
            key: "next_week", title: words["section.next_week"],
            tables: [
                ReportTable(
                    key: "next_week", title: words["table.next_week"],
                    columns: [
                        .init(words["column.firm"], .text, wraps: true),
                        .init(words["column.area"], .text),
                        .init(words["column.what"], .text, wraps: true),
                        .init(words["column.owner"], .text), .init(words["column.due"], .day),
                    ],
                    rows: figures.followUps.map { item in
                        .init(cells: [
                            .text(item.firm), .text(report.unitName(item.area)), .text(item.what),
                            .text(item.owner ?? Catalogue.nothing), .day(item.due),
                        ])
                    },
                    empty: words["sentence.no_follow_ups"])
            ])
    }
}
