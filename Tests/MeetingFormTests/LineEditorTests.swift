import MeetingForm
import Testing

@Suite struct LineEditorTests {
    @Test func cursorColumnCountsCells() {
        var editor = LineEditor()
        editor.press(.text("八里庄a"))
        #expect(editor.column == 7)
    }
}
