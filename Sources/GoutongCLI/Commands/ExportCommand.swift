internal import ArgumentParser
internal import Foundation
internal import Funnel
internal import Outreach
internal import OutreachStore
internal import Reporting

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "导出：试点比较、台账 · exports",
        subcommands: [PilotComparisonExport.self, LedgerExportCommand.self])
}

struct LedgerExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "导出全部台账（不含个人信息） · every fact, without persons",
        discussion: OutputFolder.promise)
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Option(help: "目录 · folder") var out: String

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let place = try await service.place(common)
            try await OutputFolder.write(to: out, names: LedgerExport.fileNames) { folder in
                try await place.exportLedger(into: folder)
            }
            Console.say(
                common.text(
                    Bilingual(
                        zh: "已导出 \(LedgerTable.all.count) 张表到 \(out)",
                        en: "\(LedgerTable.all.count) tables written to \(out)")))
        }
    }
}

struct PilotComparisonExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pilot-comparison", abstract: "导出试点比较 · the pilot comparison folder",
        discussion: OutputFolder.promise)
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Option(help: "项目代码 · programme") var programme = "beijing-2018"
    @Option(help: "跟踪期天数 · window in days") var window: Int?
    @Option(help: "internal（完整）或 public · audience") var audience: PilotComparison.Audience = .internal
    @Option(help: "截至这一时刻已知 · as known at this instant") var asKnownAt: String?
    @Option(help: "事实截至这一天 · facts up to this day") var to: String?
    @Option(help: "目录 · folder") var out: String

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            guard audience == .internal else {
                throw CommandFailure(
                    .usage, code: "audience.unavailable", pointer: "--audience",
                    rule: Bilingual(
                        zh: "公开版需要小数抑制，本版本尚未提供",
                        en: "the public folder needs suppression, which this version does not have"),
                    mend: Bilingual(
                        zh: "用 --audience internal，内部使用", en: "use --audience internal, and keep it internal")
                )
            }
            let lastDay = try to.map { try Arguments.pastDay($0, "--to") }
            if let window, !(0...3650).contains(window) { throw Arguments.windowOutOfRange }
            let files = try await service.place(common).pilotComparison(
                PilotOrder(
                    programme: programme, windowDays: window, to: lastDay, asKnownAt: asKnownAt,
                    language: common.language))
            try await OutputFolder.write(to: out, names: PilotFolder.fileNames) { folder in
                for file in files { try folder.write(file.bytes, to: file.name) }
            }
            Console.say(common.text(Bilingual(zh: "已写入 \(out)", en: "written: \(out)")))
        }
    }
}

extension Workplace {
    /// Without a word: today; for the sample, the last day it has anything of.
    var defaultLastDay: Day {
        federation.synthetic ? Day(year: 2018, month: 12, day: 30) ?? Self.today : Self.today
    }
}
