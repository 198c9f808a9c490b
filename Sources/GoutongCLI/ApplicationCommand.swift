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
                let place = try await Workplace.open(federation: common.federation)
                for listing in try await place.applications.list(
                    filter, today: Workplace.today, on: place.connection)
                {
                    try Console.out(
                        output.json
                            ? listing.json(today: Workplace.today).text() : listing.line(common))
                }
            }
        }
    }

    struct History: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "history", abstract: "一份申请的经过 · the steps of one")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "申请编号 · applicant id") var id: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let id = try Arguments.applicant(id)
                let place = try await Workplace.open(federation: common.federation)
                for step in try await place.applications.steps(of: id, on: place.connection) {
                    try Console.out(output.json ? step.json.text() : step.line(common))
                }
            }
        }
    }

    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo", abstract: "撤销上一步 · take the last step back")
        @OptionGroup var common: CommonOptions
        @OptionGroup var output: JSONOption
        @Argument(help: "申请编号 · applicant id") var id: String
        @Option(help: "原因 · reason") var why: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let id = try Arguments.applicant(id)
                let place = try await Workplace.open(federation: common.federation)
                let undone = try await place.applications.undo(id, reason: why, on: place.connection)
                Console.say(common.text(Bilingual(zh: "已撤销", en: "undone")) + "：\(undone.rawValue)")
            }
        }
    }
}

extension Workplace {
    var applications: ApplicationStore { ApplicationStore(federation: federation, vault: vault) }
    var persons: PersonStore { PersonStore(federation: federation, vault: vault) }
}

extension ApplicationListing {
    fileprivate func line(_ common: CommonOptions) -> String {
        let waiting = standing.waitingDays(on: Workplace.today).map {
            common.text(Bilingual(zh: "已等\($0)天", en: "waiting \($0) days"))
        }
        let found =
            duplicates > 0
            ? common.text(Bilingual(zh: "! 疑似重复\(duplicates)", en: "! \(duplicates) possible duplicates"))
            : nil
        let shown =
            person.map { [$0.name, $0.mobile, $0.document?.number].compactMap(\.self) }
            ?? [common.text(Bilingual(zh: "（已删除）", en: "(erased)"))]
        return
            ([standing.appliedOn.iso, standing.state.rawValue, districtName + areaName] + shown
            + [waiting, found].compactMap(\.self) + ["\(applicant)"]).joined(separator: "  ")
    }
}

extension ApplicationStepRecord {
    fileprivate func line(_ common: CommonOptions) -> String {
        let mark = undone ? common.text(Bilingual(zh: "（已撤销）", en: "(undone)")) : nil
        return [on.iso, kind.rawValue, reason, duplicateOf.map { "→ \($0)" }, mark].compactMap(\.self)
            .joined(separator: "  ")
    }
}
