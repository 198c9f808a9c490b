internal import ArgumentParser
internal import Foundation
internal import Funnel
internal import Outreach
internal import OutreachStore
internal import Reporting

struct FunnelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "funnel",
        abstract: "建会进展：首次沟通→达成意向→提出申请→批复成立 · the firm funnel, or the workers'")
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Option(parsing: .unconditional, help: "跟踪期天数，或 none · window in days, or none") var window = "90"
    @Option(help: "跟踪期起点 first-contact（首次沟通）intent（首次意向） · what starts the window")
    var start: String?
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "分组，由外到内，可多级 · groups, outermost first: --by district,venue",
            discussion: """
                area 街道(乡镇)，district 区，week 周，venue 场所类型，format 召开方式，headcount 职工人数档，
                industry 行业门类，ownership 登记注册类型，cadre 工会干部；职工：category 人员类别。每组有小计，不截断；一家企业可归几个干部、
                一人可归几类时，另列重复数。 Groups within groups, each with its subtotal, never cut off; where a firm is
                several cadres', or a person in several categories, what is counted twice is told. A firm is in the
                group of the meeting that it entered at, by ownership in that of the register.
                """, valueName: "by"))
    var by: [String] = []
    @Option(help: "起点自 · entries from") var from: String?
    @Option(help: "截至 · entries and facts up to") var to: String?
    @Option(help: "截至这一时刻已知 · as known at this instant") var asKnownAt: String?
    @Option(help: "次序 ordered implied any strict · order of the steps")
    var order = FunnelDefinition.Order.ordered.rawValue
    @Option(help: "以哪次沟通为准 first last any · which meeting a firm enters at")
    var anchor = FunnelDefinition.Anchor.first.rawValue
    @Option(help: "归属 entry_contact registered_at_entry current · which area a firm counts for")
    var place = FunnelDefinition.Place.entryContact.rawValue
    @Option(help: "对象 firm（企业）worker（职工） · firms, or workers who applied")
    var track = FunnelDefinition.Track.firm.rawValue
    @Option(help: "格式 · \(FunnelOrder.Format.allCases.map(\.rawValue).joined(separator: " "))")
    var format = FunnelOrder.Format.text.rawValue
    @Option(help: "写入文件 · write to a file") var out: String?
    @Flag(help: "只要家数，不读职工、场次和覆盖面；数据量大时快得多 · counts alone, much quicker on large ledgers")
    var countsOnly = false

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let definition = try chosenDefinition()
            let groups = try chosenGroups(definition)
            let format = try Arguments.choice(format, "--format", of: FunnelOrder.Format.self)
            // What the facts cannot be dated after, nothing is foretold of.
            let to = try to.map { try Arguments.pastDay($0, "--to") } ?? Workplace.today
            let from = try from.map { try Arguments.day($0, "--from") }
            if let from, from > to { throw Self.noDays("--from") }
            let bytes = try await service.place(common).funnel(
                FunnelOrder(
                    definition: definition, groups: groups, isMeasured: !countsOnly, from: from, to: to,
                    asKnownAt: asKnownAt, format: output.json ? .json : format,
                    language: common.language))
            try Arguments.hand(
                over: bytes, isWorkbook: format == .xlsx && !output.json, to: out, in: common)
        }
    }

    /// Areas stand on the map of the last day, as in the weekly report.
    private func chosenDefinition() throws -> FunnelDefinition {
        let track = try Arguments.choice(track, "--track", of: FunnelDefinition.Track.self)
        let definition = FunnelDefinition(
            track: track, window: try chosenWindow(), start: try chosenStart(of: track),
            order: try Arguments.choice(order, "--order"),
            anchor: try Arguments.choice(anchor, "--anchor"),
            place: try Arguments.choice(place, "--place"), boundaries: "as_is")
        if definition.start == .intent, definition.anchor == .any {
            throw CommandFailure(
                .usage, code: "anchor.start", pointer: "--anchor",
                rule: Bilingual(
                    zh: "从意向或申请起算时，各次沟通走得一样远，不能用 any",
                    en: "from the intent or application on every meeting leads equally far: there is no any"),
                mend: Bilingual(
                    zh: "用 --anchor first 或 last", en: "use --anchor first or last"))
        }
        if track == .worker, definition.place != .entryContact {
            throw CommandFailure(
                .usage, code: "place.track", pointer: "--place",
                rule: Bilingual(
                    zh: "职工没有登记地，只能归沟通会所在街道（乡镇）",
                    en: "workers have no registration: they count where the meeting was"),
                mend: Bilingual(zh: "用 --place entry_contact", en: "use --place entry_contact"))
        }
        return definition
    }

    /// Workers who attended and did not apply are counted, not known, so that the application starts.
    private func chosenStart(of track: FunnelDefinition.Track) throws -> FunnelDefinition.Start {
        guard let start else { return track == .worker ? .intent : .firstContact }
        guard track == .firm else {
            throw CommandFailure(
                .usage, code: "start.track", pointer: "--start",
                rule: Bilingual(
                    zh: "职工一律从申请入会起算", en: "workers always start at their application"),
                mend: Bilingual(
                    zh: "去掉 --start，或用 --track firm", en: "leave --start out, or use --track firm"))
        }
        return try Arguments.choice(start, "--start")
    }

    private func chosenGroups(_ definition: FunnelDefinition) throws -> FunnelGroups {
        do throws(FunnelGroupsError) {
            return try FunnelGroups(words: by, of: definition.track)
        } catch {
            throw CommandFailure(
                .usage, code: error.code, pointer: "--by", rule: error.rule, mend: error.mend)
        }
    }

    private func chosenWindow() throws -> FunnelDefinition.Window {
        if window == "none" { return .unlimited }
        guard let days = Int(window), (0...3650).contains(days) else {
            throw Arguments.windowOutOfRange
        }
        return .days(days)
    }

    static func noDays(_ option: String) -> CommandFailure {
        CommandFailure(
            .usage, code: "date.order", pointer: option,
            rule: Bilingual(
                zh: "起始日期在截止日期之后，没有一天可算", en: "the first day lies after the last: there is no day"),
            mend: Bilingual(
                zh: "--from 不晚于 --to；不填 --from 时，--to 不早于试点起始日",
                en:
                    "give a --from not after --to; without --from, a --to not before the programme's first day"
            ))
    }
}
