internal import TerminalCells

/// One line being typed: keys in, text and cursor out. Pure; whoever owns the screen draws it.
///
/// The cursor moves by whole characters as the reader sees them, so that backspace takes a Chinese
/// character, an emoji family or a letter with its accent at once.
public struct LineEditor: Hashable, Sendable {
    public private(set) var text: String
    /// Characters before the cursor.
    public private(set) var cursor: Int

    public init(text: String = "") {
        self.text = text
        cursor = text.count
    }

    /// Cells before the cursor.
    public var column: Int { CellWidth.of(text.prefix(cursor)) }

    /// Applies one key; false where the key means nothing here, so that the caller may use it.
    @discardableResult
    public mutating func press(_ key: Key) -> Bool {
        switch key {
        case .text(let typed): insert(typed)
        case .backspace: replace((cursor - 1)..<cursor)
        case .delete: replace(cursor..<(cursor + 1))
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(text.count, cursor + 1)
        case .home: cursor = 0
        case .end: cursor = text.count
        case .killToStart: replace(0..<cursor)
        case .killToEnd: replace(cursor..<text.count)
        case .killWord: replace(startOfWord..<cursor)
        default: return false
        }
        return true
    }

    /// The part of the line that fits in `columns` cells, and the cursor's cell in it.
    ///
    /// The window follows the cursor and leaves a cell for it after the last character.
    public func window(columns: Int) -> (text: String, column: Int) {
        let characters = Array(text)
        var start = 0
        var before = column
        while before >= columns, start < cursor {
            before -= CellWidth.of(characters[start])
            start += 1
        }
        var used = 0
        let visible = characters[start...].prefix { character in
            used += CellWidth.of(character)
            return used < max(columns, 1)
        }
        return (String(visible), before)
    }

    /// A mark typed on its own joins the character before it, so the cursor is found again afterwards.
    private mutating func insert(_ typed: String) {
        let head = String(text.prefix(cursor)) + typed.filter { $0 != "\n" && $0 != "\r\n" && $0 != "\r" }
        let tail = text.dropFirst(cursor)
        text = head + tail
        cursor = min(head.count, text.count)
    }

    private mutating func replace(_ range: Range<Int>) {
        let range = range.clamped(to: 0..<text.count)
        guard !range.isEmpty else { return }
        text = String(text.prefix(range.lowerBound)) + text.dropFirst(range.upperBound)
        cursor = range.lowerBound
    }

    private var startOfWord: Int {
        let characters = Array(text)
        var index = cursor
        while index > 0, characters[index - 1].isWhitespace { index -= 1 }
        while index > 0, !characters[index - 1].isWhitespace { index -= 1 }
        return index
    }
}
