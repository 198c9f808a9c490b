import Outreach

/// Picks one of the latest meetings: by its number, or by a part of its date, place or kind.
public struct MeetingPicker: Sendable {
    private let terminal: any FormTerminal
    private let language: FormLanguage

    private static let shown = 10

    public init(terminal: any FormTerminal, language: FormLanguage) {
        self.terminal = terminal
        self.language = language
    }

    /// The position in `meetings`, each in one line, the latest first; nil when the person leaves.
    public func choose(from meetings: [String]) async -> Int? {
        let screen = FormScreen(terminal)
        screen.say(ScreenLine(), ScreenLine("  " + language(FormText.pickMeeting), .strong))
        let language = language
        let entries = meetings.enumerated().map {
            Prompt<Int>.Suggestion(number: $0 + 1, label: $1, value: $0)
        }
        let find: @Sendable (String) -> [Prompt<Int>.Suggestion] = { typed in
            let typed = TypedText.trim(typed)
            let number = TypedText.number(typed)
            let matching = entries.filter {
                typed.isEmpty || $0.number == number || $0.label.contains(typed)
            }
            return Array(matching.prefix(Self.shown))
        }
        var prompt = Prompt<Int>(
            label: language(FormText.menuPrompt), refusalOfNothing: language(FormText.notAChoice),
            suggest: { .init(entries: find($0)) },
            read: { typed, found in
                let number = TypedText.number(typed)
                if let exact = entries.first(where: { $0.number == number }) { return .value(exact.value) }
                if found.count == 1, let only = found.first { return .value(only.value) }
                return found.isEmpty ? .refused(language(FormText.noSuchMeeting)) : .choose(found)
            })
        prompt.hint = language(FormText.pickMeetingHint)
        prompt.isListTall = true
        prompt.canGoBack = true
        prompt.keys = [language(FormText.keysChoose), language(FormText.keysLeave)]
        prompt.choosingKeys = [language(FormText.pick)]
        guard case .value(let index) = await screen.run(prompt) else { return nil }
        screen.say(ScreenLine("  › ", .good).and(meetings[index]))
        return index
    }
}
