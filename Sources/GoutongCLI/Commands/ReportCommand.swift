internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import Reporting

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "周报：查看、报送、签发、变动、出处 · reports",
        subcommands: [
            Weekly.self, SubmitReport.self, MissingReports.self, IssueReport.self, ReissueReport.self,
            IssuedEditions.self, ReportChangesCommand.self, ExplainFigure.self,
        ])

    struct Weekly: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "weekly", abstract: "“双沟通”工作周报 · the weekly funnel report")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @OptionGroup var chosen: WeekOption
        @Option(help: "只列一个区（6位）或街道乡镇（9位） · list one district or area") var area: String?
        @Option(help: "格式 · \(ReportFormat.allCases.map(\.rawValue).joined(separator: " "))")
        var format: ReportFormat = .text
        @Option(help: "写入文件 · write to a file") var out: String?
        @Option(help: "截至这一时刻已知 · as known at this instant") var asKnownAt: String?
        @Option(help: "CSV 用于 excel 或 data · CSV profile") var csvProfile: CSVWriter.Profile = .excel
        @Flag(help: "附各单位名次范围 · with the rank interval of each unit") var ranks = false
        @Option(help: "原样重印已签发的第几版 · an issued edition again, byte for byte") var edition: Int?

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let week = try chosen.chosen()
                if let edition { return try await reprint(week, edition) }
                let bytes = try await service.place(common).weekly(
                    WeeklyOrder(
                        week: week, area: area, asKnownAt: asKnownAt, format: output.json ? .json : format,
                        csvProfile: csvProfile, language: common.language, showsRanks: ranks))
                try Arguments.hand(
                    over: bytes, isWorkbook: format == .xlsx && !output.json, to: out, in: common)
            }
        }

        /// As it was issued: nothing of it can be chosen any more but the format and the language.
        private func reprint(_ week: Week, _ edition: Int) async throws {
            let fixed = [
                area.map { _ in "--area" }, asKnownAt.map { _ in "--as-known-at" },
                csvProfile == .excel ? nil : "--csv-profile", ranks ? "--ranks" : nil,
            ].compactMap(\.self)
            if let option = fixed.first {
                throw CommandFailure(
                    .usage, code: "edition.fixed", pointer: option,
                    rule: Bilingual(
                        zh: "已签发的周报只能原样重印",
                        en: "an issued report is printed again as it was, and in no other way"),
                    mend: Bilingual(zh: "去掉 \(option)，或去掉 --edition", en: "leave out \(option), or --edition")
                )
            }
            let format = output.json ? .json : format
            let bytes = try await service.local(common).reprint(
                week, edition: edition, format: format, language: common.language)
            try Arguments.hand(over: bytes, isWorkbook: format == .xlsx, to: out, in: common)
        }
    }
}
