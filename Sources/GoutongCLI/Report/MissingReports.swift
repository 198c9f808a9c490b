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
            try Console.out(output.json ? silent.json.text() : try text(silent, of: week))
        }
    }

    /// A line that says how many, then a line a district.
    private func text(_ silent: JSONRow, of week: Week) throws -> String {
        let words = Catalogue(common.language)
        let due = try silent.required { $0.number("due") }
        let missing = try silent.required { $0.rows("missing") }.map { unit in
            (district: try unit.required { $0.text("district") }, name: try unit.required { $0.text("name") })
        }
        let period = "\(week.name)（\(words.monthAndDay(week.start))—\(words.monthAndDay(week.end))）"
        let mark = silent.flag("synthetic") ? words["synthetic.mark"] : ""
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
