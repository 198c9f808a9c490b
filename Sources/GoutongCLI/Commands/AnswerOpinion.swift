internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

/// `goutong opinion answer`: a correction of the meeting that changes nothing else of it.
struct AnswerOpinion: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer",
        abstract: "登记一条意见的答复，作为沟通会的一次更正 · record the answer, as a correction of the meeting")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Option(help: "沟通会编号 · meeting id") var meeting: String
    @Option(help: "第几条意见，见 opinion list · which of its opinions, as listed") var number: Int
    @Option(help: "答复日期，默认今天 · day of the answer, today unless given") var on: String?
    @Option(help: "答复内容 · what was answered") var text: String?
    @Option(help: "从文件读答复内容，- 为标准输入 · a file with it, - for standard input") var from: String?
    @Option(help: "所见的版本号；已有新版本时不登记 · revision seen: nothing is recorded if there is a later one")
    var revision: Int?
    @Flag(help: "替换已登记的答复 · in the place of an answer on record") var replace = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let id = try Arguments.meeting(meeting)
            let index = try Arguments.count(number, "--number", in: 1...1000) - 1
            let answer = OpinionAnswer(
                on: try on.map { try Arguments.pastDay($0, "--on") } ?? Workplace.today, text: try words())
            let place = try await service.place(common)
            var document = try await CorrectMeeting.standing(
                id, at: place, try await place.documentWithoutPersons(id))
            if let revision, revision != document.replaces {
                throw Self.otherRevision(document.replaces ?? 0)
            }
            guard document.opinions.indices.contains(index) else {
                throw Self.noSuchOpinion(of: document.opinions.count)
            }
            let before = document.opinions[index].answer
            document.opinions[index].answer = answer
            // The words pass the gate that every document passes.
            let submission = try place.submission(
                from: Array(MeetingSubmission.record(document).json.text().utf8))
            if let before {
                // Answered twice in the same words is the same answer again.
                guard case .record(let sent) = submission, sent.opinions[index].answer != before else {
                    return try ReceiptLine(
                        receipt: try await place.standing(of: id).receipt, outcome: .replayed
                    ).print(json: output.json, language: common.language)
                }
                guard replace else { throw Self.answeredAlready }
            }
            try await place.record(submission, json: output.json, language: common.language)
        }
    }

    /// nil where none are given: that it was answered is enough.
    private func words() throws -> String? {
        guard let from else { return text }
        guard text == nil else {
            throw CommandFailure(
                .usage, code: "text.twice", pointer: "--text",
                rule: Bilingual(zh: "--text 和 --from 只能用一个", en: "give --text or --from, not both"),
                mend: Bilingual(zh: "去掉一个", en: "leave one out"))
        }
        guard let read = String(validating: try Arguments.read(from), as: UTF8.self) else {
            throw CommandFailure(
                .invalid, code: "text.encoding", pointer: "--from",
                rule: Bilingual(zh: "文件不是 UTF-8 文字", en: "the file is not text in UTF-8"),
                mend: Bilingual(zh: "用 UTF-8 另存", en: "save it in UTF-8"))
        }
        return read
    }

    private static func otherRevision(_ current: Int) -> CommandFailure {
        CommandFailure(
            .conflict, code: "meeting.not_current", pointer: "--revision",
            rule: Bilingual(
                zh: "这场沟通会现为第 \(current) 版，意见的次序可能已变",
                en: "the meeting is at revision \(current) now, and its opinions may stand in another order"),
            mend: Bilingual(
                zh: "用 goutong opinion list 重新核对编号", en: "look the number up again with goutong opinion list")
        )
    }

    private static func noSuchOpinion(of count: Int) -> CommandFailure {
        CommandFailure(
            .invalid, code: "opinion.unknown", pointer: "--number",
            rule: Bilingual(zh: "这场沟通会登记了 \(count) 条意见", en: "the meeting has \(count) opinions on record"),
            mend: Bilingual(
                zh: "用 goutong opinion list 核对是第几条", en: "look the number up with goutong opinion list"))
    }

    private static var answeredAlready: CommandFailure {
        CommandFailure(
            .conflict, code: "opinion.answered", pointer: "--number",
            rule: Bilingual(zh: "这条意见已登记了另一答复", en: "another answer to this opinion is on record"),
            mend: Bilingual(
                zh: "用 goutong opinion list 查看；确需改写时加 --replace",
                en: "see it with goutong opinion list; to change it, add --replace"))
    }
}
