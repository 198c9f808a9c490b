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
            let answer = try answer(bytes)
            try Console.out(answer.document.text())
            tellUnusedKeys(of: answer)
        }
    }

    /// Notes of whoever made the file, or options that there are not: not refused, and not unseen.
    private func tellUnusedKeys(of answer: StatisticVectors.Answer) {
        guard !answer.unusedKeys.isEmpty else { return }
        // As JSON has them, since a name may hold anything; more than these would help nobody.
        let keys =
            answer.unusedKeys.prefix(20).map { JSONValue.string($0).text() }.joined(separator: " ")
            + (answer.unusedKeys.count > 20 ? " …" : "")
        Console.say(
            CommonOptions.language(lang).of(
                Bilingual(
                    zh: "注意：\(answer.name) 没有用到 in 中的：\(keys)",
                    en: "note: \(answer.name) did not use, of what stands under in: \(keys)")))
    }

    private func answer(_ bytes: [UInt8]) throws(CommandFailure) -> StatisticVectors.Answer {
        do throws(DocumentRefused) {
            return try StatisticVectors.answer(bytes)
        } catch {
            // A solver that is missing is no fault of the file.
            let isUnavailable = error.issues.allSatisfy { $0.code.hasPrefix("solver.") }
            throw CommandFailure(isUnavailable ? .unavailable : .invalid, issues: error.issues)
        }
    }
}
