/// The screen and keyboard that a form talks to.
public protocol FormTerminal: Sendable {
    /// Width in cells, at this moment.
    var columns: Int { get }
    /// Height in cells, at this moment.
    var rows: Int { get }
    /// How much may be done to the screen.
    var style: TerminalStyle { get }
    /// Whether a key already waits: a search may then be left for the text that follows.
    var hasWaitingKey: Bool { get }

    func write(_ text: String)
    /// The next key; nil when the terminal is gone.
    func nextKey() async -> Key?
}

/// What the terminal can show and the person wants to see.
public struct TerminalStyle: Hashable, Sendable {
    /// Line by line: no cursor movement, nothing redrawn. For dumb terminals and screen readers.
    public var isPlain: Bool
    public var hasColour: Bool

    public init(isPlain: Bool = false, hasColour: Bool = true) {
        self.isPlain = isPlain
        self.hasColour = hasColour && !isPlain
    }

    /// By `TERM=dumb`, `GOUTONG_PLAIN` and `NO_COLOR` (any value but the empty one).
    public init(environment: [String: String]) {
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        self.init(
            isPlain: environment["TERM"].map { $0.isEmpty || $0 == "dumb" } ?? true || isSet("GOUTONG_PLAIN"),
            hasColour: !isSet("NO_COLOR"))
    }
}
