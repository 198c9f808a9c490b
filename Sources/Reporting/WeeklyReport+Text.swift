import Funnel

extension WeeklyReport {
    /// The whole report for a terminal: aligned by cells, no colour, newline at the end.
    public func text(language: Language) -> String {
        let contents = WeeklyContents(
            report: self, words: Catalogue(language), showsShrinkage: false)
        var lines = [contents.titleLine, contents.federationName]
        if let scope = contents.scopeSentence { lines.append(scope) }
        if figures.synthetic { lines.append(contents.words["synthetic.banner"]) }
        lines += [contents.asKnownAt, contents.definitionSentence]
        for section in contents.sections {
            lines += ["", "", section.title]
            for paragraph in section.paragraphs { lines += wrapped(paragraph) }
            for table in section.tables { lines += self.lines(of: table, in: contents.words) }
        }
        lines += ["", "", contents.words["section.method"]]
        for note in contents.method { lines += wrapped(note) }
        lines += ["", contents.signatures]
        if let edition = contents.editionLine { lines.append(edition) }
        if let head = contents.auditHead { lines.append(head) }
        if figures.synthetic { lines.append(contents.words["synthetic.banner"]) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func lines(of table: ReportTable, in words: Catalogue) -> [String] {
        let drawn =
            table.rows.isEmpty ? [table.empty] : TextTable(table.displayed(in: words)).lines
        return ["", table.title] + drawn + table.notes.flatMap(wrapped)
    }

    /// Sentences are folded for an ordinary terminal; tables keep the width they need.
    private func wrapped(_ sentence: String) -> [String] {
        TerminalText.wrapped(sentence, to: 100)
    }
}
