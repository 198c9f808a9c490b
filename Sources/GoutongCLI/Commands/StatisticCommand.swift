internal import ArgumentParser
internal import Foundation
internal import Funnel
internal import Outreach
internal import Reporting

/// `goutong statistic`: answers a file of test vectors, so that an analyst can check any figure's arithmetic.
struct StatisticCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statistic",
        abstract: "核对统计算法：标准输入读 JSON，原样加上 out 输出 · check any statistic: JSON in, the same with out",
        discussion: """
            文件为 { "name": …, "cases": [ { "id": …, "in": { … } } ] }；输出为同一文件，每例的 out 由本程序算出。\
            数字不舍入，null 为无定义，"inf" 和 "-inf" 为无穷大。不读数据库。
            A file names a statistic and has cases, each with what is given under in; the answer is the same \
            file with out in every case. Numbers are not rounded; null is undefined. No database is read.

            name: \(StatisticVectors.names.joined(separator: " "))
            """)
    @OptionGroup var output: JSONOption
    @Option(help: "输出语言 zh 或 en · language of the errors") var lang: Language?
    @Option(help: "文件，- 为标准输入 · file, - for standard input") var from = "-"

    func run() async throws {
        try await Console.run(language: CommonOptions.language(lang), json: output.json) {
            let bytes = try Arguments.read(from)
            try Console.out(try answered(bytes).text())
        }
    }

    private func answered(_ bytes: [UInt8]) throws(CommandFailure) -> JSONValue {
        do throws(DocumentRefused) {
            return try StatisticVectors.answered(bytes)
        } catch {
            // A solver that is missing is no fault of the file.
            let isUnavailable = error.issues.allSatisfy { $0.code.hasPrefix("solver.") }
            throw CommandFailure(isUnavailable ? .unavailable : .invalid, issues: error.issues)
        }
    }
}
