internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import Reporting

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "周报 · reports", subcommands: [Weekly.self])

    struct Weekly: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "weekly", abstract: "“双沟通”工作周报 · the weekly funnel report")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "周，如 2018-W52 · ISO week") var week: String?
        @Option(help: "以这一天结束的七天 · the seven days that end on this day") var ending: String?
        @Option(help: "只列一个区（6位）或街道乡镇（9位） · list one district or area") var area: String?
        @Option(help: "格式 · \(ReportFormat.allCases.map(\.rawValue).joined(separator: " "))")
        var format: ReportFormat = .text
        @Option(help: "写入文件 · write to a file") var out: String?
        @Option(help: "截至这一时刻已知 · as known at this instant") var asKnownAt: String?
        @Option(help: "CSV 用于 excel 或 data · CSV profile") var csvProfile: CSVWriter.Profile = .excel

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let week = try chosenWeek()
                let bytes = try await service.place(common).weekly(
                    WeeklyOrder(
                        week: week, area: area, asKnownAt: asKnownAt, format: output.json ? .json : format,
                        csvProfile: csvProfile, language: common.language))
                try Arguments.hand(
                    over: bytes, isWorkbook: format == .xlsx && !output.json, to: out, in: common)
            }
        }

        private func chosenWeek() throws -> Week {
            switch (week, ending) {
            case (let name?, nil): return try Arguments.week(name)
            case (nil, let day?): return try Arguments.week(ending: day)
            case (nil, nil): return Week(containing: Workplace.today).previous
            case (_?, _?):
                throw CommandFailure(
                    .usage, code: "week.twice", pointer: "--week",
                    rule: Bilingual(zh: "--week 和 --ending 只能用一个", en: "give --week or --ending, not both"),
                    mend: Bilingual(zh: "去掉一个", en: "leave one out"))
            }
        }
    }
}
