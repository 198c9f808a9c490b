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
                try service.refuse()
                let place = try await Workplace.open(federation: common.federation)
                let firms = try await FirmSearch(federation: place.federation).firms(
                    matching: text, on: place.connection)
                for firm in firms { try Console.out(output.json ? firm.json.text() : firm.line) }
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
                try service.refuse()
                let place = try await Workplace.open(federation: common.federation)
                let firm = try await place.firm(firm)
                try Console.out(output.json ? firm.json.text() : firm.line)
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "一家企业的经过 · what happened with a firm")
        @OptionGroup var common: CommonOptions
        @Argument(help: "统一社会信用代码或编号 · credit code or id") var firm: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let place = try await Workplace.open(federation: common.federation)
                let firm = try await place.firm(firm)
                try Console.out(firm.line)
                for entry in try await FirmSearch(federation: place.federation).history(
                    of: firm.id, on: place.connection)
                {
                    try Console.out(
                        [entry.day.iso, entry.kind, entry.detail ?? "", entry.meeting?.description ?? ""]
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
        @Argument(help: "重复的一家 · the duplicate") var duplicate: String
        @Argument(help: "保留的一家 · the firm to keep") var kept: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let place = try await Workplace.open(federation: common.federation)
                let duplicate = try await place.firm(duplicate)
                let kept = try await place.firm(kept)
                try await place.facts.merge(duplicate.id, into: kept.id, on: place.connection)
                Console.say(common.text(Bilingual(zh: "已合并", en: "merged")))
                try? await place.drain()
            }
        }
    }

    struct Unmerge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unmerge",
            abstract: "撤销合并 · undo a merge")
        @OptionGroup var common: CommonOptions
        @Argument(help: "重复的一家 · the duplicate") var duplicate: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let place = try await Workplace.open(federation: common.federation)
                let duplicate = try await place.firm(duplicate)
                try await place.facts.unmerge(duplicate.id, on: place.connection)
                Console.say(common.text(Bilingual(zh: "已撤销合并", en: "undone")))
                try? await place.drain()
            }
        }
    }
}

extension Workplace {
    func firm(_ text: String) async throws -> FirmListing {
        let reference = try Arguments.firm(text)
        guard
            let firm = try await FirmSearch(federation: federation).firm(reference, on: connection)
        else {
            throw CommandFailure(
                .notFound, code: "firm.unknown", pointer: "firm",
                rule: Bilingual(zh: "台账中没有这家企业", en: "no such firm in the ledger"),
                mend: Bilingual(zh: "用 goutong firm find 按名称查找", en: "look it up with goutong firm find"))
        }
        return firm
    }
}

extension FirmListing {
    var line: String {
        [
            uscc ?? "(无代码)", name ?? "—", districtName + areaName, unionStatus?.rawValue ?? "—",
            lastMet?.iso ?? "—", "\(id)",
        ].joined(separator: "  ")
    }
}
