internal import ArgumentParser
internal import Foundation
internal import Funnel
internal import Outreach
internal import OutreachStore
internal import Reporting

struct FunnelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "funnel",
        abstract: "建会进展：首次沟通→达成意向→提出申请→批复成立 · the firm funnel")
    @OptionGroup var common: CommonOptions
    @Option(help: "跟踪期天数，或 none · window in days, or none") var window = "90"
    @Option(help: "分组 · \(FunnelGrouping.allCases.map(\.rawValue).joined(separator: " "))")
    var by: FunnelGrouping = .none
    @Option(help: "首次沟通自 · entries from") var from: String?
    @Option(help: "截至 · entries and facts up to") var to: String?
    @Option(help: "截至这一时刻已知 · as known at this instant") var asKnownAt: String?
    @Option(help: "次序 ordered implied any · order of the steps") var order: FunnelDefinition.Order = .ordered
    @Option(help: "格式 text csv json · format") var format: FunnelFormat = .text

    enum FunnelFormat: String, ExpressibleByArgument { case text, csv, json }

    func run() async throws {
        try await Console.run(language: common.language) {
            guard order != .strict else {
                throw CommandFailure(
                    .usage, code: "order.unsupported", pointer: "--order",
                    rule: Bilingual(zh: "此命令不支持 strict", en: "strict is not offered here"),
                    mend: Bilingual(zh: "用 ordered、implied 或 any", en: "use ordered, implied or any"))
            }
            let definition = FunnelDefinition(window: try chosenWindow(), order: order)
            let to = try to.map { try Arguments.day($0, "--to") } ?? Workplace.today
            let from = try from.map { try Arguments.day($0, "--from") }
            let place = try await Workplace.open(federation: common.federation)
            let moment = try await place.moment(asKnownAt)
            let rows = try await FunnelReader(federation: place.federation).counts(
                definition: definition, from: from ?? place.federation.since, to: to, by: by,
                at: moment, on: place.connection)
            let table = FunnelTable(
                rows: rows, definition: definition, federation: place.federation,
                asKnownAt: OfficeTime.text(of: moment), names: place.unitNames(on: to))
            switch format {
            case .text: try Console.out(table.text(common.language))
            case .csv: try Console.out(table.csv())
            case .json: try Console.out(table.json())
            }
        }
    }

    private func chosenWindow() throws -> FunnelDefinition.Window {
        if window == "none" { return .unlimited }
        guard let days = Int(window), (0...3650).contains(days) else {
            throw Arguments.windowOutOfRange
        }
        return .days(days)
    }
}

extension Workplace {
    /// Names of areas and districts by code, on a day.
    func unitNames(on day: Day) -> [String: String] {
        var names: [String: String] = [:]
        for area in areas.townships where area.isValid(on: day) {
            names[area.code] = area.districtName + area.name
        }
        for area in areas.districts where area.isValid(on: day) { names[area.code] = area.name }
        return names
    }
}
