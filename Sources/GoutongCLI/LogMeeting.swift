internal import ArgumentParser
internal import Foundation
internal import MeetingForm
internal import Outreach
internal import OutreachStore
internal import Reporting

struct LogMeeting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "登记沟通会：终端表单，或 --from 文件 · log a meeting by form or from a file")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @Option(help: "enterprise 企业沟通会 或 worker 职工沟通会 · kind") var kind: MeetingKind?
    @Option(help: "文件，- 为标准输入 · file, - for standard input") var from: String?
    @Flag(help: "不提问；缺什么就报错 · never ask") var noInput = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            if let from {
                // Read first: a wrong path needs no database.
                let bytes = try Arguments.read(from)
                let place = try await Workplace.open(federation: common.federation)
                try await place.record(
                    try place.submission(from: bytes), json: output.json, language: common.language)
            } else {
                guard !noInput, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
                    throw CommandFailure(
                        .usage, code: "from.required", pointer: "--from",
                        rule: Bilingual(zh: "不在终端上，不能提问", en: "not on a terminal, so nothing can be asked"),
                        mend: Bilingual(
                            zh: "用 --from 文件 或 --from - 提交",
                            en: "send a document with --from FILE or --from -"))
                }
                let place = try await Workplace.open(federation: common.federation)
                try await FormRunner(place: place, language: common.language, kind: kind, json: output.json)
                    .run()
            }
        }
    }
}

/// Runs the form until its meeting is recorded or its draft kept.
struct FormRunner {
    let place: Workplace
    let language: Language
    let kind: MeetingKind?
    let json: Bool

    func run() async throws {
        let terminal = try Terminal(style: TerminalStyle(environment: ProcessInfo.processInfo.environment))
        defer { terminal.close() }
        let drafts = try SealedDraft(vault: place.vault, federation: place.federation.code)
        let options = MeetingFormOptions(
            language: language == .zh ? .zh : .en, kind: kind, notice: "2018-1",
            today: { Workplace.today }, mintID: { MeetingID.minted().uuid },
            check: MeetingFormOptions.rules(areas: place.areas) { Workplace.today })
        let form = MeetingForm(
            terminal: terminal, directory: LedgerDirectory(place: place), drafts: drafts,
            options: options)
        var issues: [DocumentIssue] = []
        while case .completed(let document) = try await form.run(showing: issues) {
            do {
                _ = try await place.record(.record(document), json: json, language: language)
                try await drafts.discard()
                return
            } catch RecordingError.refused(let refused) {
                issues = refused.issues
            }
        }
        throw ExitCode(GoutongExit.cancelled.rawValue)
    }
}
