internal import ArgumentParser
internal import Foundation
internal import MeetingForm
internal import Outreach
internal import Reporting

/// `goutong` alone: on a terminal a menu of the three jobs, else the help.
struct MenuCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "menu", shouldDisplay: false)
    @OptionGroup var common: CommonOptions

    func run() async throws {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            try Console.out(Goutong.helpMessage())
            return
        }
        try await Console.run(language: common.language) {
            let (job, language) = try await choose()
            var arguments = ["--lang", language == .zh ? "zh" : "en"]
            if let federation = common.federation { arguments += ["--federation", federation] }
            switch job {
            case .logMeeting:
                try await run(["meeting", "log"] + arguments)
            case .correctMeeting:
                try await run(["meeting", "correct"] + arguments)
            case .weeklyReport:
                try await run(["report", "weekly"] + arguments)
            case .pilotComparison:
                try await run(["export", "pilot-comparison", "--out", "pilot-comparison"] + arguments)
            case .quit: return
            }
        }
    }

    /// The terminal is given back before the job begins.
    private func choose() async throws -> (job: MainMenu.Job, language: FormLanguage) {
        let terminal = try Terminal(style: TerminalStyle(environment: ProcessInfo.processInfo.environment))
        defer { terminal.close() }
        return await MainMenu(terminal: terminal, language: common.language == .zh ? .zh : .en).choose()
    }

    private func run(_ arguments: [String]) async throws {
        var command = try Goutong.parseAsRoot(arguments)
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            try command.run()
        }
    }
}
