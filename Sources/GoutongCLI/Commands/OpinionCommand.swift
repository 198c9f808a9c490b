internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

struct OpinionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opinion", abstract: "意见建议：查看、登记答复 · opinions and their answers",
        subcommands: [List.self, AnswerOpinion.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "职工意见建议，最近的沟通会在前 · opinions, of the latest meetings first")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Option(help: "区（6位）或街道（9位）代码 · district or area") var area: String?
        @Option(help: "周，如 2018-W52 · the meetings of a week") var week: String?
        @Option(help: "起始日期 · from this day") var from: String?
        @Option(help: "截止日期 · up to this day") var to: String?
        @Flag(help: "只列未答复的 · only those that nobody has answered") var unanswered = false
        @Option(help: "最多几条 · at most") var limit = 50

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let limit = try Arguments.count(limit, "--limit", in: 1...100_000)
                let filter = try filter()
                let opinions = try await service.place(common).opinions(filter, limit: limit)
                for opinion in opinions {
                    try Console.out(
                        output.json ? opinion.json.text() : OpinionLine(row: opinion).text(common.language))
                }
                if opinions.isEmpty { Console.say(common.text(Bilingual(zh: "没有意见", en: "no opinion"))) }
            }
        }

        private func filter() throws -> OpinionFilter {
            var filter = OpinionFilter(
                from: try from.map { try Arguments.day($0, "--from") },
                to: try to.map { try Arguments.day($0, "--to") },
                area: try area.map { try Arguments.areaCode($0, "--area") }, isUnanswered: unanswered)
            guard let week else { return filter }
            guard from == nil, to == nil else {
                throw CommandFailure(
                    .usage, code: "week.twice", pointer: "--week",
                    rule: Bilingual(
                        zh: "--week 不能与 --from、--to 同用", en: "give --week, or --from and --to, not both"),
                    mend: Bilingual(zh: "去掉一个", en: "leave one out"))
            }
            let days = try Arguments.week(week)
            (filter.from, filter.to) = (days.start, days.end)
            return filter
        }
    }
}
