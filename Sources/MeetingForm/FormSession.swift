import Foundation
import Outreach

/// One run of the form: asks what the state wants to know, stores the answer, saves the draft.
final class FormSession {
    let screen: FormScreen
    let directory: any FormDirectory
    let options: MeetingFormOptions
    private let drafts: any DraftStore
    var state: FormState
    /// Said above the next question.
    var notice: String?
    private var defaults: [MeetingKind: MeetingDefaults] = [:]
    /// The heading that stands above the answers last shown.
    private var heading: String?

    var language: FormLanguage { options.language }

    init(
        screen: FormScreen, directory: any FormDirectory, drafts: any DraftStore, options: MeetingFormOptions
    ) {
        self.screen = screen
        self.directory = directory
        self.drafts = drafts
        self.options = options
        state = Self.fresh(options)
    }

    func run(showing issues: [DocumentIssue]) async throws -> MeetingFormOutcome {
        screen.say(
            ScreenLine(), ScreenLine("  " + language(FormText.title), .strong),
            ScreenLine("  " + language(FormText.welcome), .faint))
        guard try await openDraft(askingFirst: issues.isEmpty) else { return .draftKept }
        var refusedIssues = issues
        while true {
            if let id = state.cursor {
                guard await ask(id) else { return leave() }
                refusedIssues = []
            } else {
                switch await review(showing: refusedIssues) {
                case .submit(let document):
                    screen.say(ScreenLine("  ✓ " + language(FormText.submitted), .good))
                    return .completed(document)
                case .keep: return leave()
                case .goOn: refusedIssues = []
                }
            }
            await save()
        }
    }

    /// What the last meeting of this kind suggests; nothing where that cannot be found out.
    func lastMeeting() async -> MeetingDefaults? {
        guard let kind = state.kind else { return nil }
        if let known = defaults[kind] { return known }
        let found = (try? await directory.lastMeeting(kind)) ?? MeetingDefaults()
        defaults[kind] = found
        return found
    }

    /// Adds an answered question to the transcript, under the heading of what it is about.
    func settle(_ id: QuestionID, _ value: String?) {
        var lines = headingLines(for: id)
        let label = CellWidth.pad(language(id.field.question.label), to: 24)
        lines.append(
            ScreenLine("  ").and(label, .faint)
                .and(value ?? language(id.field.wordForLeft), value == nil ? .faint : .plain))
        screen.say(lines)
    }

    func headingLines(for id: QuestionID) -> [ScreenLine] {
        let isClosing = id.group == .meeting && state.isAfterGroups(id)
        let title = language(isClosing ? FormText.closingTitle : id.rowTitle)
        guard title != heading else { return [] }
        heading = title
        return [ScreenLine(), ScreenLine("  ── \(title) ──", .strong)]
    }

    func forgetHeading() { heading = nil }

    private func leave() -> MeetingFormOutcome {
        screen.say(ScreenLine(), ScreenLine("  " + language(FormText.kept)))
        return .draftKept
    }

    private func save() async {
        do {
            try await drafts.save(try FormDraft.encode(state))
        } catch {
            notice = language(FormText.draftNotSaved)
        }
    }

    /// Takes up the draft, or starts anew; false when the person breaks off.
    private func openDraft(askingFirst: Bool) async throws -> Bool {
        guard let bytes = try await drafts.load() else { return true }
        guard let draft = FormDraft.decode(bytes) else {
            notice = language(FormText.draftUnreadable)
            return true
        }
        guard askingFirst else {
            state = draft
            return true
        }
        screen.say(ScreenLine(), ScreenLine("  " + language(FormText.draftFound), .strong))
        screen.say(draft.outline(in: language).map { ScreenLine("    " + $0) })
        while true {
            guard let goOn = await confirm(FormText.resume, default: true) else { return false }
            if goOn {
                state = draft
                screen.say(ScreenLine("  " + language(FormText.resumed), .faint))
                return true
            }
            guard let discard = await confirm(FormText.discard, default: false) else { return false }
            if discard {
                try await drafts.discard()
                return true
            }
        }
    }

    /// A question of yes or no outside the document; nil when broken off.
    private func confirm(_ question: Bilingual, default value: Bool) async -> Bool? {
        let choices = FormChoice.yesNo
        let language = language
        let suggestions = choices.enumerated().map {
            Prompt<Bool>.Suggestion(number: $0 + 1, label: language($1.label), value: $0 == 0)
        }
        let prompt = Prompt<Bool>(
            label: language(question), shownDefault: language(choices[value ? 0 : 1].label),
            defaultValue: value, refusalOfNothing: "",
            suggest: { _ in .init(entries: suggestions) },
            read: { typed, _ in
                switch TypedText.narrow(typed).lowercased() {
                case "1", "y", "yes", "是": .value(true)
                case "2", "n", "no", "否": .value(false)
                default: .refused(language(FormText.notAChoice))
                }
            })
        guard case .value(let answer) = await screen.run(prompt) else { return nil }
        screen.say(ScreenLine("  \(language(question)) ").and(language(choices[answer ? 0 : 1].label), .good))
        return answer
    }

    private static func fresh(_ options: MeetingFormOptions) -> FormState {
        var state = FormState(meeting: options.mintID(), notice: options.notice)
        if let kind = options.kind {
            state.record(.choice(kind.rawValue), at: .meeting(.kind), mint: options.mintID)
        }
        return state
    }
}
