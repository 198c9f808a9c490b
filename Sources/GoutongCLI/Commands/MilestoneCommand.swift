internal import ArgumentParser
internal import Foundation
internal import Outreach
internal import OutreachStore
internal import Reporting

struct MilestoneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "milestone", abstract: "建会进度 · steps towards a union",
        subcommands: [Add.self, List.self, Void.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "登记一项进度 · record a step")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "统一社会信用代码或编号 · credit code or id") var firm: String
        @Option(
            help: ArgumentHelp(
                "进度 · one of: \(MilestoneKind.allCases.map(\.rawValue).joined(separator: " "))"))
        var kind: String
        @Option(help: "日期 · day") var on: String
        @Option(help: "沟通会编号 · meeting") var meeting: String?
        @Option(help: "批复文号 · reference of the written approval") var ref: String?
        @Option(help: "工会名称 · name of the union") var unionName: String?
        @Option(help: "single 或 joint · form of the union") var form: String?
        @Option(help: "会员人数 · members") var members: Int?
        @Option(help: "编号（重试时用同一个） · id, the same one when retrying") var id: String?

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                var milestone = Milestone(
                    id: try milestoneID(), kind: try Arguments.choice(kind, "--kind"),
                    on: try Arguments.day(on, "--on"))
                guard milestone.on <= Workplace.today, milestone.on.year >= 1949 else {
                    throw CommandFailure(
                        .invalid, code: "date.future", pointer: "--on",
                        rule: Bilingual(
                            zh: "日期在将来或早于1949年", en: "the day lies in the future, or before 1949"),
                        mend: Bilingual(zh: "填写实际发生的日期", en: "give the day on which it happened"))
                }
                milestone.meeting = try meeting.map(Arguments.meeting)
                milestone.reference = try ref.map { try Arguments.line($0, "--ref") }
                milestone.unionName = try unionName.map { try Arguments.line($0, "--union-name") }
                milestone.form = try form.map { try Arguments.choice($0, "--form") }
                milestone.members = try members.map {
                    try Arguments.count($0, "--members", in: 0...1_000_000)
                }
                let place = try await service.place(common)
                let isNew = try await place.add(milestone, to: firm)
                try tell(milestone.id, isNew: isNew, await warnings(milestone, at: place))
                await place.settle()
            }
        }

        /// It is recorded by now: a question that cannot be asked is left out.
        private func warnings(
            _ milestone: Milestone, at place: any AnsweringPlace
        ) async -> [DocumentIssue] {
            guard milestone.kind == .established, let steps = try? await place.milestones(of: firm)
            else { return [] }
            return steps.first { $0.id == milestone.id }?.warnings ?? []
        }

        private func tell(_ id: MilestoneID, isNew: Bool, _ warnings: [DocumentIssue]) throws {
            guard !output.json else {
                return try Console.out(
                    JSONValue.object([
                        .init("id", .string("\(id)")),
                        .init("outcome", .string(isNew ? "recorded" : "replayed")),
                        .init("warnings", .array(warnings.map { $0.json(common.language) })),
                    ]).text())
            }
            Console.say(
                common.text(
                    isNew
                        ? Bilingual(zh: "已登记", en: "recorded")
                        : Bilingual(zh: "此前已登记", en: "already recorded")))
            for warning in warnings {
                Console.say("  ! \(common.text(warning.rule))\n  → \(common.text(warning.mend))")
            }
            try Console.out("\(id)")
        }

        private func milestoneID() throws -> MilestoneID {
            guard let id else { return MilestoneID.minted() }
            guard let id = MilestoneID(id) else {
                throw CommandFailure(
                    .usage, code: "id.form", pointer: "--id",
                    rule: Bilingual(zh: "不是有效编号", en: "not an id"),
                    mend: Bilingual(zh: "用 UUID，或省略", en: "give a UUID, or leave it out"))
            }
            return id
        }
    }
}

extension MilestoneCommand {
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "一家企业的进度 · a firm's steps")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "统一社会信用代码或编号 · credit code or id") var firm: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                for step in try await service.place(common).milestones(of: firm) {
                    try Console.out(output.json ? json(step).text() : line(step))
                }
            }
        }

        private func line(_ step: MilestoneStep) -> String {
            let origin = step.ofDocument ? [common.text(Bilingual(zh: "随沟通会", en: "of a meeting"))] : []
            return
                ([step.on.iso, step.kind.rawValue, "\(step.id)"] + origin
                + step.warnings.map { "! \(common.text($0.rule))" }).joined(separator: "  ")
        }

        private func json(_ step: MilestoneStep) -> JSONValue {
            .object([
                .init("id", .string("\(step.id)")), .init("kind", .string(step.kind.rawValue)),
                .init("on", .string(step.on.iso)), .init("of_meeting", .bool(step.ofDocument)),
                .init("warnings", .array(step.warnings.map { $0.json(common.language) })),
            ])
        }
    }

    struct Void: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "void",
            abstract: "撤回一项进度；随沟通会登记的请更正沟通会 · take a step back")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "进度编号 · milestone id") var id: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                guard let id = MilestoneID(id) else {
                    throw CommandFailure(
                        .usage, code: "id.form", pointer: "id",
                        rule: Bilingual(zh: "不是有效编号", en: "not an id"),
                        mend: Bilingual(
                            zh: "用 goutong milestone list 查找", en: "find it with goutong milestone list"))
                }
                let place = try await service.place(common)
                do {
                    try await place.void(id)
                } catch RecordingError.notFound {
                    throw Self.notFound
                }
                Console.say(common.text(Bilingual(zh: "已撤回", en: "taken back")))
                await place.settle()
            }
        }

        private static var notFound: CommandFailure {
            CommandFailure(
                .notFound, code: "milestone.not_found", pointer: "id",
                rule: Bilingual(
                    zh: "没有这项进度，或已撤回，或是随沟通会登记的",
                    en: "no such step, or it was taken back, or it came with a meeting"),
                mend: Bilingual(
                    zh: "用 goutong milestone list 查找；随沟通会登记的请更正沟通会",
                    en: "look it up with goutong milestone list; correct the meeting that it came with"))
        }
    }
}

extension Identifier {
    /// A new id from this machine's clock and the system's random numbers.
    static func minted() -> Self {
        var random = SystemRandomNumberGenerator()
        return minted(
            atMilliseconds: UInt64(max(0, Date().timeIntervalSince1970 * 1000)), using: &random)
    }
}
