import TerminalCells
import MeetingForm
import Testing

@Suite struct LineEditorTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let keys: [Key]
        let text: String
        let column: Int
        var testDescription: String { name }
    }

    @Test(arguments: [
        Case(name: "hanzi take two cells", keys: [.text("八里庄a")], text: "八里庄a", column: 7),
        Case(name: "backspace takes a whole hanzi", keys: [.text("八里庄"), .backspace], text: "八里", column: 4),
        Case(name: "backspace at the start does nothing", keys: [.backspace], text: "", column: 0),
        Case(
            name: "insert in the middle", keys: [.text("北京公司"), .left, .left, .text("光华")], text: "北京光华公司",
            column: 8),
        Case(
            name: "a mark joins its letter", keys: [.text("e"), .text("\u{301}")], text: "e\u{301}", column: 1
        ),
        Case(
            name: "backspace takes letter and mark", keys: [.text("ae"), .text("\u{301}"), .backspace],
            text: "a",
            column: 1),
        Case(name: "an emoji family is one", keys: [.text("x👨‍👩‍👧"), .backspace], text: "x", column: 1),
        Case(name: "an emoji takes two cells", keys: [.text("👷")], text: "👷", column: 2),
        Case(name: "a flag takes two cells", keys: [.text("🇨🇳")], text: "🇨🇳", column: 2),
        Case(name: "home and delete", keys: [.text("望京"), .home, .delete], text: "京", column: 0),
        Case(
            name: "kill to the start", keys: [.text("望京街道"), .left, .left, .killToStart], text: "街道",
            column: 0),
        Case(
            name: "kill to the end", keys: [.text("望京街道"), .home, .right, .killToEnd], text: "望", column: 2),
        Case(name: "kill a word", keys: [.text("莱锦 文创园 "), .killWord], text: "莱锦 ", column: 5),
        Case(name: "line breaks never come in", keys: [.text("甲\n乙")], text: "甲乙", column: 4),
    ])
    func keysGiveTextAndColumn(_ item: Case) {
        var editor = LineEditor()
        for key in item.keys { editor.press(key) }
        #expect(editor.text == item.text)
        #expect(editor.column == item.column)
    }

    @Test func theWindowFollowsTheCursorAndNeverCutsACharacter() {
        var editor = LineEditor(text: String(repeating: "企业a", count: 30))
        for _ in 0..<95 {
            let window = editor.window(columns: 20)
            #expect(CellWidth.of(window.text) < 20)
            #expect((0..<20).contains(window.column))
            editor.press(.left)
        }
        #expect(editor.cursor == 0)
    }

    @Test func keysThatAreNotItsOwnAreLeftToTheCaller() {
        var editor = LineEditor()
        for key in [Key.enter, .up, .down, .escape, .interrupt] {
            let isTaken = editor.press(key)
            #expect(!isTaken)
        }
    }
}
