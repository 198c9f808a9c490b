internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

/// A unit's word that its week is complete.
struct SubmitReport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "报送一周：已报齐，或零报告 · a unit declares its week")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Option(help: "街道（乡镇）代码 · area code") var area: String
    @Option(help: "周，如 2018-W52 · week") var week: String
    @Flag(help: "零报告：该周没有开会 · the unit held no meeting") var none = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try Arguments.week(week)
            let place = try await service.place(common)
            let unit = try place.areas.reporting(area, week)
            let declaration: WeekDeclaration = none ? .none : .submitted
            let isNew = try await place.declare(declaration, in: unit, week: week)
            if output.json {
                try Console.out(
                    JSONValue.object([
                        .init("week", .string(week.name)), .init("area", .string(unit.code)),
                        .init("area_name", .string(unit.name)),
                        .init("declaration", .string(declaration.rawValue)),
                        .init("outcome", .string(isNew ? "recorded" : "unchanged")),
                    ]).text())
            } else {
                Console.say(common.text(said(unit, week, isNew: isNew)))
            }
            await place.settle()
        }
    }

    private func said(_ unit: AreaTable.Area, _ week: Week, isNew: Bool) -> Bilingual {
        let name = "\(unit.districtName)\(unit.name)"
        let what = none ? Bilingual(zh: "零报告", en: "no meetings") : Bilingual(zh: "已报齐", en: "complete")
        return isNew
            ? Bilingual(
                zh: "已登记：\(name) \(week.name) \(what.zh)", en: "recorded: \(name), \(week.name), \(what.en)")
            : Bilingual(
                zh: "此前已登记：\(name) \(week.name) \(what.zh)",
                en: "recorded already: \(name), \(week.name), \(what.en)")
    }
}
