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

    var scope: String { words.language.of(PilotComparison.scope) }

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
        PilotLimit.allCases.map { words.language.of($0.text) }.filter { sentence in
            comparison.estimates.contains { words.language.of($0.limits).contains(sentence) }
        }
    }

    var sections: [ReportSection] {
        [
            ReportSection(
                key: "rates", title: words["pilot_section.rates"], chart: chart, tables: [ratesTable]),
            ReportSection(key: "gaps", title: words["pilot_section.gaps"], tables: [gapsTable]),
            ReportSection(key: "ratios", title: words["pilot_section.ratios"], tables: [ratiosTable]),
            ReportSection(key: "units", title: words["pilot_section.units"], tables: [unitsTable]),
        ]
    }

    var page: [String: Any] {
        [
            "lang": words.language.tag, "css": ReportResource.styleSheet.text, "title": heading,
            "mark": mark,
            "as_known_at": words(
                "sentence.as_known_at", ["instant": words.instant(comparison.asKnownAt)]),
            "audience": audience, "claim": scope,
            "synthetic": comparison.synthetic ? [words["synthetic.banner"]] : [],
            "sections": sections.map { $0.page(in: words) },
            "method_title": words["section.method"], "method": limits + [words["pilot.clustering"]],
            "definition": words.sentence(for: comparison.definition),
        ]
    }
}
