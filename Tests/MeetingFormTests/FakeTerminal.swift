import MeetingForm
import Synchronization

/// A terminal whose keys are written down beforehand; when they are used up, it is gone.
final class FakeTerminal: FormTerminal {
    let style: TerminalStyle
    private let state: Mutex<(keys: [Key], output: String)>

    let columns: Int

    init(_ keys: [Key], isPlain: Bool = true, columns: Int = 80) {
        self.columns = columns
        style = TerminalStyle(isPlain: isPlain, hasColour: false)
        state = Mutex((keys, ""))
    }

    var rows: Int { 24 }
    var hasWaitingKey: Bool { false }
    var output: String { state.withLock { $0.output } }
    /// Keys that nobody asked for: a script that is longer than the form is a mistake in the test.
    var unusedKeys: [Key] { state.withLock { $0.keys } }

    func write(_ text: String) { state.withLock { $0.output += text } }

    func nextKey() async -> Key? {
        state.withLock { $0.keys.isEmpty ? nil : $0.keys.removeFirst() }
    }
}

/// `"a"` types and presses Enter, `""` is Enter alone.
func answers(_ texts: [String]) -> [Key] {
    texts.flatMap { $0.isEmpty ? [.enter] : [.text($0), .enter] }
}
