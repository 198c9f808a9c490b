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
            let place = try await service.local(common)
            let units = try await StatedUnitDirectory.read(
                of: place.federation, areas: place.areas, on: place.connection)
            let found = try await StatedReader(federation: place.federation).statements(
                kind, withHistory: history, on: place.connection
            ).map { (revision: $0, label: units.label(of: $0.statement.unit)) }
                .filter { entry in
                    (figure == nil || entry.revision.statement.figure == figure)
                        && (area.map { entry.label.code == $0 || isBelow(entry.label.code, $0) } ?? true)
                }
            if isJSON {
                for entry in found { try Console.out(json(entry.revision, entry.label, kind).text()) }
            } else if format == .csv {
                var writer = CSVWriter(profile: .data)
                writer.write(header: Self.columns(kind))
                for entry in found { writer.write(row: Self.cells(entry.revision, entry.label)) }
                try Console.out(Array(writer.text.utf8))
            } else {
                for entry in found { try Console.out(line(entry.revision, entry.label)) }
            }
        }
    }

    /// A street of a district.
    private func isBelow(_ code: String, _ district: String) -> Bool {
        district.utf8.count == 6 && code.utf8.count == 9 && code.hasPrefix(district)
    }

    private func line(_ revision: StatedRevision, _ label: (code: String, name: String)) -> String {
        let stated = revision.statement
        let value =
            revision.voidedBecause.map { common.text(Bilingual(zh: "已撤回：\($0)", en: "taken back: \($0)")) }
            ?? "\(stated.value)"
        return [
            label.code, label.name, stated.figure.rawValue, "\(stated.from.iso)/\(stated.to.iso)", value,
            stated.source, stated.office, stated.statedOn?.iso ?? "—", "\(revision.id)/\(revision.revision)",
        ].joined(separator: "  ")
    }

    private func json(
        _ revision: StatedRevision, _ label: (code: String, name: String), _ kind: StatedKind
    ) -> JSONValue {
        let stated = revision.statement
        let names =
            kind == .declared ? ("declared", "declared_by", "received_on") : ("target", "set_by", "set_on")
        return .object([
            .init("id", .string("\(revision.id)")), .init("revision", .integer(revision.revision)),
            .init("code", .string(label.code)), .init("name", .string(label.name)),
            .init("figure", .string(stated.figure.rawValue)), .init("from", .string(stated.from.iso)),
            .init("to", .string(stated.to.iso)),
            .init(names.0, revision.voidedBecause == nil ? .integer(stated.value) : .null),
            .init("source", .string(stated.source)), .init(names.1, .string(stated.office)),
            .init(names.2, stated.statedOn.map { .string($0.iso) } ?? .null),
            .init("voided_because", revision.voidedBecause.map(JSONValue.string) ?? .null),
            .init("recorded_at", .string(OfficeTime.text(of: revision.recordedAt))),
        ])
    }

    private static func columns(_ kind: StatedKind) -> [String] {
        kind == .declared
            ? [
                "id", "revision", "code", "name", "figure", "from", "to", "declared", "source", "declared_by",
                "received_on", "voided_because", "recorded_at",
            ]
            : [
                "id", "revision", "code", "name", "figure", "from", "to", "target", "source", "set_by",
                "set_on",
                "voided_because", "recorded_at",
            ]
    }

    private static func cells(
        _ revision: StatedRevision, _ label: (code: String, name: String)
    ) -> [CSVWriter.Field] {
        let stated = revision.statement
        return [
            .text("\(revision.id)"), .integer(revision.revision), .text(label.code), .text(label.name),
            .text(stated.figure.rawValue), .text(stated.from.iso), .text(stated.to.iso),
            .init(revision.voidedBecause == nil ? stated.value : nil), .text(stated.source),
            .text(stated.office), .init(stated.statedOn?.iso), .init(revision.voidedBecause),
            .text(OfficeTime.text(of: revision.recordedAt)),
        ]
    }
}
