internal import ArgumentParser
internal import Outreach
internal import OutreachStore
internal import Reporting

extension ImportCommand {
    struct Template: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "template", abstract: "打印导入模板（表头和一行示例） · print a template")
        @OptionGroup var common: CommonOptions
        @Argument(help: "firms、meetings 或 milestones") var kind: ImportRun.Kind = .firms

        func run() async throws {
            try await Console.run(language: common.language) {
                switch kind {
                case .firms: try printTemplate(of: FirmColumn.self)
                case .meetings: try printTemplate(of: MeetingColumn.self)
                case .milestones: try printTemplate(of: MilestoneColumn.self)
                }
            }
        }

        private func printTemplate<Column: ImportColumn>(of _: Column.Type) throws {
            let header = Column.allCases.map { common.language == .zh ? $0.headers[0] : $0.rawValue }
            try Console.out(header.joined(separator: ","))
            try Console.out(Column.allCases.map(\.example).joined(separator: ","))
        }
    }
}
