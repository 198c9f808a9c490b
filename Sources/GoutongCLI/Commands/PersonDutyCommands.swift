internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

extension PersonCommand {
    struct WithdrawConsent: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw-consent",
            abstract: "撤回同意：停止处理，未入会的申请转为撤回 · consent taken back; processing stops")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "日期，默认今天 · day") var on: String?

        func run() async throws {
            try await Console.run(language: common.language) {
                let id = try Arguments.applicant(id)
                let day = try Arguments.dayOrToday(on, "--on")
                let state = try await service.place(common).withdrawConsent(of: id, on: day)
                Console.say(common.text(Bilingual(zh: "已登记撤回同意", en: "recorded")) + "：\(state)")
            }
        }
    }

    struct HandOver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "hand-over",
            abstract: "经本人单独同意提供给单位工会或发卡银行 · by the person's separate consent only")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "employer-union 单位工会 或 card-bank 发卡银行 · recipient") var to: String
        @Option(help: "接收方名称 · name of the recipient") var recipient: String
        @Option(help: "原因 · reason") var why: String
        @Option(help: "写入文件；默认标准输出 · file") var out: String?

        func run() async throws {
            try await Console.run(language: common.language) {
                let id = try Arguments.applicant(id)
                let kind = try Arguments.choice(to, "--to", of: PersonHandOver.Recipient.self)
                let given = try await service.place(common).handOver(
                    id, to: kind, named: recipient, why: why)
                if let out {
                    try PersonCommand.writePrivately(given.text() + "\n", to: out)
                } else {
                    try Console.out(given.text())
                }
                Console.say(
                    common.text(
                        Bilingual(zh: "已登记提供记录，至少保存三年", en: "on record, for three years at least")))
            }
        }
    }

    struct Retention: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retention",
            abstract: "清除长期未入会申请人的信息，保留计数 · purge applicants who never became members")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "如 12months · kept so long") var olderThan = "12months"
        @Flag(help: "只报告会清除多少 · only say how many") var dryRun = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let months = try Self.months(olderThan)
                let place = try await service.local(common)
                let outcome = try await RetentionRun(federation: place.federation, months: months).run(
                    today: Workplace.today, dryRun: dryRun, on: place.connection)
                guard output.json else {
                    let number = outcome.erased
                    let day = outcome.before.iso
                    return Console.say(
                        common.text(
                            dryRun
                                ? Bilingual(
                                    zh: "\(day) 以前申请且从未核实的 \(number) 人将被清除（未执行）",
                                    en:
                                        "\(number) applicants of before \(day) would be erased; nothing was done"
                                )
                                : Bilingual(
                                    zh: "已清除 \(day) 以前申请且从未核实的 \(number) 人，计数不变",
                                    en: "\(number) applicants of before \(day) erased; counts stay")))
                }
                try Console.out(
                    JSONValue.object([
                        .init("before", .string(outcome.before.iso)),
                        .init("erased", .integer(outcome.erased)), .init("dry_run", .bool(dryRun)),
                    ]).text())
            }
        }

        private static func months(_ text: String) throws -> Int {
            let digits = text.prefix { $0.isASCII && $0.isNumber }
            let unit = text.dropFirst(digits.count)
            guard let number = Int(digits), ["months", "month", "years", "year"].contains(unit),
                case let months = unit.hasPrefix("year") ? number * 12 : number, (1...1200).contains(months)
            else {
                throw CommandFailure(
                    .usage, code: "duration.form", pointer: "--older-than",
                    rule: Bilingual(zh: "不是有效的时长", en: "not a length of time"),
                    mend: Bilingual(zh: "写成 12months 或 2years", en: "write it as 12months or 2years"))
            }
            return months
        }
    }
}

/// The register of what persons ask for.
struct PersonRequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "本人请求登记簿 · the register of requests",
        subcommands: [Add.self, List.self, Answer.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "登记请求 · enter a request")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "access copy correct erase withdraw_consent explain") var kind: String
        @Option(help: "提出日期，默认今天 · day") var on: String?
        @Option(help: "几天内答复 · days to answer") var dueIn = PersonRequest.daysToAnswer

        func run() async throws {
            try await Console.run(language: common.language) {
                let id = try Arguments.applicant(id)
                let kind = try Arguments.choice(kind, "--kind", of: PersonRequest.Kind.self)
                let day = try Arguments.dayOrToday(on, "--on")
                let days = try Arguments.count(dueIn, "--due-in", in: 0...365)
                let request = try await service.place(common).ask(kind, of: id, on: day, dueIn: days)
                let due = try request.required { $0.text("due_on") }
                Console.say(
                    common.text(Bilingual(zh: "已登记，\(due) 前答复", en: "recorded; due on \(due)")))
                try Console.out(try request.required { $0.text("id") })
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "请求一览，先到期的在前 · those due first on top")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Flag(help: "只看未答复的 · unanswered only") var open = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                for request in try await service.place(common).requests(openOnly: open) {
                    let late = request.flag("overdue")
                    let words = [
                        request.text("due_on"), request.text("kind"), request.text("applicant"),
                        request.text("outcome"),
                        late ? common.text(Bilingual(zh: "! 逾期", en: "! overdue")) : nil, request.text("id"),
                    ]
                    try Console.out(
                        output.json
                            ? request.json.text()
                            : words.compactMap(\.self).joined(separator: "  "))
                }
            }
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "answer", abstract: "登记答复 · what came of it")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @Argument(help: "请求编号 · request id") var id: String
        @Option(help: "结果，拒绝时写明理由 · outcome, with the reason where refused") var outcome: String
        @Option(help: "日期，默认今天 · day") var on: String?

        func run() async throws {
            try await Console.run(language: common.language) {
                guard let id = PersonRequestID(id) else {
                    throw CommandFailure(
                        .usage, code: "id.form", pointer: "id",
                        rule: Bilingual(zh: "不是有效编号", en: "not an id"),
                        mend: Bilingual(
                            zh: "用 goutong person request list 查找", en: "see goutong person request list"))
                }
                let day = try Arguments.dayOrToday(on, "--on")
                try await service.place(common).answer(id, outcome: outcome, on: day)
                Console.say(common.text(Bilingual(zh: "已登记答复", en: "recorded")))
            }
        }
    }
}
