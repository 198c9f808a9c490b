internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

/// What every step of a review takes.
struct ReviewOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "申请编号 · applicant id") var id: String
    @Option(help: "日期，默认今天 · day, today unless given") var on: String?

    /// Takes the step and says where the application stands now.
    func take(
        _ step: ApplicationStep, why: String? = nil, of other: String? = nil, despiteDuplicate: Bool = false
    ) async throws {
        try await Console.run(language: common.language, json: output.json) {
            let applicant = try Arguments.applicant(id)
            let event = ApplicationEvent(
                id: .minted(), applicant: applicant, kind: step,
                on: try on.map { try Arguments.day($0, "--on") } ?? Workplace.today)
            let other = try other.map(Arguments.applicant)
            let place = try await service.place(common)
            do {
                let state = try await place.review(
                    event, reason: why, duplicateOf: other, despiteDuplicate: despiteDuplicate)
                try tell(applicant, state)
            } catch PersonError.conflict(let issue) where issue.code == DocumentIssue.duplicateUnresolved.code
            {
                try await tellDuplicates(of: applicant, at: place)
                throw PersonError.conflict(issue)
            }
        }
    }

    private func tell(_ applicant: ApplicantID, _ state: String) throws {
        guard output.json else {
            return Console.say(
                common.text(Bilingual(zh: "已登记", en: "recorded")) + "：" + common.word("application", state))
        }
        try Console.out(
            JSONValue.object([
                .init("applicant", .string("\(applicant)")), .init("state", .string(state)),
            ]).text())
    }

    /// Which applications they are: a person looks at them before deciding.
    private func tellDuplicates(of applicant: ApplicantID, at place: any AnsweringPlace) async throws {
        guard !output.json else { return }
        for found in try await place.duplicates(of: applicant) {
            let words = ["applicant", "matched", "meeting"].map { found.text($0) ?? "" }
            Console.say("  \(words[0])  \(words[1])  @\(words[2])")
        }
    }
}

extension ApplicationCommand {
    struct Review: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "review", abstract: "开始审核 · begin the review")
        @OptionGroup var options: ReviewOptions

        func run() async throws { try await options.take(.underReview) }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract: "核实；有未了结的重复申请时须加 --despite-duplicate · verified")
        @OptionGroup var options: ReviewOptions
        @Flag(help: "已核对，不是同一人 · looked at: another person") var despiteDuplicate = false

        func run() async throws { try await options.take(.verified, despiteDuplicate: despiteDuplicate) }
    }

    struct Admit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "admit", abstract: "批准入会 · admitted as a member")
        @OptionGroup var options: ReviewOptions
        @Flag(help: "已核对，不是同一人 · looked at: another person") var despiteDuplicate = false

        func run() async throws { try await options.take(.admitted, despiteDuplicate: despiteDuplicate) }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reject", abstract: "不予批准，写明原因 · rejected, with the reason")
        @OptionGroup var options: ReviewOptions
        @Option(help: "原因 · reason") var why: String

        func run() async throws { try await options.take(.rejected, why: why) }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "withdraw", abstract: "本人撤回申请 · withdrawn by the applicant")
        @OptionGroup var options: ReviewOptions
        @Option(help: "原因 · reason") var why: String?

        func run() async throws { try await options.take(.withdrawn, why: why) }
    }

    struct Duplicate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "duplicate", abstract: "标为重复申请 · a duplicate of another")
        @OptionGroup var options: ReviewOptions
        @Option(help: "保留的申请编号 · the application that stays") var of: String?

        func run() async throws { try await options.take(.duplicate, of: of) }
    }
}
