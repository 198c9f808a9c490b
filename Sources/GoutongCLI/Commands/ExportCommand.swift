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
    @Option(
        help: ArgumentHelp(
            "读者手中的上一个公开版目录 · an earlier public folder",
            discussion: "变化不足五的数沿用其中的旧数 · numbers that changed by less than five keep its values"))
    var previous: String?
    @Option(
        help: ArgumentHelp(
            "申报的加入前数字，CSV · figures declared from before",
            discussion: "列 columns: \(DeclaredFigure.columns.joined(separator: ","))；outcome: "
                + DeclaredOutcome.allCases.map(\.rawValue).joined(separator: ", ")))
    var declared: String?
    @Option(help: "目录 · folder") var out: String

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            guard previous == nil || audience == .public else { throw Self.previousOfInternal }
            let lastDay = try to.map { try Arguments.pastDay($0, "--to") }
            if let window, !(0...3650).contains(window) { throw Arguments.windowOutOfRange }
            let files = try await service.place(common).pilotComparison(
                PilotOrder(
                    programme: programme, windowDays: window, to: lastDay, asKnownAt: asKnownAt,
                    language: common.language, audience: audience,
                    previous: try previous.map(Self.earlier), declared: try declared.map(Self.figures) ?? []))
            try await OutputFolder.write(to: out, names: PilotFolder.fileNames) { folder in
                for file in files { try folder.write(file.bytes, to: file.name) }
            }
            Console.say(common.text(Bilingual(zh: "已写入 \(out)", en: "written: \(out)")))
        }
    }

    private static func earlier(_ folder: String) throws -> EarlierPublication {
        var files: [String: [UInt8]] = [:]
        for name in EarlierPublication.fileNames { files[name] = try Arguments.read(folder + "/" + name) }
        guard let earlier = EarlierPublication(files: files) else {
            throw CommandFailure(
                .invalid, code: "folder.unreadable", pointer: "--previous",
                rule: Bilingual(zh: "不是试点比较的公开版目录", en: "not a public folder of a pilot comparison"),
                mend: Bilingual(
                    zh: "指向 --audience public 写出的目录", en: "name a folder that --audience public wrote"))
        }
        return earlier
    }

    private static func figures(_ path: String) throws -> [DeclaredFigure] {
        guard let figures = DeclaredFigure.figures(csv: try Arguments.read(path)) else {
            throw CommandFailure(
                .invalid, code: "declared.form", pointer: "--declared",
                rule: Bilingual(
                    zh: "申报数字的列或值不合要求",
                    en: "the declared figures' columns or values are not as they should be"),
                mend: Bilingual(
                    zh: "列名为 \(DeclaredFigure.columns.joined(separator: ","))",
                    en: "columns: \(DeclaredFigure.columns.joined(separator: ","))"))
        }
        return figures
    }

    private static var previousOfInternal: CommandFailure {
        CommandFailure(
            .usage, code: "previous.audience", pointer: "--previous",
            rule: Bilingual(zh: "--previous 只用于公开版", en: "--previous is for the public folder"),
            mend: Bilingual(
                zh: "加 --audience public，或去掉 --previous", en: "add --audience public, or leave it out"))
    }
}

extension Workplace {
    /// Without a word: today; for the sample, the last day it has anything of.
    var defaultLastDay: Day {
        federation.synthetic ? Day(year: 2018, month: 12, day: 30) ?? Self.today : Self.today
    }
}
