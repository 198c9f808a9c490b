internal import ArgumentParser
internal import Funnel
internal import Outreach
internal import OutreachStore
internal import Reporting

/// What listing declared totals or targets takes, and how it goes.
struct StatedListOptions: ParsableArguments {
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, csv, json }

    @OptionGroup var common: CommonOptions
    @OptionGroup var service: ServerOption
    @OptionGroup var output: JSONOption
    @Option(help: "只列一个区、街道（乡镇）或工会组织；区含其街道 · one district with its streets, one street, one unit")
    var area: String?
    @Option(help: "只列一个指标 · one figure") var figure: String?
    @Option(help: "text、csv 或 json") var format: Format = .text
    @Flag(help: "包括被更新和撤回的各版本 · every revision, those replaced or taken back too") var history = false

    func run(_ kind: StatedKind) async throws {
        let isJSON = output.json || format == .json
        try await Console.run(language: common.language, json: isJSON) {
            let figure = try figure.map { try Arguments.choice($0, "--figure", of: HeadlineMeasure.self) }
            let found = try await service.place(common).stated(
                StatedQuestion(kind: kind, area: area, figure: figure, withHistory: history))
            if isJSON {
                for row in found { try Console.out(row.json.text()) }
            } else if format == .csv {
                var writer = CSVWriter(profile: .data)
                writer.write(header: Self.columns(kind))
                for row in found { writer.write(row: Self.columns(kind).map { Self.cell(row[$0]) }) }
                try Console.out(Array(writer.text.utf8))
            } else {
                for row in found { try Console.out(try line(row, kind)) }
            }
        }
    }

    private func line(_ row: JSONRow, _ kind: StatedKind) throws -> String {
        func word(_ key: String) throws -> String { try row.required { $0.text(key) } }
        let value =
            try row.text("voided_because").map {
                common.text(Bilingual(zh: "已撤回：\($0)", en: "taken back: \($0)"))
            } ?? "\(row.required { $0.number(kind.keys.value) })"
        return [
            try word("code"), try word("name"), try word("figure"), "\(try word("from"))/\(try word("to"))",
            value, try word("source"), try word(kind.keys.office), row.text(kind.keys.day) ?? "—",
            "\(try word("id"))/\(try row.required { $0.number("revision") })",
        ].joined(separator: "  ")
    }

    private static func columns(_ kind: StatedKind) -> [String] {
        [
            "id", "revision", "code", "name", "figure", "from", "to", kind.keys.value, "source",
            kind.keys.office, kind.keys.day, "voided_because", "recorded_at",
        ]
    }

    private static func cell(_ value: JSONValue?) -> CSVWriter.Field {
        switch value {
        case .integer(let number)?: .integer(number)
        case .string(let text)?: .text(text)
        default: .empty
        }
    }
}
