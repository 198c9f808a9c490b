internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

/// Programmes: which units take part, in which arm, from when.
struct ProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "试点项目：参加单位、分组、启动日期 · programmes",
        discussion: """
            登记后不改，供 goutong export pilot-comparison --programme 项目代码 使用。对比组单位可以不写启动日期：从项目最早的启动日起计数。

            A programme does not change once it is recorded; goutong export pilot-comparison --programme ID compares \
            its arms. A comparison unit may have no first day: it is counted from the programme's.
            """,
        subcommands: [Import.self, List.self, Show.self, Template.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "导入项目（CSV，每行一个单位；全部或全不登记） · programmes, a unit a row")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "文件 · file") var file: String
        @Option(help: "表头对照表（两列 CSV：对方表头,我方表头或 -） · headers that are not ours, a CSV of two columns")
        var map: String?
        @Flag(help: "只预览，不登记 · preview, record nothing") var dryRun = false

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await service.local(common)
                let source = try ImportFile(file)
                let read = try ProgrammeFile(source, areas: place.areas, map: try HeaderMap.read(map))
                let problems = FileProblems(headers: read.headers, rows: read.rows, kind: "programme")
                guard read.report.isEmpty else {
                    return try problems.refuse(read.report, in: common, json: output.json)
                }
                var new: [ProgrammeDraft] = []
                for programme in read.programmes {
                    let standing = try await ProgrammeDraft.standing(
                        programme.code, of: place.federation, on: place.connection)
                    guard let standing else {
                        new.append(programme)
                        continue
                    }
                    guard standing == programme else {
                        throw CommandFailure(.conflict, issues: [programme.conflict(with: standing)])
                    }
                }
                let isWritten = !dryRun && !new.isEmpty
                if isWritten {
                    try await place.facts.add(
                        read.programmes, file: source.hash.hexadecimal, on: place.connection)
                }
                try tell(new, present: read.programmes.count - new.count, rows: read.rows)
                if isWritten { try await place.seal() }
            }
        }

        private func tell(_ new: [ProgrammeDraft], present: Int, rows: Int) throws {
            if output.json {
                return try Console.out(
                    JSONValue.object([
                        .init("kind", .string("programme")),
                        .init("outcome", .string(dryRun ? "previewed" : "imported")),
                        .init("rows", .integer(rows)), .init("added", .integer(new.count)),
                        .init("present", .integer(present)),
                        .init("programmes", .array(new.map { .string($0.code) })),
                        .init("errors", .array([])),
                    ]).text())
            }
            let will = dryRun ? Bilingual(zh: "将", en: "to be ") : Bilingual(zh: "", en: "")
            try Console.out(
                common.text(
                    Bilingual(
                        zh: "共 \(rows) 行，\(will.zh)新增项目 \(new.count)，此前已有 \(present)",
                        en: "\(rows) rows, \(new.count) programmes \(will.en)added, \(present) there already")
                ))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "所有项目 · every programme")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await service.local(common)
                for code in try await Programme.codes(of: place.federation, on: place.connection) {
                    guard
                        let programme = try await Programme.read(
                            code, federation: place.federation, on: place.connection)
                    else { continue }
                    try Console.out(output.json ? json(programme).text() : line(programme))
                }
            }
        }

        private func line(_ programme: Programme) -> String {
            let (pilots, others) = programme.sizes
            let sizes = Bilingual(
                zh: "试点 \(pilots)，对比 \(others)", en: "\(pilots) pilot, \(others) comparison")
            return [
                programme.code, common.text(programme.name), common.text(sizes),
                programme.units.map(\.startOn).min()?.iso ?? "—",
            ].joined(separator: "  ")
        }

        private func json(_ programme: Programme) -> JSONValue {
            let (pilots, others) = programme.sizes
            return .object([
                .init("programme", .string(programme.code)), .init("name", .string(programme.name.zh)),
                .init("name_en", .string(programme.name.en)),
                .init("window_days", .integer(programme.windowDays)), .init("pilot", .integer(pilots)),
                .init("comparison", .integer(others)),
                .init("start_on", programme.units.map(\.startOn).min().map { .string($0.iso) } ?? .null),
            ])
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "一个项目的单位 · the units of a programme")
        @OptionGroup var common: CommonOptions
        @OptionGroup var service: ServerOption
        @OptionGroup var output: JSONOption
        @Argument(help: "项目代码 · programme") var id: String

        func run() async throws {
            try await Console.run(language: common.language, json: output.json) {
                let place = try await service.local(common)
                guard
                    let programme = try await Programme.read(
                        id, federation: place.federation, on: place.connection)
                else {
                    throw CommandFailure(
                        .notFound, code: "programme.unknown", pointer: "programme",
                        rule: Bilingual(zh: "没有这个项目", en: "no such programme"),
                        mend: Bilingual(zh: "见 goutong programme list", en: "see goutong programme list"))
                }
                for unit in programme.units { try Console.out(output.json ? json(unit).text() : line(unit)) }
            }
        }

        private func line(_ unit: Programme.Unit) -> String {
            [
                unit.areaCode, unit.districtName + unit.areaName, common.word("pilot_arm", unit.arm),
                unit.starts ? unit.startOn.iso : "—",
            ].joined(separator: "  ")
        }

        private func json(_ unit: Programme.Unit) -> JSONValue {
            .object([
                .init("unit", .string(unit.areaCode)), .init("name", .string(unit.areaName)),
                .init("district", .string(unit.districtName)), .init("arm", .string(unit.arm)),
                .init("start_on", unit.starts ? .string(unit.startOn.iso) : .null),
            ])
        }
    }

    struct Template: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "template", abstract: "打印导入模板（表头和一行示例） · print a template")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Console.run(language: common.language) {
                let columns = ProgrammeColumn.allCases
                try Console.out(
                    columns.map { common.language == .zh ? $0.headers[0] : $0.rawValue }.joined(
                        separator: ","))
                try Console.out(columns.map(\.example).joined(separator: ","))
            }
        }
    }
}

extension Programme {
    /// How many units are in each arm.
    fileprivate var sizes: (pilot: Int, comparison: Int) {
        let pilots = units.count { $0.arm == "pilot" }
        return (pilots, units.count - pilots)
    }
}
