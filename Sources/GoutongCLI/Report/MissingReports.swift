internal import ArgumentParser
internal import Outreach
internal import Reporting

/// Who has not reported a week, as it can be pasted into a message.
struct MissingReports: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "missing", abstract: "哪些单位还没有报送 · who has not reported")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @OptionGroup var chosen: WeekOption
    @Option(help: "只列一个区（6位）或街道乡镇（9位） · one district or area") var area: String?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try chosen.chosen()
            let silent = try await service.place(common).silentUnits(week, area: area)
            try Console.out(output.json ? json(silent).text() : text(silent))
        }
    }

    private func json(_ silent: SilentUnits) -> JSONValue {
        .object([
            .init("week", .string(silent.week.name)), .init("from", .string(silent.week.start.iso)),
            .init("to", .string(silent.week.end.iso)), .init("as_known_at", .string(silent.asKnownAt)),
            .init("synthetic", .bool(silent.isSynthetic)), .init("due", .integer(silent.due)),
            .init(
                "missing",
                .array(
                    silent.units.map {
                        .object([
                            .init("code", .string($0.code)), .init("name", .string($0.name)),
                            .init("district", .string($0.district)),
                        ])
                    })),
        ])
    }

    /// A line that says how many, then a line a district.
    private func text(_ silent: SilentUnits) -> String {
        let words = Catalogue(common.language)
        let (week, due, missing) = (silent.week, silent.due, silent.units)
        let period = "\(week.name)（\(words.monthAndDay(week.start))—\(words.monthAndDay(week.end))）"
        let mark = silent.isSynthetic ? words["synthetic.mark"] : ""
        guard !missing.isEmpty else {
            return common.text(
                Bilingual(
                    zh: "\(period)\(mark) \(due) 个单位全部报送",
                    en: "\(week.name)\(mark): all \(due) units have reported"))
        }
        let head = Bilingual(
            zh: "\(period)\(mark) 应报 \(due)，未报 \(missing.count)，请尽快报送（没有开会的报零报告）：",
            en: "\(week.name)\(mark): \(missing.count) of \(due) units have not reported; please do "
                + "(also where no meeting was held):")
        var lines = [common.text(head)]
        var districts: [String] = []
        for unit in missing where districts.last != unit.district { districts.append(unit.district) }
        for district in districts {
            let names = missing.filter { $0.district == district }.map(\.name)
            lines.append(
                common.text(
                    Bilingual(
                        zh: "\(district)（\(names.count)）：\(names.joined(separator: "、"))",
                        en: "\(district) (\(names.count)): \(names.joined(separator: ", "))")))
        }
        return lines.joined(separator: "\n")
    }
}
