internal import ArgumentParser
internal import Funnel
internal import Outreach
internal import OutreachStore
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
            let place = try await service.local(common)
            let moment = try await place.moment(nil)
            let city = try await WeeklyFiguresReader(federation: place.federation, areas: place.areas)
                .figures(
                    week: week, at: moment, on: place.connection)
            let figures = try area.map { try city.limited(to: $0) } ?? city
            let missing = figures.completeness.filter(\.unreported).compactMap { line in
                figures.areas.first { $0.code == line.code }
            }
            try Console.out(output.json ? json(figures, missing).text() : text(figures, missing))
        }
    }

    private func json(_ figures: WeeklyFigures, _ missing: [UnitFigures]) -> JSONValue {
        .object([
            .init("week", .string(figures.week.name)), .init("from", .string(figures.week.start.iso)),
            .init("to", .string(figures.week.end.iso)), .init("as_known_at", .string(figures.asKnownAt)),
            .init("synthetic", .bool(figures.synthetic)),
            .init("due", .integer(figures.completeness.count)),
            .init(
                "missing",
                .array(
                    missing.map {
                        .object([
                            .init("code", .string($0.code)), .init("name", .string($0.name)),
                            .init("district", .string($0.district)),
                        ])
                    })),
        ])
    }

    /// A line that says how many, then a line a district.
    private func text(_ figures: WeeklyFigures, _ missing: [UnitFigures]) -> String {
        let words = Catalogue(common.language)
        let week = figures.week
        let due = figures.completeness.count
        let period = "\(week.name)（\(words.monthAndDay(week.start))—\(words.monthAndDay(week.end))）"
        let mark = figures.synthetic ? words["synthetic.mark"] : ""
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
