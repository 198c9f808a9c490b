import Outreach

/// The beginning of a run: goes on with the draft, or starts anew when the person says so, twice.
struct DraftOffer {
    /// What the form starts with.
    struct Opening {
        var state: FormState
        /// Said above the first question.
        var notice: String?
    }

    /// Where the beginning leads.
    enum Start {
        case form(Opening)
        case end(MeetingFormOutcome)
    }

    let screen: FormScreen
    let drafts: any DraftStore
    let options: MeetingFormOptions
    /// The form of the meeting on record, where one is corrected.
    let before: FormState?

    private var language: FormLanguage { options.language }

    /// Without `asking`, a draft is taken up. When the person breaks off, it stays as it is.
    func open(asking: Bool) async throws -> Start {
        let bytes: [UInt8]
        switch try await drafts.load() {
        case .none: return .form(Opening(state: fresh))
        case .otherKey: return try await startBeside(FormText.draftOfOtherKey)
        case .draft(let found): bytes = found
        }
        guard let draft = FormDraft.decode(bytes) else {
            return try await startBeside(FormText.draftUnreadable)
        }
        guard asking else { return .form(Opening(state: draft)) }
        if let before, draft.replaces != before.replaces { return try await open(draft, onto: before) }
        screen.say(ScreenLine(), ScreenLine("  " + language(FormText.draftFound), .strong))
        screen.say(draft.outline(in: language).map { ScreenLine("    " + $0) })
        while true {
            guard let goOn = await confirm(FormText.resume, default: true) else { return left }
            if goOn {
                screen.say(ScreenLine("  " + language(FormText.resumed), .faint))
                return .form(Opening(state: draft))
            }
            guard let discard = await confirm(FormText.discard, default: false) else { return left }
            if discard {
                try await drafts.discard()
                return .form(Opening(state: fresh))
            }
        }
    }

    /// A draft of a revision that is not the current one any more can only be read.
    private func open(_ draft: FormState, onto before: FormState) async throws -> Start {
        let differences = draft.differences(from: before, in: language)
        guard !differences.isEmpty else {
            // Recorded after all, when the receipt did not arrive.
            try await drafts.discard()
            return .form(Opening(state: before, notice: language(FormText.draftRecordedAlready)))
        }
        let stale = FormText.draftStale(draft.replaces ?? 0, before.replaces ?? 0)
        screen.say(
            ScreenLine(), ScreenLine("  ✗ " + language(stale), .bad),
            ScreenLine("    " + language(FormText.draftDiffers)))
        screen.say(differences.map { ScreenLine("    " + $0, .caution) })
        guard await confirm(FormText.correctAnew, default: false) == true else { return left }
        try await drafts.discard()
        return .form(Opening(state: before))
    }

    private var fresh: FormState {
        if let before { return before }
        var state = FormState(meeting: options.mintID(), notice: options.notice)
        if let kind = options.kind {
            state.record(.choice(kind.rawValue), at: .meeting(.kind), mint: options.mintID)
        }
        return state
    }

    private var left: Start {
        screen.say(ScreenLine("  " + language(FormText.kept)))
        return .end(.draftKept)
    }

    /// A draft that cannot be read is put aside, and a new one begun.
    private func startBeside(_ why: Bilingual) async throws -> Start {
        let place = try await drafts.putAside()
        return .form(Opening(state: fresh, notice: language(why) + language(FormText.draftPutAside(place))))
    }

    /// A question of yes or no; nil when broken off.
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
}
