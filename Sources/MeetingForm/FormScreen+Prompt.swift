extension FormScreen {
    /// Asks one question until it is answered, left or broken off. The answer is not yet in the transcript.
    func run<Value>(_ prompt: Prompt<Value>) async -> Prompt<Value>.Outcome {
        if style.isPlain { return await runPlain(prompt) }
        var dialogue = PromptDialogue(prompt, on: self)
        return await dialogue.run()
    }

    /// One line out, one line in.
    private func runPlain<Value>(_ prompt: Prompt<Value>) async -> Prompt<Value>.Outcome {
        if let notice = prompt.notice { say(ScreenLine("! " + notice)) }
        let suggestions = await prompt.suggest("").entries
        if !suggestions.isEmpty {
            say(ScreenLine(suggestions.map { "\($0.number) \($0.label)" }.joined(separator: "  ")))
        }
        if let hint = prompt.hint { say(ScreenLine(hint)) }
        var offered: [Prompt<Value>.Suggestion] = []
        while true {
            ask(prompt.label + (prompt.shownDefault.map { " [\($0)]" } ?? "") + ": ")
            guard let line = await readLine() else { return .interrupted }
            let text = TypedText.trim(line)
            if Shortcut.isBack(text), prompt.canGoBack { return .back }
            if Shortcut.isDetails(text), prompt.canShowDetails { return .details }
            if !offered.isEmpty {
                let number = text.isEmpty ? offered.first?.number : TypedText.number(text)
                if let chosen = offered.first(where: { $0.number == number }) { return .value(chosen.value) }
                offered = []
            }
            if text.isEmpty {
                if let value = prompt.defaultValue { return .value(value) }
                say(ScreenLine("✗ " + prompt.refusalOfNothing))
                continue
            }
            let found = await prompt.suggest(text)
            if let note = found.note { say(ScreenLine("! " + note)) }
            switch prompt.read(text, found.entries) {
            case .value(let value): return .value(value)
            case .refused(let why): say(ScreenLine("✗ " + why))
            case .choose(let choices):
                offered = choices
                say(choices.map { ScreenLine("\($0.number) \($0.label)") })
                say(prompt.choosingKeys.map { ScreenLine($0) })
            }
        }
    }

    /// A line that the terminal has edited itself; nil when it was broken off.
    private func readLine() async -> String? {
        var line = LineEditor()
        while let key = await terminal.nextKey() {
            switch key {
            case .enter: return line.text
            case .interrupt, .endOfInput:
                say(ScreenLine())
                return nil
            default: line.press(key)
            }
        }
        return nil
    }
}
