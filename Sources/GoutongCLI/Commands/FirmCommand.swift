internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

struct FirmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "firm", abstract: "企业：查找、查看、经过 · firms",
        subcommands: [Find.self, Show.self, History.self, Merge.self, Unmerge.self])

    struct Find: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "find", abstract: "按名称或代码查找 · by name or code")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "名称的一部分或代码 · part of a name, or a code") var text: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let firms = try await service.place(common).firms(matching: text)
                for firm in firms {
                    try Console.out(output.json ? firm.json.text() : FirmCommand.line(firm))
                }
                if firms.isEmpty { Console.say(common.text(Bilingual(zh: "没有找到", en: "nothing found"))) }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "show", abstract: "一家企业 · one firm")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "统一社会信用代码或编号 · credit code or id") var firm: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let firm = try await service.place(common).firm(firm)
                try Console.out(output.json ? firm.json.text() : FirmCommand.line(firm))
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "一家企业的经过 · what happened with a firm")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "统一社会信用代码或编号 · credit code or id") var firm: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let (firm, entries) = try await service.place(common).history(of: firm)
                try Console.out(FirmCommand.line(firm))
                for entry in entries {
                    try Console.out(
                        ["on", "kind", "detail", "meeting"].map { entry.text($0) ?? "" }
                            .joined(separator: "  "))
                }
            }
        }
    }
}

extension FirmCommand {
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "merge",
            abstract: "把重复登记的企业并入另一家（可撤销） · count a duplicate as another firm")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "重复的一家 · the duplicate") var duplicate: String
        @Argument(help: "保留的一家 · the firm to keep") var kept: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let place = try await service.place(common)
                try await place.merge(duplicate, into: kept)
                Console.say(common.text(Bilingual(zh: "已合并", en: "merged")))
                await place.settle()
            }
        }
    }

    struct Unmerge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unmerge",
            abstract: "撤销合并 · undo a merge")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "重复的一家 · the duplicate") var duplicate: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let place = try await service.place(common)
                try await place.unmerge(duplicate)
                Console.say(common.text(Bilingual(zh: "已撤销合并", en: "undone")))
                await place.settle()
            }
        }
    }
}

extension FirmCommand {
    fileprivate static func line(_ firm: JSONRow) -> String {
        [
            firm.text("uscc") ?? "(无代码)", firm.text("name") ?? "—",
            (firm.text("district") ?? "") + (firm.text("area_name") ?? ""),
            firm.text("registration_type_name") ?? "—", firm.text("union_status") ?? "—",
            firm.text("last_met") ?? "—", firm.text("id") ?? "",
        ].joined(separator: "  ")
    }
}
