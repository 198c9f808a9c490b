internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import Reporting

struct LogMeeting: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "登记沟通会：终端表单，或 --from 文件 · log a meeting by form or from a file")
    @OptionGroup var common: CommonOptions
    @OptionGroup var output: JSONOption
    @OptionGroup var service: ServerOption
    @Option(help: "enterprise 企业沟通会 或 worker 职工沟通会 · kind") var kind: MeetingKind?
    @Option(help: "文件，- 为标准输入 · file, - for standard input") var from: String?
    @Flag(help: "不提问；缺什么就报错 · never ask") var noInput = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            if let from {
                // Read first: a wrong path needs no database.
                let bytes = try Arguments.read(from)
                let place = try await service.place(common)
                try await place.record(
                    try place.submission(from: bytes), json: output.json, language: common.language)
            } else {
                guard !noInput, FormRunner.canAsk else { throw FormRunner.cannotAsk }
                try await FormRunner(
                    place: try await service.place(common), language: common.language, kind: kind,
                    json: output.json
                ).run()
            }
        }
    }
}
