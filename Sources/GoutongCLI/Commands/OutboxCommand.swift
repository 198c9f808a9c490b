internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachClient
internal import PrivateCluster
internal import Reporting

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "发件箱：尚未送达服务的文件 · documents on their way to a service",
        subcommands: [
            List.self, Show.self, SendOutbox.self, ResolveConflict.self, Export.self, Discard.self,
        ])

    static func open() throws -> Outbox { try Outbox(home: try GoutongHome.resolve()) }

    /// An item by its name, or by its meeting's id where that is enough.
    static func name(_ text: String, in outbox: Outbox) throws -> String {
        let names = try outbox.entries().map(\.name)
        let typed = text.lowercased()
        if names.contains(typed) { return typed }
        let found = names.filter { $0.hasPrefix(typed + "@") }
        guard let first = found.first else { throw OutboxError.notFound }
        guard found.count == 1 else {
            throw CommandFailure(
                .usage, code: "outbox.several", pointer: "id",
                rule: Bilingual(zh: "这场沟通会有几个版本在发件箱里", en: "several revisions of this meeting wait"),
                mend: Bilingual(
                    zh: "写明其中一个：" + found.joined(separator: " "),
                    en: "name one: " + found.joined(separator: " ")))
        }
        return first
    }

    static func item(_ name: String, in outbox: Outbox) throws -> OutboxItem {
        guard let item = outbox.item(named: name) else { throw OutboxError.unreadable }
        return item
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "列出发件箱 · what waits")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Flag(help: "列出已送达的回执和已丢弃的 · receipts of what was delivered, and what was discarded")
        var done = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let outbox = try OutboxCommand.open()
                guard !done else { return try listDone(outbox) }
                let entries = try outbox.entries()
                for entry in entries {
                    let line = OutboxLine(entry: entry)
                    try Console.out(output.json ? line.json.text() : line.text(common.language))
                }
                if entries.isEmpty {
                    Console.say(common.text(Bilingual(zh: "发件箱是空的", en: "the outbox is empty")))
                }
            }
        }

        private func listDone(_ outbox: Outbox) throws {
            for receipt in outbox.receipts() {
                try Console.out(
                    output.json
                        ? JSONValue.object([.init("receipt", .string("\(receipt)"))]).text() : "\(receipt)")
            }
            for entry in outbox.discarded() {
                let why = entry.why ?? common.text(Bilingual(zh: "（打不开）", en: "(does not open)"))
                try Console.out(
                    output.json
                        ? JSONValue.object([
                            .init("discarded", .string(entry.name)), .init("why", .string(why)),
                        ]).text()
                        : common.text(Bilingual(zh: "已丢弃", en: "discarded")) + "  \(entry.name)  \(why)")
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "一份文件的经过；有冲突时并列两份回执 · one document; of a conflict, both sides")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "编号 · id, or id@revision") var id: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let outbox = try OutboxCommand.open()
                let name = try OutboxCommand.name(id, in: outbox)
                let item = try OutboxCommand.item(name, in: outbox)
                let line = OutboxLine(entry: Outbox.Entry(name: name, item: item))
                guard !output.json else { return try Console.out(line.json.text()) }
                try Console.out(line.text(common.language))
                for issue in item.refusal?.issues ?? [] {
                    try Console.out(
                        "  \(issue.pointer)：\(common.text(issue.rule)) [\(issue.code)]\n  → \(common.text(issue.mend))"
                    )
                }
                guard let current = item.current else { return }
                try Console.out(ConflictTable(item: item, current: current).text(common.language))
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "导出一份文件以便移交 · write a document to a file")
        @OptionGroup var common: CommonOptions
        @Argument(help: "编号 · id, or id@revision") var id: String
        @Option(help: "写入的新文件 · a new file") var out: String
        @Flag(help: "明文（含个人信息），可用 meeting log --from 登记 · unsealed, with personal data")
        var clear = false

        func run() async throws {
            try await Console.run(language: common.language) {
                let outbox = try OutboxCommand.open()
                let name = try OutboxCommand.name(id, in: outbox)
                let bytes: [UInt8]
                if clear {
                    bytes = Array(try OutboxCommand.item(name, in: outbox).document.text.utf8)
                } else {
                    guard let sealed = outbox.sealedBytes(of: name) else { throw OutboxError.notFound }
                    bytes = sealed
                }
                do throws(OutboxError) {
                    try Outbox.write(bytes, toNewFile: out)
                } catch {
                    throw OutboxCommand.cannotWrite(error)
                }
                Console.say(
                    common.text(
                        clear
                            ? Bilingual(
                                zh: "已写入明文 \(out)（仅本人可读）：含个人信息，用完请删除",
                                en: "written in clear: \(out), readable by you alone; it holds personal data")
                            : Bilingual(
                                zh: "已写入 \(out)（加密，只有本机的 device.key 能打开）",
                                en: "written: \(out), sealed with this device's key (device.key)")))
            }
        }
    }

    /// The file is new on purpose: a document in clear must not fall into a file that others can read.
    private static func cannotWrite(_ error: OutboxError) -> CommandFailure {
        let isFull = error == .cannotWrite(isFull: true)
        return CommandFailure(
            .cannotWrite, code: isFull ? "disk.full" : "file.cannot_write", pointer: "--out",
            rule: isFull
                ? Bilingual(zh: "磁盘已满", en: "the disk is full")
                : Bilingual(zh: "文件已存在或无法写入", en: "the file is there already, or cannot be written"),
            mend: Bilingual(zh: "换一个新文件名，或检查目录权限", en: "name a new file, or check the folder"))
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "discard",
            abstract: "丢弃一份没有送达的文件 · give a document up")
        @OptionGroup var common: CommonOptions
        @Argument(help: "编号 · id, or id@revision") var id: String
        @Option(help: "原因 · reason") var why: String

        func run() async throws {
            try await Console.run(language: common.language) {
                let why = try Arguments.line(why, "--why")
                guard !why.isEmpty else {
                    throw CommandFailure(
                        .usage, code: "why.required", pointer: "--why",
                        rule: Bilingual(zh: "没有写明原因", en: "the reason is missing"),
                        mend: Bilingual(zh: "写明为什么丢弃", en: "say why it is given up"))
                }
                let outbox = try OutboxCommand.open()
                let name = try OutboxCommand.name(id, in: outbox)
                try outbox.discard(name, why: why)
                Console.say(
                    common.text(
                        Bilingual(zh: "已丢弃 \(name)，没有登记", en: "discarded \(name); it is not recorded")))
            }
        }
    }
}
