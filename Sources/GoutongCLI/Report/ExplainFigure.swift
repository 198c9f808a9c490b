internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

/// The rows behind a number.
struct ExplainFigure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "一个数字由哪些登记构成 · the rows behind a number of the weekly report",
        discussion: """
            数字用周报 JSON 中的路径指明，例如 headline.founding_intents.week、firm_funnel.steps.intent.count、
            areas.110105021.firms_met.cumulative；也可写成 JSON Pointer。各行的数相加等于该数字。
            Name the number by its path in the weekly JSON, or as a JSON Pointer; entries of lists go by their \
            code or key. What the rows count adds up to the number. No personal data is listed.
            """)
    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Argument(help: "数字的路径 · path of the number") var figure: String
    @OptionGroup var chosen: WeekOption
    @Option(help: "一个区（6位）或街道乡镇（9位）的数字 · the number of a district or area") var area: String?
    @Option(help: "截至这一时刻已知 · as known at this instant") var asKnownAt: String?

    func run() async throws {
        try await Console.run(language: common.language, json: output.json) {
            let week = try chosen.chosen()
            guard let key = FigureKey(path: figure, area: area) else { throw Self.unknownFigure }
            let place = try await service.local(common)
            if let unit = key.unit, place.areas.area(code: unit, on: week.end) == nil {
                throw CommandFailure(
                    .usage, code: "area.not_valid_on_day", pointer: area == nil ? "figure" : "--area",
                    rule: Bilingual(
                        zh: "该周没有这个代码的区或街道（乡镇）",
                        en: "no district, street or township has this code in that week"),
                    mend: Bilingual(zh: "核对代码", en: "check the code"))
            }
            let moment = try await place.moment(asKnownAt)
            let rows = try await FigureRowReader(
                federation: place.federation, areas: place.areas, week: week, at: moment,
                definition: place.weeklyDefinition(of: week)
            ).rows(of: key, on: place.connection)
            let total = rows.reduce(0) { $0 + $1.counts }
            if output.json {
                return try Console.out(
                    JSONValue.object([
                        .init("figure", .string(figure)), .init("week", .string(week.name)),
                        .init("as_known_at", .string(OfficeTime.text(of: moment))),
                        .init("synthetic", .bool(place.federation.synthetic)),
                        .init("value", .integer(total)),
                        .init("rows", .array(rows.map(Self.json))),
                    ]).text())
            }
            for row in rows { try Console.out(line(row)) }
            let mark = place.federation.synthetic ? Catalogue(common.language)["synthetic.mark"] : ""
            Console.say(
                common.text(
                    Bilingual(
                        zh: "\(figure) \(week.name)\(mark)：\(rows.count) 行，合计 \(total)",
                        en: "\(figure), \(week.name)\(mark): \(rows.count) rows, \(total) in all")))
        }
    }

    private func line(_ row: FigureRow) -> String {
        let unassigned = common.text(Bilingual(zh: "未归属", en: "unassigned"))
        return [
            row.day.iso, row.area ?? unassigned, common.text(row.kind.words), "\(row.id)".lowercased(),
            row.kind == .meeting || row.meeting == nil ? nil : "meeting=\(row.meeting.map { "\($0)" } ?? "")",
            row.kind == .firm ? nil : row.firm.map { "firm=\($0)" },
            row.milestone.map { "milestone=\($0)" }, row.counts == 1 ? nil : "×\(row.counts)",
        ].compactMap(\.self).joined(separator: "  ")
    }

    private static func json(_ row: FigureRow) -> JSONValue {
        .object([
            .init("kind", .string(row.kind.rawValue)), .init("id", .string("\(row.id)".lowercased())),
            .init("meeting", row.meeting.map { .string("\($0)") } ?? .null),
            .init("firm", row.firm.map { .string("\($0)") } ?? .null),
            .init("milestone", row.milestone.map { .string("\($0)") } ?? .null),
            .init("on", .string(row.day.iso)), .init("area", row.area.map(JSONValue.string) ?? .null),
            .init("counts", .integer(row.counts)),
        ])
    }

    private static var unknownFigure: CommandFailure {
        CommandFailure(
            .usage, code: "figure.unknown", pointer: "figure",
            rule: Bilingual(
                zh: "周报中没有这个数字，或它不是由登记逐行构成的",
                en: "the weekly report has no such number, or it is not made of rows"),
            mend: Bilingual(
                zh: "例如 headline.founding_intents.week、firm_funnel.open、intent_outcomes.established；"
                    + "比率请查它的 x 和 n，例如 rates.cumulative_intent_rate.x",
                en:
                    "for example headline.founding_intents.week, firm_funnel.open, intent_outcomes.established; "
                    + "of a rate ask for its x and n, such as rates.cumulative_intent_rate.x"))
    }
}

extension FigureKey {
    /// The district or area that the number is of; nil for the city's.
    fileprivate var unit: String? {
        switch self {
        case .measure(_, _, let unit): unit
        case .held(let unit): unit
        default: nil
        }
    }
}

extension FigureRow.Kind {
    fileprivate var words: Bilingual {
        switch self {
        case .meeting: Bilingual(zh: "沟通会", en: "meeting")
        case .attendance: Bilingual(zh: "到会企业", en: "attendance")
        case .firm: Bilingual(zh: "企业", en: "firm")
        case .union: Bilingual(zh: "工会", en: "union")
        }
    }
}
