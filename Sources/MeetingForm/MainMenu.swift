import Outreach

/// The menu of the three jobs and of mending the first, for `goutong` alone on a terminal. Chinese first.
public struct MainMenu: Sendable {
    /// What the person wants to do, in the language that was chosen last.
    public enum Job: Hashable, Sendable {
        case logMeeting, weeklyReport, pilotComparison, correctMeeting, quit
    }

    private enum Entry: CaseIterable {
        case logMeeting, weeklyReport, pilotComparison, correctMeeting, language, quit
    }

    private let terminal: any FormTerminal
    /// The language at the start; choosing the other one shows the menu again.
    private let language: FormLanguage

    public init(terminal: any FormTerminal, language: FormLanguage = .zh) {
        self.terminal = terminal
        self.language = language
    }

    /// Asks once. Ctrl-C, Esc and a terminal that is gone mean `quit`.
    public func choose() async -> (job: Job, language: FormLanguage) {
        let screen = FormScreen(terminal)
        var language = language
        while true {
            screen.say(ScreenLine(), ScreenLine("  " + language(FormText.menuTitle), .strong), ScreenLine())
            guard case .value(let entry) = await screen.run(Self.prompt(in: language)) else {
                return (.quit, language)
            }
            screen.say(ScreenLine("  › ", .good).and(language(Self.label(of: entry))))
            switch entry {
            case .logMeeting: return (.logMeeting, language)
            case .weeklyReport: return (.weeklyReport, language)
            case .pilotComparison: return (.pilotComparison, language)
            case .correctMeeting: return (.correctMeeting, language)
            case .quit: return (.quit, language)
            case .language: language = language == .zh ? .en : .zh
            }
        }
    }

    private static func prompt(in language: FormLanguage) -> Prompt<Entry> {
        let entries = Entry.allCases.enumerated().map {
            Prompt<Entry>.Suggestion(number: $0 + 1, label: language(label(of: $1)), value: $1)
        }
        var prompt = Prompt<Entry>(
            label: language(FormText.menuPrompt), refusalOfNothing: language(FormText.notAChoice),
            suggest: { _ in .init(entries: entries) },
            read: { typed, _ in
                let word = TypedText.narrow(typed).lowercased()
                if word == "q" { return .value(.quit) }
                let found = entries.first { String($0.number) == word || $0.label.lowercased() == word }
                return found.map { .value($0.value) } ?? .refused(language(FormText.notAChoice))
            })
        prompt.isListTall = true
        prompt.canGoBack = true
        prompt.keys = [language(FormText.keysChoose)]
        return prompt
    }

    private static func label(of entry: Entry) -> Bilingual {
        switch entry {
        case .logMeeting: FormText.menuLog
        case .weeklyReport: FormText.menuWeekly
        case .pilotComparison: FormText.menuExport
        case .correctMeeting: FormText.menuCorrect
        case .language: FormText.menuLanguage
        case .quit: FormText.menuQuit
        }
    }
}
