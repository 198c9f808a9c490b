import Funnel
import Outreach
import Reports

extension WeeklyReport {
    /// The report as one self-contained page for A4: style sheet and charts inside, no script.
    public func html(language: Language) -> String {
        let words = Catalogue(language)
        let contents = WeeklyContents(report: self, words: words, ratesListEveryUnit: false)
        var page = contents.page
        page.body = page.body.map(contents.abridged)
        let sections = page.body.map { section in
            var values = section.page(in: words)
            if section.key == "headline" { values["opening"] = contents.lead(of: page) }
            return values
        }
        return PageTemplates.render(
            .weekly,
            [
                "lang": language.tag, "css": ReportResource.styleSheet.text,
                "title": words["title.weekly"], "issue": contents.issueLine,
                "internal": words["title.internal"], "federation": contents.federationName,
                "scope": contents.scopeSentence.map { [$0] } ?? [],
                "as_known_at": contents.asKnownAt, "reporting": contents.reportingSentence,
                "synthetic": figures.synthetic ? [words["synthetic.banner"]] : [],
                "sections": sections, "appendices": page.appendices.map { $0.page(in: words) },
                "running": words(
                    figures.synthetic ? "page.running_synthetic" : "page.running",
                    ["title": words["title.weekly"], "week": figures.week.name]),
                "method_title": words["section.method"], "method": contents.method,
                "definition": contents.definitionSentence,
                "signatures": contents.signatures.split(separator: "  ").map(String.init),
                "edition": contents.editionLine.map { [$0] } ?? [],
                "audit_head": contents.auditHead.map { [$0] } ?? [],
            ], rowsOf: page.body + page.appendices, in: words)
    }
}
