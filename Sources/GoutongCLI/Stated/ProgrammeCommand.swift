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
        @OptionGroup var options: StatedImportOptions

        func run() async throws {
            try await options.run(.programmes) { done in
                let rows = try done.required { $0.number("rows") }
                let (added, present) = (
                    try done.required { $0.number("added") }, try done.required { $0.number("present") }
                )
                let will = options.future
                try Console.out(
                    options.common.text(
                        Bilingual(
                            zh: "共 \(rows) 行，\(will.zh)新增项目 \(added)，此前已有 \(present)",
                            en: "\(rows) rows, \(added) programmes \(will.en)added, \(present) there already")
                    ))
            }
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
                for programme in try await service.place(common).programmes() {
                    try Console.out(output.json ? programme.json.text() : try line(programme))
                }
            }
        }

        private func line(_ programme: JSONRow) throws -> String {
            let (pilots, others) = (
                try programme.required { $0.number("pilot") },
                try programme.required { $0.number("comparison") }
            )
            let sizes = Bilingual(
                zh: "试点 \(pilots)，对比 \(others)", en: "\(pilots) pilot, \(others) comparison")
            let name = Bilingual(
                zh: try programme.required { $0.text("name") },
                en: try programme.required { $0.text("name_en") })
            return [
                try programme.required { $0.text("programme") }, common.text(name), common.text(sizes),
                programme.text("start_on") ?? "—",
            ].joined(separator: "  ")
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
                for unit in try await service.place(common).programme(id) {
                    try Console.out(output.json ? unit.json.text() : try line(unit))
                }
            }
        }

        private func line(_ unit: JSONRow) throws -> String {
            let (district, name) = (
                try unit.required { $0.text("district") }, try unit.required { $0.text("name") }
            )
            return [
                try unit.required { $0.text("unit") }, district + name,
                common.word("pilot_arm", unit.text("arm")), unit.text("start_on") ?? "—",
            ].joined(separator: "  ")
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
