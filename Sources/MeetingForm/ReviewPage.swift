import Outreach

/// The check-answers page as a value: numbered lines, what is wrong and what is odd.
struct ReviewPage: Sendable {
    enum Target: Hashable, Sendable {
        case question(QuestionID)
        case row(FormGroup, Int)
    }

    struct Item: Sendable {
        var number: Int
        var label: String
        /// nil where the question was left empty.
        var value: String?
        var target: Target
        /// How it differs from what is on record.
        var change: LineChange?
    }

    let items: [Item]
    /// What is on record and would be taken out.
    let removed: [String]
    /// Number of the line (`3`, `8.2`) and the message.
    let issues: [String]
    let warnings: [String]

    /// - Parameters:
    ///   - before: the meeting on record, where one is corrected.
    ///   - issues: what would be refused; `oddities`: what may be right. Both say where.
    ///   - warnings: about the meeting as a whole.
    init(
        _ state: FormState, since before: FormState? = nil, issues: [DocumentIssue],
        oddities: [DocumentIssue] = [], warnings: [Bilingual],
        in language: FormLanguage
    ) {
        var items: [Item] = []
        var seen: Set<Target> = []
        for id in state.questions where !state.isOpenRow(id) {
            let target: Target = id.group == .meeting ? .question(id) : .row(id.group, id.row)
            guard seen.insert(target).inserted else { continue }
            let number = items.count + 1
            switch id.group {
            case .meeting:
                items.append(
                    Item(
                        number: number, label: language(id.field.question.label),
                        value: state.shown(state[id], at: id, in: language), target: target,
                        change: before.flatMap { state.change(at: id, since: $0, in: language) }))
            case .firm, .applicant:
                let title =
                    id.group == .firm ? FormText.firmTitle(id.row + 1) : FormText.applicantTitle(id.row + 1)
                items.append(
                    Item(
                        number: number, label: language(title),
                        value: state.summary(of: id.group, row: id.row, in: language), target: target,
                        change: before.flatMap {
                            state.change(of: id.group, row: id.row, since: $0, in: language)
                        }))
            }
        }
        self.items = items
        removed = before.map { state.removed(since: $0, in: language) } ?? []
        func located(_ message: Bilingual, _ pointer: String) -> String {
            let place = Self.place(of: pointer, items: items, state: state, language: language)
            return (place.map { $0 + (language == .zh ? "：" : ": ") } ?? "") + language(message)
        }
        self.issues = issues.map { located(FormText.sentence($0.rule, $0.mend), $0.pointer) }
        self.warnings = oddities.map { located($0.rule, $0.pointer) } + warnings.map { language($0) }
    }

    /// What a number, or a row's number with one of its own (`8.2`), points at.
    func target(_ text: String, in state: FormState) -> Target? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard let number = parts.first ?? nil, let item = items.first(where: { $0.number == number }) else {
            return nil
        }
        if parts.count == 1 { return item.target }
        guard parts.count == 2, let inner = parts[1], case .row(let group, let row) = item.target else {
            return nil
        }
        let questions = state.allQuestions(of: group, row: row)
        return questions.indices.contains(inner - 1) ? .question(questions[inner - 1]) : nil
    }

    /// The line that a JSON Pointer falls on: its number and its label.
    private static func place(of pointer: String, items: [Item], state: FormState, language: FormLanguage)
        -> String?
    {
        for item in items {
            switch item.target {
            case .question(let id) where pointer.covers(id.pointer):
                return "\(item.number) \(item.label)"
            case .row(let group, let row) where pointer.covers("/\(group.rawValue)s/\(row)"):
                for (index, id) in state.allQuestions(of: group, row: row).enumerated()
                where pointer.covers(id.pointer) {
                    return "\(item.number).\(index + 1) \(language(id.field.question.label))"
                }
                return "\(item.number) \(item.label)"
            default: continue
            }
        }
        return nil
    }
}

extension FormState {
    /// A row's questions with the optional ones, as its page numbers them.
    func allQuestions(of group: FormGroup, row: Int) -> [QuestionID] {
        var open = self
        open.showDetails(at: QuestionID(group: group, row: row, field: group.opening ?? .kind))
        return open.questions(of: group, row: row)
    }
}

extension String {
    /// Whether this pointer names the other or something inside it.
    fileprivate func covers(_ other: String) -> Bool { self == other || hasPrefix(other + "/") }
}
