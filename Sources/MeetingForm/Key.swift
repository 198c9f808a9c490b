/// One thing a person did at the keyboard.
public enum Key: Hashable, Sendable {
    /// Typed or pasted text without control characters; what arrives together stays together.
    case text(String)
    case enter, tab, escape
    case backspace, delete
    case left, right, up, down, home, end
    /// Ctrl-C, Ctrl-D.
    case interrupt, endOfInput
    /// Ctrl-K, Ctrl-U, Ctrl-W, Ctrl-L.
    case killToEnd, killToStart, killWord, redraw
}
