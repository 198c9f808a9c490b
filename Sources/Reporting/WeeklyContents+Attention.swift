import Funnel
import Outreach

/// What needs a person this week and next.
extension WeeklyContents {
    var attention: ReportSection {
        ReportSection(
            key: "attention", title: words["section.attention"],
            paragraphs: signalSentences
                + [changeSentence, waitingSentence, unansweredSentence, unreportedSentence].compactMap(\.self)
                + plausibilitySentences,
            tables: twoSidedTables)
    }

    // MARK: Intents that nothing followed

    var waiting: ReportSection {
        ReportSection(
            key: "waiting", title: words["section.waiting"], paragraphs: [waitingSentence],
            tables: [waitingTable],
            startsPage: true)
    }

    /// How many wait, how many of them long, and how many have been left alone.
    var waitingSentence: String {
        let items = figures.waitingIntents
        let end = figures.week.end
        return words(
            items.isEmpty ? "sentence.no_waiting" : "sentence.waiting",
            [
                "n": words.count(items.count), "days": words.days(90),
                "old": words.count(items.count { end.days(since: $0.intentOn) > 90 }),
                "quiet_days": words.days(30),
                "quiet": words.count(
                    items.count { item in item.lastContact.map { end.days(since: $0) > 30 } ?? true }),
                "unowned": words.count(items.count { $0.owner == nil }),
            ])
    }

    private var waitingTable: ReportTable {
        ReportTable(
            key: "waiting", title: words["table.waiting"],
            columns: [
                .init(words["column.firm"], .text, wraps: true), .init(words["column.area"], .text),
                .init(words["column.intent_on"], .day), .init(words["column.age"], .count),
                .init(words["column.last_contact"], .day), .init(words["column.quiet"], .count),
                .init(words["column.owner"], .text),
            ],
            rows: figures.waitingIntents.map { item in
                .init(cells: [
                    .text(item.firm), .text(qualifiedName(item.areaCode)), .day(item.intentOn),
                    .count(figures.week.end.days(since: item.intentOn)), .day(item.lastContact),
                    .count(item.lastContact.map { figures.week.end.days(since: $0) }),
                    .text(item.owner ?? Catalogue.nothing),
                ])
            },
            notes: [words["note.waiting"]], empty: words["sentence.no_waiting"], isList: true)
    }

    // MARK: Both sides

    private var twoSidedTables: [ReportTable] {
        guard let view = figures.twoSided else { return [] }
        let cells = ReportTable(
            key: "two_sided", title: words["table.two_sided"],
            columns: [
                .init(words["column.applicants_of_firm"], .text),
                .init(words["column.with_intent"], .count), .init(words["column.without_intent"], .count),
                .init(words["column.persons"], .count), .init(words["column.share_with_intent"], .rate),
            ],
            rows: TwoSidedView.Applicants.allCases.map { side in
                let cells = view.cells.filter { $0.applicants == side }
                let with = cells.first { $0.hasIntent }?.firms ?? 0
                let without = cells.first { !$0.hasIntent }?.firms ?? 0
                return .init(cells: [
                    .text(words["applicants.\(side.rawValue)"]), .count(with), .count(without),
                    .count(cells.reduce(0) { $0 + $1.persons }),
                    .rate(RateEstimate(x: with, of: with + without)),
                ])
            },
            notes: [words["note.two_sided"]])
        let ready = ReportTable(
            key: "ready", title: words["table.ready"],
            columns: [
                .init(words["column.firm"], .text, wraps: true), .init(words["column.area"], .text),
                .init(words["column.applicants"], .count), .init(words["column.intent"], .text),
            ],
            rows: view.ready.map { firm in
                .init(cells: [
                    .text(firm.firm), .text(qualifiedName(firm.areaCode)), .count(firm.persons),
                    .text(words[firm.hasIntent ? "readme.yes" : "readme.no"]),
                ])
            },
            notes: [words["note.ready"]], empty: words["sentence.no_ready"], isList: true)
        return [cells, ready]
    }

    // MARK: What was asked and proposed

    /// nil where none waits for an answer, and where opinions are not shown.
    var unansweredSentence: String? {
        let waiting = (figures.opinions ?? []).reduce(0) { $0 + ($1.unanswered ?? 0) }
        return waiting == 0 ? nil : words("sentence.unanswered", ["n": words.count(waiting)])
    }

    var opinions: ReportSection {
        let table = figures.opinions.map { topics in
            ReportTable(
                key: "opinions", title: words["table.opinions"],
                columns: [
                    .init(words["column.source"], .text), .init(words["column.topic"], .text, wraps: true),
                    .init(words["period.week"], .count), .init(words["period.cumulative"], .count),
                    .init(words["column.answered"], .count), .init(words["column.unanswered"], .count),
                ],
                rows: topics.map { topic in
                    .init(cells: [
                        .text(words["opinion.\(topic.source.rawValue)"]),
                        .text(topic.topic ?? words["opinion.no_topic"]), .count(topic.week),
                        .count(topic.cumulative), .count(topic.answered), .count(topic.unanswered),
                    ])
                },
                notes: [words["note.opinions"]], empty: words["sentence.no_opinions"])
        }
        return ReportSection(
            key: "opinions", title: words["section.opinions"],
            paragraphs: table == nil ? [words["sentence.opinions_not_shown"]] : [],
            tables: table.map { [$0] } ?? [])
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
        let names = namesByDistrict(units.prefix(shown).map(\.code))
        return words(
            units.count > shown ? "sentence.unreported_some" : "sentence.unreported_all",
            ["names": names, "n": words.count(units.count), "rest": words.count(units.count - shown)])
    }

    /// `西城区：月坛街道、天桥街道；朝阳区：小关街道`, in the order given.
    private func namesByDistrict(_ codes: [String]) -> String {
        var districts: [(name: String?, areas: [String])] = []
        for code in codes {
            let unit = figures.areas.first { $0.code == code }
            if let last = districts.indices.last, districts[last].name == unit?.district {
                districts[last].areas.append(unit?.name ?? code)
            } else {
                districts.append((unit?.district, [unit?.name ?? code]))
            }
        }
        return districts.map { district in
            let areas = district.areas.joined(separator: words["format.list_separator"])
            return district.name.map {
                words("format.areas_of_district", ["district": $0, "areas": areas])
            } ?? areas
        }.joined(separator: words["format.clause_separator"])
    }

    /// The district goes before the name: two units may bear the same one.
    func qualifiedName(_ code: String) -> String {
        guard let unit = report.area(code) else { return code }
        return words("format.area_in_district", ["district": unit.district, "area": unit.name])
    }

    var nextWeek: ReportSection {
        ReportSection(
            key: "next_week", title: words["section.next_week"], tables: [followUpTable])
    }

    var followUpTable: ReportTable {
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
            empty: words["sentence.no_follow_ups"], isList: true)
    }
}
