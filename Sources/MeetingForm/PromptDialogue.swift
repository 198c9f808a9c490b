/// One question on a terminal that can be redrawn: the line being typed, the list under it, the news.
struct PromptDialogue<Value: Sendable> {
    private let prompt: Prompt<Value>
    private let screen: FormScreen
    private var editor = LineEditor()
    private var suggestions: [Prompt<Value>.Suggestion] = []
    /// The highlighted entry.
    private var selection: Int?
    /// Whether the person has to choose from the list: a digit then marks an entry.
    private var isChoosing = false
    private var refusal: String?
    private var note: String?

    init(_ prompt: Prompt<Value>, on screen: FormScreen) {
        self.prompt = prompt
        self.screen = screen
    }

    mutating func run() async -> Prompt<Value>.Outcome {
        await narrow()
        while true {
            draw()
            guard let key = await screen.terminal.nextKey() else { return .interrupted }
            switch key {
            case .interrupt: return .interrupted
            case .endOfInput:
                if editor.text.isEmpty { return .interrupted }
                await edit(.delete)
            case .escape:
                if isChoosing || selection != nil {
                    await narrow()
                } else if prompt.canGoBack {
                    return .back
                }
            case .down, .tab: move(by: 1)
            case .up: move(by: -1)
            case .enter:
                if let outcome = await enter() { return outcome }
            case .text(let text):
                if editor.text.isEmpty {
                    if Shortcut.isBack(text), prompt.canGoBack { return .back }
                    if Shortcut.isDetails(text), prompt.canShowDetails { return .details }
                }
                if isChoosing, let number = TypedText.number(text),
                    let chosen = suggestions.firstIndex(where: { $0.number == number })
                {
                    // Enter confirms: a digit that chose at once would leave its Enter to the next question.
                    selection = chosen
                    continue
                }
                await edit(key)
            case .redraw: break
            default: await edit(key)
            }
        }
    }

    private mutating func enter() async -> Prompt<Value>.Outcome? {
        if let selection, suggestions.indices.contains(selection) {
            return .value(suggestions[selection].value)
        }
        let text = TypedText.trim(editor.text)
        if Shortcut.isBack(text), prompt.canGoBack { return .back }
        if text.isEmpty {
            if let value = prompt.defaultValue { return .value(value) }
            refusal = prompt.refusalOfNothing
            return nil
        }
        // A search may have been left out while keys were waiting.
        await narrow()
        switch prompt.read(text, suggestions) {
        case .value(let value): return .value(value)
        case .refused(let why): refusal = why
        case .choose(let choices):
            suggestions = choices
            isChoosing = true
            selection = 0
        }
        return nil
    }

    private mutating func edit(_ key: Key) async {
        let before = editor.text
        editor.press(key)
        guard editor.text != before else { return }
        refusal = nil
        if !screen.terminal.hasWaitingKey { await narrow() }
    }

    private mutating func narrow() async {
        isChoosing = false
        selection = nil
        let found = await prompt.suggest(editor.text)
        suggestions = found.entries
        note = found.note
    }

    private mutating func move(by step: Int) {
        guard !suggestions.isEmpty else { return }
        let count = suggestions.count
        selection = ((selection ?? (step > 0 ? -1 : 0)) + step + count) % count
    }

    private func draw() {
        let columns = screen.columns
        var lines: [ScreenLine] = []
        if let notice = prompt.notice { lines.append(ScreenLine("  ! " + notice, .caution)) }
        lines.append(
            ScreenLine("  ").and(prompt.label, .strong)
                .and(prompt.shownDefault.map { "  [\($0)]" } ?? "", .good)
                .and(prompt.hint.map { "  " + $0 } ?? "", .faint))
        let window = editor.window(columns: columns - 4)
        let cursor = (row: lines.count, column: 4 + window.column)
        lines.append(ScreenLine("  › ", .good).and(window.text))
        if let note { lines.append(ScreenLine("    " + note, .caution)) }
        if let refusal { lines.append(ScreenLine("  ✗ " + refusal, .bad)) }
        let keys = ScreenLine.flow(
            (isChoosing ? prompt.choosingKeys : prompt.keys).map { (text: $0, tone: .faint) },
            columns: columns,
            indent: 4)
        lines += list(columns: columns, rows: max(screen.terminal.rows - lines.count - keys.count - 1, 3))
        lines += keys
        screen.draw(lines, cursor: cursor)
    }

    private func list(columns: Int, rows: Int) -> [ScreenLine] {
        let entries = suggestions.enumerated().map { index, entry in
            // The mark stands for the colour where there is none.
            (
                text: mark(index) + "\(entry.number) \(entry.label)",
                tone: index == selection ? ScreenLine.Tone.chosen : .plain
            )
        }
        if !prompt.isListTall {
            return Array(ScreenLine.flow(entries, columns: columns, indent: 4).prefix(rows))
        }
        return entries.prefix(rows).map { ScreenLine("  ").and($0.text, $0.tone) }
    }

    private func mark(_ index: Int) -> String {
        index == selection ? "▸ " : prompt.isListTall ? "  " : ""
    }
}
