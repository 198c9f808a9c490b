internal import ArgumentParser
internal import Outreach
internal import OutreachStore

/// What units are to reach.
struct TargetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "target", abstract: "任务数：全市、各区、各街道（乡镇） · targets",
        discussion: """
            周报按任务的期间列出完成数和完成率。期间为一周的企业沟通会、职工沟通会任务即该周应开的场次。再次导入同一任务即为调整，\
            原数保留为旧版本。

            The weekly report shows how much of each target is reached over its own period. A target of one week for \
            enterprise or worker meetings is the unit's schedule of that week. The same target imported with another \
            value is its next revision.
            """,
        subcommands: [Import.self, List.self, Void.self, Template.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "导入任务数（CSV，全部或全不登记） · a list of targets")
        @OptionGroup var options: StatedImportOptions

        func run() async throws { try await options.run(.target, replacing: true) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "任务数及其文件 · targets with their source")
        @OptionGroup var options: StatedListOptions

        func run() async throws { try await options.run(.target) }
    }

    struct Void: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "void", abstract: "撤回一项任务 · take a target back")
        @OptionGroup var options: StatedVoidOptions

        func run() async throws { try await options.run(.target) }
    }

    struct Template: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "template", abstract: "打印导入模板（表头和一行示例） · print a template")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Console.run(language: common.language) { try StatedTemplate.print(.target, common) }
        }
    }
}
