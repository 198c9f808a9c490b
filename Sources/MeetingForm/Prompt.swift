/// One question as the screen sees it, whatever the answer is.
struct Prompt<Value: Sendable>: Sendable {
    /// One entry of the list under the line.
    struct Suggestion: Sendable {
        /// The number that chooses it; it stays the same while the list is narrowed.
        var number: Int
        var label: String
        var value: Value
    }

    /// What a typed text comes to.
    enum Reading: Sendable {
        case value(Value)
        case refused(String)
        /// Several things it could mean: the person has to choose.
        case choose([Suggestion])
    }

    /// What the list under the line shows for a text.
    struct Found: Sendable {
        var entries: [Suggestion] = []
        /// Said under the list: that the search is down, say.
        var note: String?
    }

    /// How the asking ended.
    enum Outcome: Sendable {
        case value(Value)
        case back, details
        /// Ctrl-C, or the terminal went away.
        case interrupted
    }

    var label: String
    /// The default in words, and what Enter takes. A default without a value must be said again.
    var shownDefault: String?
    var defaultValue: Value?
    var hint: String?
    /// What else can be pressed, and what to press when the list has to decide.
    var keys: [String] = []
    var choosingKeys: [String] = []
    /// A warning or news about the answer before.
    var notice: String?
    /// Short entries side by side, or one a line.
    var isListTall = false
    var canGoBack = false
    var canShowDetails = false
    /// What Enter alone means when there is no default.
    var refusalOfNothing: String
    var suggest: @Sendable (String) async -> Found = { _ in Found() }
    var read: @Sendable (String, [Suggestion]) -> Reading
}

/// Short-cuts that are typed instead of an answer, in the widths that a Chinese input method makes of them.
enum Shortcut {
    static func isBack(_ text: String) -> Bool {
        ["<", "＜", "《"].contains(text) || FormText.backWords.contains(text)
    }

    static func isDetails(_ text: String) -> Bool { ["+", "＋"].contains(text) }
}
