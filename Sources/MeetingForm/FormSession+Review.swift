internal import TerminalCells
import Outreach

extension FormSession {
    /// What the review page leads to.
    enum ReviewResult {
        case submit(MeetingDocument)
        case keep
        /// Something changes; the state says what is asked next.
        case goOn
    }

    private enum Command: Sendable {
        case submit, keep, showAll
        case change(ReviewPage.Target)
        case add(FormGroup)
        case delete(FormGroup, Int)
    }

    /// Shows every answer and asks what to do with them.
    func review(showing refused: [DocumentIssue]) async -> ReviewResult {
        forgetHeading()
        while true {
            let today = options.today()
            let verdict = MeetingVerdict(state, by: options)
            let page = ReviewPage(
                state, since: before, issues: refused + verdict.issues, oddities: verdict.warnings,
                warnings: state.warnings(today: today), in: language)
            show(page)
            let prompt = prompt(for: page)
            notice = nil
            guard case .value(let command) = await screen.run(prompt) else { return .keep }
            switch command {
            case .submit:
                if isUnchanged {
                    notice = language(FormText.nothingToSubmit)
                } else if let document = verdict.document {
                    return .submit(document)
                } else {
                    notice = language(FormText.hasErrors)
                }
            case .keep: return .keep
            case .showAll: state.showDetails(at: .meeting(.kind))
            case .change(.question(let id)):
                if change(id) { return .goOn }
            case .change(.row(let group, let row)):
                if await open(group, row) { return .goOn }
            case .add(let group):
                state.add(to: group)
                return .goOn
            case .delete(let group, let row):
                delete(row, of: group)
                return .goOn
            }
        }
    }

    /// Asks one question again; false where the person it is about was erased, or is not shown.
    private func change(_ id: QuestionID) -> Bool {
        guard let sheet = state.sheet(of: id), !sheet.isErased, !sheet.isHidden else {
            let isErased = state.sheet(of: id)?.isErased ?? false
            notice = language(isErased ? FormText.erasedStays : FormText.hiddenStays)
            return false
        }
        state.change(id)
        return true
    }

    private func delete(_ row: Int, of group: FormGroup) {
        let summary = state.summary(of: group, row: row, in: language)
        state.remove(row: row, of: group)
        screen.say(ScreenLine("  ✓ " + language(FormText.deleted), .good).and("  " + summary, .faint))
    }

    private func show(_ page: ReviewPage) {
        var lines = [ScreenLine(), ScreenLine("  ── \(language(FormText.review)) ──", .strong)]
        lines += page.items.map { item in
            Self.line(item.number, item.label, item.value ?? "—", isEmpty: item.value == nil)
                .and(item.change.map { "  ← " + $0.shown(in: language) } ?? "", .caution)
        }
        lines += page.removed.map {
            ScreenLine("   −  " + language(FormText.removedRow) + "  ", .caution).and($0, .faint)
        }
        lines += page.issues.map { ScreenLine("  ✗ " + $0, .bad) }
        lines += page.warnings.map { ScreenLine("  ! " + $0, .caution) }
        screen.say(lines)
    }

    private static func line(_ number: Int, _ label: String, _ value: String, isEmpty: Bool) -> ScreenLine {
        let digits = String(number)
        return ScreenLine("  " + String(repeating: " ", count: max(0, 2 - digits.count)))
            .and(digits, .good).and("  " + CellWidth.pad(label, to: 22) + "  ", .faint)
            .and(value, isEmpty ? .faint : .plain)
    }

    private func prompt(for page: ReviewPage) -> Prompt<Command> {
        let language = language
        let state = state
        var prompt = Prompt<Command>(
            label: language(FormText.action), refusalOfNothing: language(FormText.notAnAction),
            read: { typed, _ in
                Self.command(typed, page: page, state: state)
                    .map(Prompt<Command>.Reading.value) ?? .refused(language(FormText.notAnAction))
            })
        prompt.notice = notice
        prompt.keys = FormText.reviewKeys.map { language($0) }
        return prompt
    }

    private static func command(_ typed: String, page: ReviewPage, state: FormState) -> Command? {
        let word = TypedText.narrow(typed).lowercased()
        if FormText.submitWords.contains(word) { return .submit }
        if FormText.keepWords.contains(word) { return .keep }
        if FormText.addFirmWords.contains(word) { return .add(.firm) }
        if FormText.addApplicantWords.contains(word) { return .add(.applicant) }
        if word == "+" { return .showAll }
        for prefix in ["d", "删除", "删", "delete"] where word.hasPrefix(prefix) {
            let number = TypedText.trim(word.dropFirst(prefix.count))
            guard case .row(let group, let row) = page.target(number, in: state) else { continue }
            return .delete(group, row)
        }
        return page.target(word, in: state).map(Command.change)
    }

    /// The page of one firm or applicant; true when something is changed.
    private func open(_ group: FormGroup, _ row: Int) async -> Bool {
        let questions = state.allQuestions(of: group, row: row)
        let title = group == .firm ? FormText.firmTitle(row + 1) : FormText.applicantTitle(row + 1)
        var lines = [ScreenLine(), ScreenLine("  ── \(language(title)) ──", .strong)]
        for (index, id) in questions.enumerated() {
            let value = state.shown(state[id], at: id, in: language)
            lines.append(
                Self.line(index + 1, language(id.field.question.label), value ?? "—", isEmpty: value == nil))
        }
        screen.say(lines)
        let language = language
        var prompt = Prompt<Command?>(
            label: language(FormText.action), defaultValue: .some(nil), refusalOfNothing: "",
            read: { typed, _ in
                let word = TypedText.narrow(typed).lowercased()
                if ["d", "删", "删除", "delete"].contains(word) { return .value(.delete(group, row)) }
                guard let number = Int(word), questions.indices.contains(number - 1) else {
                    return .refused(language(FormText.notAnAction))
                }
                return .value(.change(.question(questions[number - 1])))
            })
        prompt.keys = FormText.rowKeys.map { language($0) }
        prompt.canGoBack = true
        guard case .value(let command?) = await screen.run(prompt) else { return false }
        switch command {
        case .change(.question(let id)): return change(id)
        case .delete(let group, let row): delete(row, of: group)
        default: return false
        }
        return true
    }
}
