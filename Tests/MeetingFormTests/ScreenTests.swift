import TerminalCells
import MeetingForm
import Outreach
import Testing

@Suite struct ScreenTests {
    /// A line that reaches the last column wraps on some terminals, and the frame above it is lost.
    @Test(arguments: [24, 40, 80, 200])
    func noLineReachesTheLastColumn(columns: Int) async throws {
        for script in [Script.enterprise, Script.worker] {
            var run = FormRun()
            run.isPlain = false
            run.columns = columns
            let (outcome, screen, _) = try await run(answers(script))
            guard case .completed = outcome else {
                Issue.record("not completed")
                continue
            }
            for line in screen.split(whereSeparator: \.isNewline).map(withoutControls) {
                #expect(CellWidth.of(line) < columns, "\(line)")
            }
        }
    }

    @Test func plainScreensHoldNoControlSequences() async throws {
        let (_, screen, _) = try await FormRun()(answers(Script.enterprise))
        #expect(!screen.contains("\u{1B}"))
    }

    /// Keys are followed on a redrawn screen: arrows and a digit choose from a list, Esc goes back.
    @Test func arrowsDigitsAndEscape() async throws {
        var run = FormRun()
        run.isPlain = false
        let keys: [Key] =
            [.down, .enter, .enter]  // 企业沟通会 by arrow, today
            + [.text("八里庄"), .enter, .text("2"), .enter]  // two of one name: a digit marks, Enter takes
            + [.escape, .text("blz"), .down, .enter]  // back, and the first after all
            + [.up, .enter]  // 其他, from below
            + answers(["", "", "", "", "", "", "", "y"])
        let document = try await run.document(keys)
        #expect(document.kind == .enterprise)
        #expect(document.area.text == "110105021")
        #expect(document.venue.kind == .other)
    }

    private func withoutControls(_ text: Substring) -> String {
        String(text).replacing(#/\x1B\[[0-9;?]*[A-Za-z]/#, with: "")
    }
}
