public import ArgumentParser

/// `goutong`: log a meeting, print the weekly report, export the pilot comparison, and what they need.
public struct Goutong: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "goutong",
        abstract: "沟通：记录企业沟通会和职工沟通会，打印周报，导出试点比较。",
        discussion: """
            Records a trade-union federation's enterprise and worker meetings and turns them into funnel \
            figures by street and township.

            退出码 Exit codes: 0 ok · 1 failure · 2 cancelled · 64 usage · 65 invalid document, or rows skipped · \
            66 not found · 69 unavailable · 73 cannot write · 77 not allowed · 79 conflict
            """,
        version: "goutong 0.1.0",
        subcommands: [
            MeetingCommand.self, OpinionCommand.self, ApplicantsCommand.self, ApplicationCommand.self,
            PersonCommand.self,
            FirmCommand.self, MilestoneCommand.self, ReportCommand.self, FunnelCommand.self,
            ImportCommand.self, DeclaredCommand.self, TargetCommand.self, ProgrammeCommand.self,
            ExportCommand.self,
            StatisticCommand.self,
            AuditCommand.self, AccountCommand.self, DatabaseCommand.self, KeyCommand.self, DemoCommand.self,
            ServeCommand.self, ConfigCommand.self, OutboxCommand.self, MenuCommand.self,
        ],
        defaultSubcommand: MenuCommand.self)

    public init() {}
}
