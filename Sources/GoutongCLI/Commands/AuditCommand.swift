internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import PostgresClient
internal import Reporting
internal import Vault

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "留痕：查看、导出、校验值、核对 · the audit",
        subcommands: [List.self, Export.self, Head.self, Verify.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "谁在何时做了什么，从最近的开始 · who did what and when, from the latest on")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @OptionGroup var chosen: AuditOptions
        @Option(help: "最多几条 · at most") var limit = 100

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                _ = try chosen.filter()
                let limit = try Arguments.count(limit, "--limit", in: 1...100_000)
                let found = try await service.place(common).audit(chosen, limit: limit)
                for listing in found {
                    try Console.out(output.json ? listing.json.text() : AuditCommand.line(listing))
                }
                if found.isEmpty { Console.say(common.text(Bilingual(zh: "没有找到", en: "nothing found"))) }
            }
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "导出留痕和校验值 · the audit with the head that it ends on",
            discussion: "文件整体写成，写不成则原样不动。 The file is written whole or left as it was.")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @OptionGroup var chosen: AuditOptions
        @Option(help: "csv 或 jsonl · format") var format = AuditExport.Format.jsonl.rawValue
        @Option(help: "文件 · file") var out: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                _ = try chosen.filter()
                let format = try Arguments.choice(format, "--format", of: AuditExport.Format.self)
                let place = try await service.place(common)
                let file = try PartFile(for: out)
                let count = try await place.exportAudit(chosen, as: format) { try file.append($0) }
                try file.place()
                Console.say(
                    common.text(
                        Bilingual(zh: "已导出 \(count) 条到 \(out)", en: "\(count) entries written to \(out)")))
            }
        }
    }

    struct Head: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "head",
            abstract: "当前校验值，可抄在纸上 · the head of the chain, to be kept on paper")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption

        func run() async throws {
            try await Console.run(language: common.language) {
                guard let head = try await service.place(common).auditHead() else {
                    throw CommandFailure(
                        .notFound, code: "audit.empty",
                        rule: Bilingual(zh: "还没有留痕", en: "there is no audit yet"),
                        mend: Bilingual(zh: "登记之后再看", en: "look again when something was recorded"))
                }
                try Console.out(head)
            }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "核对留痕链，可与抄下的校验值比较 · check the chain, against heads that were kept")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "抄下的校验值，如 12:ABCDE-… · a head that was written down") var head: [String] = []
        @Option(help: "含校验值的文件（导出、周报） · a file that holds heads") var headFrom: String?

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let heads = try self.heads()
                let place = try await service.local(common)
                try await place.seal()
                let report = try await AuditVerifier(
                    federation: place.federation, keys: [place.vault.auditKey]
                ).verify(heads: heads, on: place.connection)
                guard report.findings.isEmpty else {
                    throw CommandFailure(.failure, issues: report.issues)
                }
                try Console.out(
                    "\(report.links)\t\(report.waiting)\t\(report.head?.text ?? "-")")
                Console.say(common.text(Bilingual(zh: "核对无误", en: "everything is in place")))
            }
        }

        private func heads() throws -> [AuditHead] {
            var heads = try head.map { text in
                guard let head = AuditHead(text) else {
                    throw CommandFailure(
                        .usage, code: "audit.head_form", pointer: "--head",
                        rule: Bilingual(zh: "校验值抄写有误", en: "the head was not copied right"),
                        mend: Bilingual(
                            zh: "照原样填写，如 12:ABCDE-…（最后两位用于查错）",
                            en: "copy it as it is, like 12:ABCDE-… (the last two letters check the rest)"))
                }
                return head
            }
            guard let headFrom else { return heads }
            let found = AuditHead.all(in: String(decoding: try Arguments.read(headFrom), as: UTF8.self))
            guard !found.isEmpty else {
                throw CommandFailure(
                    .invalid, code: "audit.no_head", pointer: "--head-from",
                    rule: Bilingual(zh: "文件中没有校验值", en: "the file holds no head"),
                    mend: Bilingual(
                        zh: "用 goutong audit export 的文件", en: "use a file of goutong audit export"))
            }
            heads += found
            return heads
        }
    }
}

/// Which entries.
struct AuditOptions: ParsableArguments {
    @Option(help: "起始日期或时刻 · from this day or instant") var from: String?
    @Option(help: "截止日期（含）或时刻 · up to this day, included, or instant") var to: String?
    @Option(help: "谁：登录名或 operator:用户 · who") var actor: String?
    @Option(help: "做了什么，如 person.look 或 person · what") var action: String?
    @Option(help: "对象：编号、种类或 种类:编号 · on what") var object: String?

    func filter() throws -> AuditFilter {
        var filter = AuditFilter()
        filter.from = try from.map { text in
            try OfficeTime.moment(text) ?? OfficeTime.beginning(of: try Arguments.day(text, "--from"))
        }
        filter.until = try to.map { text in
            try OfficeTime.moment(text)
                ?? OfficeTime.beginning(of: try Arguments.day(text, "--to").adding(days: 1))
        }
        filter.actor = actor
        filter.action = action
        filter.object = object
        return filter
    }
}

extension Workplace {
    /// Chains what was done, as far as nobody else does.
    func seal() async throws {
        _ = try await AuditSealer(federation: federation, key: vault.auditKey, connection: connection)
            .sealOnce()
    }
}

extension AuditReport {
    /// Everything that was found, and how much more there is.
    var issues: [DocumentIssue] {
        let named = findings.map(\.issue)
        guard unnamed > 0 else { return named }
        return named + [
            DocumentIssue(
                code: "audit.more", pointer: "/audit",
                rule: Bilingual(zh: "另有 \(unnamed) 处", en: "and \(unnamed) more"),
                mend: Bilingual(zh: "先查明以上各处", en: "look into these first"))
        ]
    }
}

extension AuditCommand {
    fileprivate static func line(_ entry: JSONRow) -> String {
        let object = ["object_kind", "object_id"].compactMap { entry.text($0) }.joined(separator: ":")
        return [
            entry.number("position").map(String.init) ?? "-", entry.text("at") ?? "-",
            entry.text("actor") ?? "-", entry.text("action") ?? "-", object.isEmpty ? "-" : object,
            entry.text("result") ?? "-", entry.text("reason") ?? "",
        ].joined(separator: "\t")
    }
}
