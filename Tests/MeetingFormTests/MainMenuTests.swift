import MeetingForm
import Testing

@Suite struct MainMenuTests {
    @Test(arguments: [
        ("1", MainMenu.Job.logMeeting), ("打印周报", .weeklyReport), ("3", .pilotComparison),
        ("4", .correctMeeting), ("更正已登记的沟通会", .correctMeeting), ("6", .quit),
        ("q", .quit),
    ])
    func choosesAJob(typed: String, job: MainMenu.Job) async {
        let choice = await MainMenu(terminal: FakeTerminal(answers([typed]))).choose()
        #expect(choice.job == job)
        #expect(choice.language == .zh)
    }

    @Test func opensInChineseAndTurnsToEnglish() async {
        let terminal = FakeTerminal(answers(["5", "2"]))
        let choice = await MainMenu(terminal: terminal).choose()
        #expect(choice.job == .weeklyReport)
        #expect(choice.language == .en)
        #expect(terminal.output.contains("记录沟通会"))
        #expect(terminal.output.contains("Log a meeting"))
    }

    @Test(arguments: [[Key.interrupt], [.escape], []])
    func leavingIsQuitting(keys: [Key]) async {
        let choice = await MainMenu(terminal: FakeTerminal(keys, isPlain: false)).choose()
        #expect(choice.job == .quit)
    }

    @Test func arrowsChoose() async {
        let terminal = FakeTerminal([.down, .down, .enter], isPlain: false)
        #expect(await MainMenu(terminal: terminal).choose().job == .weeklyReport)
    }
}
