import Outreach

/// The beginning of a run: goes on with the draft, or starts anew when the person says so, twice.
struct DraftOffer {
    /// What the form starts with.
    struct Opening {
        var state: FormState
        /// Said above the first question.
        var notice: String?
    }

    let screen: FormScreen
    let drafts: any DraftStore
    let options: MeetingFormOptions

    private var language: FormLanguage { options.language }

    /// nil when the person breaks off; the draft then stays as it is. Without `asking`, it is taken up.
    func open(asking: Bool) async throws -> Opening? {
        guard let bytes = try await drafts.load() else { return Opening(state: fresh()) }
        guard let draft = FormDraft.decode(bytes) else {
            return Opening(state: fresh(), notice: language(FormText.draftUnreadable))
        }
        guard asking else { return Opening(state: draft) }
        screen.say(ScreenLine(), ScreenLine("  " + language(FormText.draftFound), .strong))
        screen.say(draft.outline(in: language).map { ScreenLine("    " + $0) })
        while true {
            guard let goOn = await confirm(FormText.resume, default: true) else { return nil }
            if goOn {
                screen.say(ScreenLine("  " + language(FormText.resumed), .faint))
                return Opening(state: draft)
            }
            guard let discard = await confirm(FormText.discard, default: false) else { return nil }
            if discard {
                try await drafts.discard()
                return Opening(state: fresh())
            }
        }
    }

    private func fresh() -> FormState {
        var state = FormState(meeting: options.mintID(), notice: options.notice)
        if let kind = options.kind {
            state.record(.choice(kind.rawValue), at: .meeting(.kind), mint: options.mintID)
        }
        return state
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
