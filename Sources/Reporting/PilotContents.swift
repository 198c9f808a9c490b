import Funnel
import Outreach
import Reports

/// A pilot comparison in the words of one language: sections for the page and the workbook.
struct PilotContents {
    let comparison: PilotComparison
    let words: Catalogue

    init(_ folder: PilotFolder) {
        comparison = folder.comparison
        words = folder.words
    }

    /// Name, and the mark of synthetic data.
    var title: String { heading + mark }

    private var heading: String { words("title.pilot", ["name": words.language.of(comparison.name)]) }

    private var mark: String { comparison.synthetic ? words["synthetic.mark"] : "" }

    var scope: String { words.language.of(comparison.scope) }

    var audience: String { words["pilot_audience.\(comparison.audience.rawValue)"] }

    /// What was compared, when and by which rules.
    var facts: [(item: String, text: String)] {
        [
            (words["pilot.audience"], audience), (words["pilot.programme"], comparison.programme),
            (words["pilot.window"], words.days(comparison.windowDays)),
            (words["pilot.as_of"], comparison.asOf.iso),
            (words["readme.as_known_at"], comparison.asKnownAt),
            (words["readme.definition"], words.rules(of: comparison.definition)),
            (words["readme.hash"], comparison.definition.hash),
            (words["pilot.seed"], String(PilotEstimates.seed)),
        ]
    }

    /// Every sentence on what the estimates cannot show, each once.
    var limits: [String] {
        let effects =
            comparison.effects.contains(where: \.saysTooFewTownships) ? [PilotLimit.fewTownships] : []
        return PilotLimit.allCases.filter { limit in
            comparison.estimates.contains { $0.limits.contains(limit) } || effects.contains(limit)
        }.map { words.language.of($0.text) }
    }

    /// What publishing has done to the counts; empty for a complete folder.
    var publicationNotes: [String] {
        guard comparison.audience == .public else { return [] }
        var notes = [words["pilot.months_note"], words["pilot.suppressed_note"], words["pilot.rounded_note"]]
        if comparison.carried > 0 {
            notes.append(words("pilot.carried_note", ["count": words.count(comparison.carried)]))
        }
        let withheld = PilotStage.allCases.filter { stage in
            let cells = comparison.cells.filter { $0.stage == stage }
            return !cells.isEmpty && cells.allSatisfy(\.suppressed)
        }
        if !withheld.isEmpty {
            let names = withheld.map { words.language.of($0.name) }
            notes.append(
                words(
                    "pilot.withheld_note",
                    ["outcomes": names.joined(separator: words["format.list_separator"])]))
        }
        return notes
    }

    /// Every code of the tables that occurs, in words.
    var codes: [(code: String, meaning: String)] {
        let estimates = comparison.estimates
        return PilotStage.allCases.map { ($0.rawValue, words.language.of($0.name)) }
            + PilotEstimand.allCases.filter { code in estimates.contains { $0.estimand == code } }
            .map { ($0.rawValue, words.language.of($0.name)) }
            + PilotMethod.allCases.filter { code in estimates.contains { $0.method == code } }
            .map { ($0.rawValue, words.language.of($0.name)) } + effectCodes
    }

    var sections: [ReportSection] {
        let notes = publicationNotes
        return [
            ReportSection(
                key: "rates", title: words["pilot_section.rates"], chart: chart, tables: [ratesTable]),
            ReportSection(
                key: "gaps", title: words["pilot_section.gaps"], chart: gapsChart, tables: [gapsTable]),
            ReportSection(key: "ratios", title: words["pilot_section.ratios"], tables: [ratiosTable]),
            ReportSection(
                key: "incidence", title: words["pilot_section.incidence"], tables: [incidenceTable]),
        ] + [effectsSection].compactMap(\.self) + [
            ReportSection(
                key: "totals", title: words["pilot_section.totals"], paragraphs: notes,
                tables: [monthsTable, districtsTable], isWide: true),
            ReportSection(
                key: "units", title: words["pilot_section.units"], tables: [unitsTable], isNarrow: true,
                startsPage: true),
        ]
    }

    /// What the two groups' figures say, in one line for each outcome, and where everything is.
    private var lead: [String: Any] {
        [
            "look": words["pilot.lead"],
            "items": gapSentences.map { ["text": $0, "place": "gaps"] },
            "contents": words["page.contents"],
            "entries": sections.map { ["key": $0.key, "title": $0.title] }
                + [["key": "method", "title": words["section.method"]]],
        ]
    }

    /// The comparison as one self-contained page, style sheet inside, no script.
    var html: String {
        let sections = sections
        return PageTemplates.render(
            .comparison,
            [
                "lang": words.language.tag, "css": ReportResource.styleSheet.text, "title": heading,
                "mark": mark,
                "as_known_at": words(
                    "sentence.as_known_at", ["instant": words.instant(comparison.asKnownAt)]),
                "audience": audience, "claim": scope,
                "synthetic": comparison.synthetic ? [words["synthetic.banner"]] : [],
                "running": words(
                    comparison.synthetic ? "page.running_synthetic" : "page.running",
                    ["title": words.language.of(comparison.name), "week": ""]),
                "lead": lead,
                "sections": sections.map { $0.page(in: words) },
                "method_title": words["section.method"],
                "method": limits + [words["pilot.clustering"], words.language.of(comparison.claim.reason)],
                "definition": words.sentence(for: comparison.definition),
            ], rowsOf: sections, in: words)
    }
}
