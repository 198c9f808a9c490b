internal import TerminalCells
import Foundation
import Outreach

/// One run of the form: asks what the state wants to know, stores the answer, saves the draft.
final class FormSession {
    let screen: FormScreen
    let directory: any FormDirectory
    let options: MeetingFormOptions
    /// The form of the meeting on record, where one is corrected.
    let before: FormState?
    private let drafts: any DraftStore
    var state: FormState
    /// Said above the next question.
    var notice: String?
    private var defaults: [MeetingKind: MeetingDefaults] = [:]
    /// The heading that stands above the answers last shown.
    private var heading: String?

    var language: FormLanguage { options.language }

    init(
        _ opening: DraftOffer.Opening, before: FormState?, screen: FormScreen, directory: any FormDirectory,
        drafts: any DraftStore, options: MeetingFormOptions
    ) {
        self.before = before
        self.screen = screen
        self.directory = directory
        self.drafts = drafts
        self.options = options
        state = opening.state
        notice = opening.notice
    }

    func run(showing issues: [DocumentIssue]) async -> MeetingFormOutcome {
        var refusedIssues = issues
        while true {
            if let id = state.cursor {
                guard await ask(id) else { return await leave() }
                refusedIssues = []
            } else {
                switch await review(showing: refusedIssues) {
                case .submit(let document):
                    screen.say(ScreenLine("  ✓ " + language(FormText.submitted), .good))
                    return .completed(document)
                case .keep: return await leave()
                case .goOn: refusedIssues = []
                }
            }
            await save()
        }
    }

    /// Whether a correction would record what is on record already.
    var isUnchanged: Bool {
        guard let before, let now = try? state.document(correcting: options.original),
            let then = try? before.document(correcting: options.original)
        else { return false }
        return now == then
    }

    /// What the last meeting of this kind suggests; nothing where that cannot be found out, nor for a meeting
    /// that is on record.
    func lastMeeting() async -> MeetingDefaults? {
        guard before == nil, let kind = state.kind else { return nil }
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

    private func leave() async -> MeetingFormOutcome {
        if isUnchanged {
            // A draft without a change would only be in the way.
            try? await drafts.discard()
            screen.say(ScreenLine(), ScreenLine("  " + language(FormText.leftUnchanged)))
            return .nothingChanged
        }
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
}
