import Funnel

extension WeeklyReport {
    /// Page one as plain text, to paste into a document or a message. Newline at the end.
    public func brief(language: Language) -> String {
        let contents = WeeklyContents(
            report: self, words: Catalogue(language), showsShrinkage: false)
        return contents.brief.joined(separator: "\n") + "\n"
    }
}

extension WeeklyContents {
    fileprivate var brief: [String] {
        var lines = [titleLine, subtitleLine]
        if figures.synthetic { lines.append(words["synthetic.banner"]) }
        lines += [words["section.headline"], headlineSentence]
        lines += HeadlineMeasure.allCases.map(headlineLine)
        lines += [words["section.progress"], stepsLine, progressSentence]
        lines += [outcomes.title, outcomesLine]
        lines += [words["section.workers"]] + workers.paragraphs
        lines += [words["section.attention"]] + attention.paragraphs
        lines += [words["section.next_week"]] + followUpLines
        lines += [signatures, words("brief.definition", ["hash": figures.definition.hash])]
        lines += [words["note.week"], words["note.cumulative"], words["note.comparison"]]
        return lines + (auditHead.map { [$0] } ?? [])
    }

    private func headlineLine(_ measure: HeadlineMeasure) -> String {
        let counts = figures.headline[measure]
        return words(
            "brief.headline_row",
            [
                "measure": words["measure.\(measure.rawValue)"], "week": words.count(counts?.week),
                "previous": words.count(counts?.previous), "late": words.count(counts?.late),
                "year": words.count(counts?.year), "cumulative": words.count(counts?.cumulative),
                "target": words.count(counts?.target),
                "done": words.percent(
                    ReportTable.Cell.quotient(counts?.reached ?? counts?.year, counts?.target)),
            ])
    }

    private var stepsLine: String {
        let steps = report.firmSteps.map { step in
            let name = words["firm_step.\(step.key.rawValue)"]
            guard let share = step.ofFirst, share.rate != nil else {
                return words("brief.step", ["step": name, "count": words.count(step.count)])
            }
            return words(
                "brief.step_share",
                [
                    "step": name, "count": words.count(step.count), "rate": words.percent(share.rate),
                    "x": words.count(share.x), "n": words.count(share.n),
                    "interval": words.interval(share),
                ])
        }
        return words(
            "brief.steps", ["window": windowText, "steps": steps.joined(separator: words["brief.arrow"])])
    }

    private var outcomesLine: String {
        let parts = report.outcomeParts.map { part in
            words(
                "brief.part", ["name": words["outcome.\(part.key)"], "count": words.count(part.count)])
        }
        return words(
            "brief.sum",
            [
                "parts": parts.joined(separator: words["format.list_separator"]),
                "total": words.count(figures.outcomes.total),
            ])
    }

    /// As many as fit a message; the page holds them all.
    private var followUpLines: [String] {
        let shown = 10
        guard !figures.followUps.isEmpty else { return [words["sentence.no_follow_ups"]] }
        let lines = figures.followUps.prefix(shown).map { item in
            words(
                "brief.follow_up",
                [
                    "firm": item.firm, "what": item.what, "owner": item.owner ?? Self.blank,
                    "due": words.monthAndDay(item.due),
                ])
        }
        let rest = figures.followUps.count - lines.count
        return rest > 0 ? lines + [words("brief.follow_ups_rest", ["n": words.count(rest)])] : lines
    }
}
