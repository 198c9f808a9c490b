internal import ArgumentParser
internal import Outreach
internal import OutreachStore

/// Totals that were reported without records.
struct DeclaredCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "declared", abstract: "申报数：没有明细记录、由单位报来的合计 · totals reported without records",
        discussion: """
            申报数与台账分开保管，注明来源；周报把它和同一单位、同一期间的登记数并列，列出差额，不计入任何合计。

            Declared totals are kept apart from the ledger with their source. The weekly report shows each beside \
            what is recorded of the same unit and period, with the difference, and counts none of them.
            """,
        subcommands: [Import.self, List.self, Void.self, Template.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "导入申报数（CSV，全部或全不登记） · a list of declared totals",
            discussion: """
                同一单位、指标和期间已登记了别的数时，不登记任何一行（退出码 79）；确为更新的申报用 --replace，原数保留为旧版本。

                Where another number stands of the same unit, figure and period, nothing is recorded (exit code 79); \
                with --replace the new one becomes the next revision.
                """)
        @OptionGroup var options: StatedImportOptions
        @Flag(help: "更新已登记的申报数 · let other numbers take the place of what stands") var replace = false

        func run() async throws { try await options.run(.declared, replacing: replace) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "申报数及其来源 · declared totals with their source")
        @OptionGroup var options: StatedListOptions

        func run() async throws { try await options.run(.declared) }
    }

    struct Void: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "void", abstract: "撤回一个申报数 · take a declared total back")
        @OptionGroup var options: StatedVoidOptions

        func run() async throws { try await options.run(.declared) }
    }

    struct Template: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "template", abstract: "打印导入模板（表头和一行示例） · print a template")
        @OptionGroup var common: CommonOptions

        func run() async throws {
            try await Console.run(language: common.language) { try StatedTemplate.print(.declared, common) }
        }
    }
}
