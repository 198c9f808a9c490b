internal import ArgumentParser
internal import Foundation
internal import MeetingForm
internal import Outreach
internal import OutreachStore
internal import Reporting

struct CorrectMeeting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "更正：在终端表单上改，或 --from 文件 · correct a meeting by form or from a file")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var service: ServerOption
    @Argument(help: "沟通会编号；终端上可省略，从最近的里面选 · meeting id; on a terminal it can be picked")
    var id: String?
    @Option(help: "文件，- 为标准输入 · file, - for standard input") var from: String?
    @Flag(help: "不提问；缺什么就报错 · never ask") var noInput = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let id = try id.map(Arguments.meeting)
            if let from {
                guard let id else { throw Self.idMissing }
                try await correct(id, from: from)
            } else {
                guard !noInput, FormRunner.canAsk else { throw FormRunner.cannotAsk }
                let place = try await service.place(common)
                let chosen: MeetingID?
                if let id { chosen = id } else { chosen = try await pick(at: place) }
                guard let chosen else { throw ExitCode(GoutongExit.cancelled.rawValue) }
                let original = try await Self.standing(chosen, at: place, try await place.document(chosen))
                try await FormRunner(
                    place: place, language: common.language, original: original, json: output.json
                ).run()
            }
        }
    }

    private func correct(_ id: MeetingID, from path: String) async throws {
        let bytes = try Arguments.read(path)
        let place = try await service.place(common)
        let submission = try place.submission(from: bytes)
        try check(submission, names: id)
        try await place.record(submission, json: output.json, language: common.language)
    }

    private func check(_ submission: MeetingSubmission, names id: MeetingID) throws {
        guard submission.id == id else {
            throw CommandFailure(
                .usage, code: "id.other", pointer: "/id",
                rule: Bilingual(zh: "文件中的编号与命令不一致", en: "the file's id is not the one named"),
                mend: Bilingual(zh: "核对编号后重试", en: "check the id and try again"))
        }
        guard submission.replaces != nil else {
            throw CommandFailure(
                .invalid, code: "replaces.required", pointer: "/replaces",
                rule: Bilingual(zh: "更正须写明替换哪个版本", en: "a correction names the revision it replaces"),
                mend: Bilingual(
                    zh: "加上 \"replaces\"：现有版本号（见 goutong meeting show）",
                    en: "add \"replaces\" with the current revision (see goutong meeting show)"))
        }
    }

    /// The meeting as it is on record, or why it cannot be corrected.
    static func standing(
        _ id: MeetingID, at place: any AnsweringPlace, _ document: MeetingDocument?
    ) async throws -> MeetingDocument {
        if let document { return document }
        _ = try await place.standing(of: id)
        throw CommandFailure(
            .conflict, code: "meeting.void",
            rule: Bilingual(zh: "这场沟通会已经作废，不能更正", en: "this meeting is void and cannot be corrected"),
            mend: Bilingual(
                zh: "如确实开过，用 goutong meeting log 另行登记",
                en: "if it did take place, log it anew with goutong meeting log"))
    }

    /// One of the latest meetings; nil when the person leaves.
    private func pick(at place: any AnsweringPlace) async throws -> MeetingID? {
        let latest = try await place.meetings(from: nil, to: nil, limit: 200)
        guard !latest.isEmpty else { throw RecordingError.notFound }
        let terminal = try Terminal(style: TerminalStyle(environment: ProcessInfo.processInfo.environment))
        defer { terminal.close() }
        let picker = MeetingPicker(terminal: terminal, language: common.language == .zh ? .zh : .en)
        let chosen = await picker.choose(from: latest.map { MeetingLine(row: $0).summary(common.language) })
        return chosen.flatMap { latest[$0].text("id") }.flatMap { MeetingID($0) }
    }

    private static var idMissing: CommandFailure {
        CommandFailure(
            .usage, code: "id.required", pointer: "id",
            rule: Bilingual(zh: "没有写明沟通会编号", en: "no meeting is named"),
            mend: Bilingual(zh: "用 goutong meeting list 查找编号", en: "find its id with goutong meeting list"))
    }
}
