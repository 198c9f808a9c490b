internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

struct ApplicationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "application", abstract: "入会申请：查看、审核 · applications and their review",
        subcommands: [
            List.self, History.self, Review.self, Verify.self, Admit.self, Reject.self, Withdraw.self,
            Duplicate.self, Undo.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "申请名单（脱敏） · the list, masked")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "区（6位）或街道（9位）代码 · district or area") var area: String?
        @Option(help: "状态 · submitted under_review verified admitted rejected withdrawn duplicate")
        var state: String?
        @Option(help: "沟通会编号 · meeting") var meeting: String?
        @Option(help: "至少等了几天的 · open and waiting so many days") var waiting: Int?
        @Option(help: "从这个编号之后 · after this id") var after: String?
        @Option(help: "最多几条 · at most") var limit = 50

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                var filter = ApplicationFilter()
                filter.area = area
                filter.state = try state.map { try Arguments.choice($0, "--state") }
                filter.meeting = try meeting.map(Arguments.meeting)
                filter.waitingDays = try waiting.map {
                    try Arguments.count($0, "--waiting", in: 0...100_000)
                }
                filter.after = try after.map(Arguments.applicant)
                filter.limit = try Arguments.count(limit, "--limit", in: 1...100_000)
                for listing in try await service.place(common).applications(filter) {
                    try Console.out(
                        output.json ? listing.json.text() : ApplicationCommand.line(listing, common))
                }
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "一份申请的经过 · the steps of one")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "申请编号 · applicant id") var id: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let id = try Arguments.applicant(id)
                for step in try await service.place(common).steps(of: id) {
                    try Console.out(
                        output.json ? step.json.text() : ApplicationCommand.line(ofStep: step, common))
                }
            }
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo", abstract: "撤销上一步 · take the last step back")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "原因 · reason") var why: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let id = try Arguments.applicant(id)
                let undone = try await service.place(common).undo(id, reason: why)
                Console.say(
                    common.text(Bilingual(zh: "已撤销", en: "undone")) + "：" + common.word("application", undone)
                )
            }
        }
    }
}

extension ApplicationCommand {
    fileprivate static func line(_ listing: JSONRow, _ common: CommonOptions) -> String {
        let waiting = listing.number("waiting_days").map {
            common.text(Bilingual(zh: "已等\($0)天", en: "waiting \($0) days"))
        }
        let duplicates = listing.number("duplicates") ?? 0
        let found =
            duplicates > 0
            ? common.text(Bilingual(zh: "! 疑似重复\(duplicates)", en: "! \(duplicates) possible duplicates"))
            : nil
        let shown =
            listing.row("person").map {
                [$0.text("name"), $0.text("mobile"), $0.row("document")?.text("number")].compactMap(\.self)
            } ?? [common.text(Bilingual(zh: "（已删除）", en: "(erased)"))]
        let head = [
            listing.text("applied_on") ?? "—", common.word("application", listing.text("state")),
            place(of: listing),
        ]
        return
            (head + shown + [waiting, found, listing.text("applicant")].compactMap(\.self)).joined(
                separator: "  ")
    }

    /// With its district, which the map says.
    private static func place(of listing: JSONRow) -> String {
        let district = listing.text("applied_on").flatMap { Day(iso: $0) }.flatMap { day in
            listing.text("area").flatMap { AreaTable.embedded.area(code: $0, on: day) }
        }?.districtName
        return (district ?? "") + (listing.text("area_name") ?? "")
    }

    fileprivate static func line(ofStep step: JSONRow, _ common: CommonOptions) -> String {
        let mark = step.flag("undone") ? common.text(Bilingual(zh: "（已撤销）", en: "(undone)")) : nil
        return [
            step.text("on"), common.word("application", step.text("kind")), step.text("reason"),
            step.text("duplicate_of").map { "→ \($0)" }, mark,
        ].compactMap(\.self).joined(separator: "  ")
    }
}
