/// What stands on the screen: a transcript that only grows, and under it one frame that is redrawn.
///
/// In a plain terminal nothing is redrawn: the transcript is all there is.
final class FormScreen {
    let terminal: any FormTerminal
    /// Rows from the top of the frame to the cursor; nil while no frame stands.
    private var cursorRow: Int?

    init(_ terminal: any FormTerminal) { self.terminal = terminal }

    /// Where the values of the transcript and of the review page begin, nearly.
    private static let hanging = 28

    var style: TerminalStyle { terminal.style }
    /// The last column stays free: terminals differ on what a full line does.
    var columns: Int { max(terminal.columns - 1, 20) }

    /// Adds lines to the transcript, in place of the frame.
    func say(_ lines: ScreenLine...) { say(lines) }

    func say(_ lines: [ScreenLine]) {
        let columns = columns
        let broken =
            style.isPlain ? lines : lines.flatMap { $0.wrapped(columns: columns, hanging: Self.hanging) }
        let text = broken.map { $0.rendered(columns: columns, style: style) + "\r\n" }.joined()
        terminal.write(erasure + text)
        cursorRow = nil
    }

    /// Draws the frame anew with the cursor in it.
    func draw(_ lines: [ScreenLine], cursor: (row: Int, column: Int)) {
        let columns = columns
        let body = lines.map { $0.rendered(columns: columns, style: style) }.joined(separator: "\r\n")
        var output = "\u{1B}[?25l" + erasure + body + "\r"
        let up = lines.count - 1 - cursor.row
        if up > 0 { output += "\u{1B}[\(up)A" }
        if cursor.column > 0 { output += "\u{1B}[\(cursor.column)C" }
        terminal.write(output + "\u{1B}[?25h")
        cursorRow = cursor.row
    }

    /// Writes without ending the line: a plain prompt.
    func ask(_ text: String) { terminal.write(text) }

    private var erasure: String {
        guard let cursorRow else { return "" }
        return (cursorRow > 0 ? "\u{1B}[\(cursorRow)A" : "") + "\r\u{1B}[J"
    }
}
